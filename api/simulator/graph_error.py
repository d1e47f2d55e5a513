"""What Graph API refuses, in Meta's shape and words."""

import secrets

from api.simulator.json_value import Json

TITLES = {
    100: "Invalid parameter",
    2046: "New order status was not correctly transitioned",
    130429: "Rate limit hit",
    131000: "Something went wrong",
    131008: "Required parameter is missing",
    131009: "Parameter value is not valid",
    131026: "Message undeliverable",
    131047: "Re-engagement message",
    131053: "Media upload error",
    131056: "(Business Account, Consumer Account) pair rate limit hit",
    131062: "Business-scoped User ID (BSUID) recipients are not supported for this message",
    132000: "Number of parameters does not match the expected number of params",
    132001: "Template name does not exist in the translation",
    132005: "Translated text too long",
    132012: "Parameter format does not match format in the created template",
    132015: "Template is paused",
    132016: "Template is disabled",
    132018: "There's an issue with the parameters in your template",
}
_HREF = "https://developers.facebook.com/docs/whatsapp/cloud-api/support/error-codes/"


class GraphError(Exception):
    """Raised where Meta refuses a request; `body` is the answer's JSON and `status` its HTTP status."""

    def __init__(self, code: int, details: str, *, status: int = 400) -> None:
        super().__init__(f"(#{code}) {TITLES[code]}: {details}")
        self.code = code
        self.status = status
        self.error: Json = {
            "message": f"(#{code}) {TITLES[code]}",
            "type": "OAuthException",
            "code": code,
            "error_data": {"messaging_product": "whatsapp", "details": details},
        }

    @property
    def body(self) -> Json:
        """The answer; each has a trace of its own."""
        return {"error": self.error | {"fbtrace_id": "A" + secrets.token_urlsafe(16)[:22]}}


class TokenError(GraphError):
    """Raised where the access token is missing, unknown or expired (code 190)."""

    def __init__(self, message: str = "Invalid OAuth access token - Cannot parse access token") -> None:
        Exception.__init__(self, message)
        self.code = 190
        self.status = 401
        self.error = {"message": message, "type": "OAuthException", "code": 190}


class UnknownObjectError(GraphError):
    """Raised where nothing has the id that was asked for (code 100, subcode 33)."""

    def __init__(self, object_id: str, method: str = "get") -> None:
        message = (
            f"Unsupported {method} request. Object with ID '{object_id}' does not exist, cannot be loaded due to "
            "missing permissions, or does not support this operation. Please read the Graph API documentation at "
            "https://developers.facebook.com/docs/graph-api"
        )
        Exception.__init__(self, message)
        self.code = 100
        self.status = 400
        self.error = {"message": message, "type": "GraphMethodException", "code": 100, "error_subcode": 33}


class UnknownPathError(GraphError):
    """Raised where there is no such endpoint (code 2500)."""

    def __init__(self, path: str) -> None:
        message = f"Unknown path components: {path}"
        Exception.__init__(self, message)
        self.code = 2500
        self.status = 400
        self.error = {"message": message, "type": "OAuthException", "code": 2500}


def failure(code: int, details: str) -> Json:
    """An error as it stands in a failed status."""
    title = TITLES[code]
    return {"code": code, "title": title, "message": title, "error_data": {"details": details}, "href": _HREF}

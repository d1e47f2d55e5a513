"""What to do about each of Meta's error codes, in words and in kinds that a program can act on.

The table is printed in docs/error-codes.md. Codes come with refused requests and with `failed` statuses alike.
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import Any


class Action(StrEnum):
    """What an error asks for."""

    RETRY = "retry"
    TEMPLATE_NEEDED = "template_needed"
    STOP = "stop"
    OPT_OUT = "opt_out"
    PERMISSION = "permission"
    ACCOUNT = "account"
    TEMPLATE = "template"
    REQUEST = "request"
    MEDIA = "media"
    IDENTITY = "identity"
    UNKNOWN = "unknown"


MEANINGS = {
    Action.RETRY: "sent again by itself, after a pause",
    Action.TEMPLATE_NEEDED: "the 24-hour window is closed: only a template reaches the customer",
    Action.STOP: "this customer cannot be reached so: an agent decides",
    Action.OPT_OUT: "the customer wants no marketing: none is sent any more",
    Action.PERMISSION: "the access token or its permissions: an admin gives a new one",
    Action.ACCOUNT: "the WhatsApp Business account: an admin mends it at Meta",
    Action.TEMPLATE: "the template: an admin mends it at Meta",
    Action.REQUEST: "the message itself is not as Meta wants it: change it",
    Action.MEDIA: "the file: send another one",
    Action.IDENTITY: "the customer's identity changed: check before you write",
    Action.UNKNOWN: "a code that is not known here: Meta's own words say what it is",
}


@dataclass(frozen=True, slots=True)
class Backoff:
    """How long to wait before each further attempt: `first` seconds, each wait `factor` times the one before."""

    first: float = 2.0
    factor: float = 2.0
    longest: float = 600.0
    attempts: int = 8

    def seconds(self, failures: int) -> float:
        """The wait after so many failed attempts (1 or more)."""
        return float(min(self.first * self.factor ** min(failures - 1, 30), self.longest))


# Meta: wait 4^X seconds, X counting up from 0.
PAIR_LIMIT = Backoff(first=1, factor=4, longest=4096, attempts=7)
HOURLY_LIMIT = Backoff(first=60, factor=2, longest=3600, attempts=6)
SPAM_LIMIT = Backoff(first=900, factor=2, longest=4 * 3600, attempts=4)
MAINTENANCE = Backoff(first=30, factor=2, longest=300, attempts=6)


@dataclass(frozen=True, slots=True)
class Advice:
    """What an error code means, and what to do. `backoff` is set where trying again by itself makes sense."""

    action: Action
    meaning: str
    remedy: str
    backoff: Backoff | None = None

    @property
    def retries(self) -> bool:
        """Whether to try again without asking anybody."""
        return self.backoff is not None

    def as_json(self) -> dict[str, Any]:
        """The advice as it is stored and shown."""
        return {"action": self.action.value, "meaning": self.meaning, "remedy": self.remedy}


def _retry(meaning: str, remedy: str, backoff: Backoff | None = None) -> Advice:
    return Advice(Action.RETRY, meaning, remedy, backoff or Backoff())


_WAIT = "Nothing: it is sent again by itself."
_GIVE_ANEW = "Make a new access token with whatsapp_business_messaging and whatsapp_business_management, and enter it."
_AT_META = "Look into WhatsApp Manager at Meta, mend what it names, then send again."

ADVICE: dict[int, Advice] = {
    # try again
    1: _retry("Meta failed without saying why", _WAIT),
    2: _retry("Meta is overloaded or down for a moment", _WAIT),
    4: _retry("the app asks Meta too often", _WAIT, HOURLY_LIMIT),
    80007: _retry("the WhatsApp account asks Meta too often", _WAIT, HOURLY_LIMIT),
    130429: _retry("the number sends faster than its throughput allows", _WAIT),
    131000: _retry("Meta failed without saying why", _WAIT),
    131016: _retry("a part of Meta is down for a moment", _WAIT),
    131048: _retry(
        "Meta slows the number down: too many of its messages were blocked or reported",
        "Write only to customers who want it; it is tried again slowly. See the number's quality.",
        SPAM_LIMIT,
    ),
    131056: _retry("too many messages to this customer in a short time", _WAIT, PAIR_LIMIT),
    131057: _retry("the number is being maintained, for a throughput upgrade for example", _WAIT, MAINTENANCE),
    133004: _retry("a part of Meta is down for a moment", _WAIT),
    133016: _retry("the number was registered too often", "Nothing: it is tried again slowly.", HOURLY_LIMIT),
    135000: _retry("Meta failed to send it, for a reason that it does not tell", _WAIT),
    # the window
    131047: Advice(
        Action.TEMPLATE_NEEDED,
        "the customer has not written for 24 hours",
        "Send a template, or wait until the customer writes.",
    ),
    # this customer
    130472: Advice(
        Action.STOP,
        "the customer's number is part of an experiment of Meta's and gets no marketing",
        "Do not send it again: reach the customer in another way.",
    ),
    130497: Advice(
        Action.STOP, "the business may not write to this country", "Do not send it again: Meta's policy forbids it."
    ),
    131021: Advice(Action.STOP, "the recipient is the sender's own number", "Check the customer's number."),
    131026: Advice(
        Action.STOP,
        "the number has no WhatsApp, an old one, or has not accepted Meta's terms",
        "Check the number, or call the customer.",
    ),
    131030: Advice(
        Action.STOP,
        "a test number may write only to the recipients on its list",
        "Add the customer to the list at Meta, or use a real number.",
    ),
    131037: Advice(
        Action.STOP, "the number's display name is not approved", "Have a display name approved in WhatsApp Manager."
    ),
    131049: Advice(
        Action.STOP,
        "Meta keeps the number of marketing messages to this customer low",
        "Do not send it again within a day.",
    ),
    131062: Advice(
        Action.STOP,
        "such a message cannot be sent to a customer who hides the phone number",
        "Ask for the phone number first, or send another kind of message.",
    ),
    131063: Advice(
        Action.STOP,
        "Meta does not send this marketing message to this customer",
        "Do not send it again; a message that is no marketing may pass.",
    ),
    131050: Advice(
        Action.OPT_OUT,
        "the customer stopped marketing messages of the business",
        "Send no marketing until the customer allows it again.",
    ),
    # token and permissions
    0: Advice(Action.PERMISSION, "the access token is not accepted", _GIVE_ANEW),
    3: Advice(Action.PERMISSION, "the app lacks a capability or permission", _GIVE_ANEW),
    10: Advice(Action.PERMISSION, "the app lacks a permission", _GIVE_ANEW),
    33: Advice(
        Action.PERMISSION,
        "the number was deleted at Meta, or the token may not use it",
        "Check the phone_number_id, and that the token's user has the WhatsApp account.",
    ),
    190: Advice(Action.PERMISSION, "the access token has expired or was withdrawn", _GIVE_ANEW),
    131005: Advice(Action.PERMISSION, "the app may not do this", _GIVE_ANEW),
    # the account
    368: Advice(Action.ACCOUNT, "Meta has blocked the account for a violation of its policies", _AT_META),
    131031: Advice(Action.ACCOUNT, "the account is locked", _AT_META),
    131042: Advice(Action.ACCOUNT, "there is no valid way of payment at Meta", "Mend the payment method at Meta."),
    131044: Advice(Action.ACCOUNT, "the account may not send this at Meta now", _AT_META),
    131045: Advice(
        Action.ACCOUNT, "the number is not registered with a valid certificate", "Register the number again at Meta."
    ),
    131064: Advice(Action.ACCOUNT, "the account may not send this at Meta now", _AT_META),
    133010: Advice(Action.ACCOUNT, "the number is not registered", "Register the number at Meta."),
    # the template
    132000: Advice(
        Action.TEMPLATE, "the number of variables is not the template's", "Give each variable of the template a value."
    ),
    132001: Advice(
        Action.TEMPLATE,
        "there is no approved template of this name in this language",
        "Check name and language; have it approved.",
    ),
    132005: Advice(Action.TEMPLATE, "with its variables the text is too long", "Shorten the values."),
    132007: Advice(Action.TEMPLATE, "the template's content breaks Meta's policy", "Change the template at Meta."),
    132008: Advice(Action.TEMPLATE, "a value is not in the template's form", "Check the values against the template."),
    132012: Advice(Action.TEMPLATE, "a value is not in the template's form", "Check the values against the template."),
    132015: Advice(Action.TEMPLATE, "the template is paused for low quality", "Use another one, or improve it."),
    132016: Advice(Action.TEMPLATE, "the template is disabled for low quality", "Make a new one."),
    132068: Advice(Action.TEMPLATE, "the flow is blocked", "Mend the flow at Meta."),
    132069: Advice(Action.TEMPLATE, "the flow is throttled: too many of it this hour", "Send it later."),
    # the request
    100: Advice(Action.REQUEST, "a field is wrong or unknown", "Read Meta's details: they name the field."),
    131008: Advice(Action.REQUEST, "a field is missing", "Read Meta's details: they name the field."),
    131009: Advice(Action.REQUEST, "a field's value is wrong", "Read Meta's details: they name the field."),
    131051: Advice(Action.REQUEST, "this type of message is not supported", "Send another kind of message."),
    # files
    131052: Advice(
        Action.MEDIA, "the file that the customer sent cannot be downloaded", "Ask the customer to send it again."
    ),
    131053: Advice(
        Action.MEDIA, "the file cannot be fetched or is not of a supported type", "Check its type, size and address."
    ),
    # the customer's identity
    137000: Advice(
        Action.IDENTITY,
        "the customer's identity key has changed",
        "Make sure that it is the customer, then confirm the new identity.",
    ),
}

FIRST_PERMISSION, LAST_PERMISSION = 200, 299
API_PERMISSION = Advice(Action.PERMISSION, "a permission was not granted or was withdrawn", _GIVE_ANEW)
# Where `code` is 100, this subcode says that the object is gone or hidden from the token.
NO_SUCH_OBJECT = 33
TRANSIENT = _retry("Meta failed and says that it passes", _WAIT)
UNKNOWN = Advice(Action.UNKNOWN, "Meta told a code that is not known here", "Read Meta's details.")
_SERVER_ERROR, _TOO_MANY = 500, 429
_NOT_ALLOWED = frozenset({401, 403})


def advise(
    code: int | None, *, http_status: int | None = None, subcode: int | None = None, transient: bool = False
) -> Advice:
    """What to do about an error, by Meta's `code`, else by the answer's HTTP status.

    >>> advise(131047).action
    <Action.TEMPLATE_NEEDED: 'template_needed'>
    >>> advise(999999, http_status=503).action
    <Action.RETRY: 'retry'>
    """
    if code == 100 and subcode == NO_SUCH_OBJECT:
        return ADVICE[NO_SUCH_OBJECT]
    if code is not None and code in ADVICE:
        return ADVICE[code]
    if code is not None and FIRST_PERMISSION <= code <= LAST_PERMISSION:
        return API_PERMISSION
    if transient or (http_status is not None and (http_status >= _SERVER_ERROR or http_status == _TOO_MANY)):
        return TRANSIENT
    return API_PERMISSION if code is None and http_status in _NOT_ALLOWED else UNKNOWN

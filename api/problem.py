"""Errors of requests, as RFC 9457 problem details: `application/problem+json`."""

from http import HTTPStatus
from typing import Any, ClassVar

import structlog
from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from pydantic import BaseModel, Field
from pydantic.json_schema import models_json_schema
from sqlalchemy.exc import DataError, InterfaceError, OperationalError
from sqlalchemy.exc import TimeoutError as NoConnectionInTime
from starlette.exceptions import HTTPException

logger = structlog.get_logger(__name__)

MEDIA_TYPE = "application/problem+json"
TYPE_PREFIX = "urn:problem-type:satyasell:"


class Problem(Exception):  # noqa: N818 - RFC 9457's own word
    """Raised where a request cannot be done. Subclass it: one kind of problem, one class.

    `detail` tells the caller what is wrong and what to do. `extra` are further members of the answer.
    """

    status: ClassVar[HTTPStatus] = HTTPStatus.BAD_REQUEST
    slug: ClassVar[str] = "bad-request"

    def __init__(self, detail: str, *, headers: dict[str, str] | None = None, **extra: Any) -> None:  # noqa: ANN401 - any JSON
        super().__init__(detail)
        self.detail = detail
        self.headers = headers or {}
        self.extra = extra


class BadRequest(Problem):
    """Raised when a request is not understood."""


class Unauthorized(Problem):
    """Raised when a request does not tell who makes it, or its token is no longer good."""

    status = HTTPStatus.UNAUTHORIZED
    slug = "unauthorized"

    def __init__(self, detail: str) -> None:
        super().__init__(detail, headers={"WWW-Authenticate": "Bearer"})


class Forbidden(Problem):
    """Raised when the user may not do this."""

    status = HTTPStatus.FORBIDDEN
    slug = "forbidden"


class NotFound(Problem):
    """Raised when there is no such thing in the user's business, also where another business has it."""

    status = HTTPStatus.NOT_FOUND
    slug = "not-found"


class Conflict(Problem):
    """Raised when the thing is in a state that does not allow this."""

    status = HTTPStatus.CONFLICT
    slug = "conflict"


class Unprocessable(Problem):
    """Raised when a request is well formed and still says what cannot be."""

    status = HTTPStatus.UNPROCESSABLE_ENTITY
    slug = "unprocessable"


class TooManyRequests(Problem):
    """Raised when a caller asks too often; `retry_after` is in seconds."""

    status = HTTPStatus.TOO_MANY_REQUESTS
    slug = "too-many-requests"

    def __init__(self, detail: str, *, retry_after: int) -> None:
        super().__init__(detail, headers={"Retry-After": str(retry_after)})


class Unavailable(Problem):
    """Raised when the service cannot answer now and can in a moment."""

    status = HTTPStatus.SERVICE_UNAVAILABLE
    slug = "unavailable"

    def __init__(self, detail: str, *, retry_after: int = 1) -> None:
        super().__init__(detail, headers={"Retry-After": str(retry_after)})


class InvalidField(BaseModel):
    """One thing that is wrong in a request."""

    field: str = Field(description="Where: a path like `body.lines.0.quantity`.", examples=["body.email"])
    detail: str = Field(description="What is wrong.", examples=["Field required"])


class ProblemDetails(BaseModel):
    """What every error answer holds."""

    type: str = Field(description="The kind of problem.", examples=[f"{TYPE_PREFIX}not-found"])
    title: str = Field(description="The status in words.", examples=["Not Found"])
    status: int = Field(examples=[404])
    detail: str = Field(description="What is wrong and what to do.", examples=["there is no order 7"])
    errors: list[InvalidField] | None = Field(default=None, description="With a 422: what is wrong where.")


# For an application's `responses`: every error of every endpoint has this form.
RESPONSES: dict[int | str, dict[str, Any]] = {
    "default": {
        "description": "A problem",
        "content": {MEDIA_TYPE: {"schema": {"$ref": "#/components/schemas/ProblemDetails"}}},
    }
}


def answer(problem: Problem) -> JSONResponse:
    """The HTTP answer to a problem."""
    details = ProblemDetails(
        type=TYPE_PREFIX + problem.slug,
        title=problem.status.phrase,
        status=problem.status,
        detail=problem.detail,
    )
    content = details.model_dump(exclude_none=True) | problem.extra
    return JSONResponse(content, status_code=problem.status, headers=problem.headers, media_type=MEDIA_TYPE)


def plain_answer(status: HTTPStatus, detail: str | None = None, headers: dict[str, str] | None = None) -> JSONResponse:
    """The answer to an error that is no more than its HTTP status."""
    details = ProblemDetails(
        type="about:blank", title=status.phrase, status=status, detail=detail or status.description
    )
    return JSONResponse(
        details.model_dump(exclude_none=True), status_code=status, headers=headers, media_type=MEDIA_TYPE
    )


def install(app: FastAPI) -> None:
    """Make every error of `app` a problem, and say so in its OpenAPI document."""
    app.add_exception_handler(Problem, _on_problem)
    app.add_exception_handler(RequestValidationError, _on_invalid)
    app.add_exception_handler(HTTPException, _on_http_error)
    app.add_exception_handler(DataError, _on_unstorable)
    for unreachable in (OperationalError, InterfaceError, NoConnectionInTime):
        app.add_exception_handler(unreachable, _on_no_database)
    app.add_exception_handler(Exception, _on_fault)
    describe = app.openapi

    def describe_with_problems() -> dict[str, Any]:
        document = describe()
        document.setdefault("components", {}).setdefault("schemas", {}).update(_schemas())
        return document

    app.openapi = describe_with_problems  # type: ignore[method-assign] # FastAPI's own way to extend it


def _schemas() -> dict[str, Any]:
    _, document = models_json_schema([(ProblemDetails, "serialization")], ref_template="#/components/schemas/{model}")
    schemas: dict[str, Any] = document["$defs"]
    return schemas


def _on_problem(_request: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, Problem)  # noqa: S101 - as it is registered
    return answer(error)


def _on_invalid(_request: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, RequestValidationError)  # noqa: S101 - as it is registered
    wrong = [
        InvalidField(field=".".join(map(str, each["loc"])), detail=each["msg"]).model_dump()  # never the input itself
        for each in error.errors()
    ]
    return answer(Unprocessable("the request is not valid: see errors", errors=wrong))


def _on_http_error(_request: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, HTTPException)  # noqa: S101 - as it is registered
    status = HTTPStatus(error.status_code)
    detail = None if error.detail == status.phrase else error.detail
    return plain_answer(status, detail, dict(error.headers or {}))


def _on_unstorable(_request: Request, _error: Exception) -> JSONResponse:
    return answer(Unprocessable("a number is too large or a text holds the NUL character"))


def _on_no_database(_request: Request, error: Exception) -> JSONResponse:
    logger.error("database.unavailable", reason=type(getattr(error, "orig", None) or error).__name__)
    return answer(Unavailable("the database does not answer: try again in a moment"))


def _on_fault(_request: Request, _error: Exception) -> JSONResponse:
    return plain_answer(HTTPStatus.INTERNAL_SERVER_ERROR, "this is our fault, and it is logged under X-Request-ID")

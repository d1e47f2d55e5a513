"""What identity's endpoints take and give."""

from datetime import datetime
from typing import Annotated, Any, ClassVar, Self
from zoneinfo import available_timezones

from pydantic import (
    AfterValidator,
    AwareDatetime,
    BaseModel,
    ConfigDict,
    Field,
    SecretStr,
    StringConstraints,
    model_validator,
)

from api.identity.models import Role
from api.identity.password import MAX_LENGTH, MIN_LENGTH


def known_time_zone(name: str) -> str:
    """`name`, where it is one of IANA's time zones."""
    if name not in available_timezones():
        raise ValueError("is not a time zone; write it like Asia/Kolkata")
    return name


def without_surroundings(address: str) -> str:
    """An email address in lower case without spaces around it."""
    return address.strip().lower()


Name = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=200)]
TimeZone = Annotated[str, AfterValidator(known_time_zone), Field(examples=["Asia/Kolkata"])]
CountryCode = Annotated[str, StringConstraints(pattern="^[A-Z]{2}$"), Field(examples=["IN"])]
CurrencyCode = Annotated[str, StringConstraints(pattern="^[A-Z]{3}$"), Field(examples=["INR"])]
Email = Annotated[
    str,
    AfterValidator(without_surroundings),
    StringConstraints(pattern=r"^\s*[^@\s]+@[^@\s]+\.[^@\s]+\s*$", max_length=254),
    Field(examples=["asha@kiransarees.example"]),
]
Password = Annotated[SecretStr, Field(min_length=MIN_LENGTH, max_length=MAX_LENGTH, examples=["correct horse battery"])]
MetaId = Annotated[str, StringConstraints(pattern=r"^\d{1,32}$"), Field(examples=["106540352242922"])]
PhoneNumber = Annotated[str, StringConstraints(pattern=r"^\+?[\d\s()-]{5,30}$"), Field(examples=["+91 98450 12345"])]


class Given(BaseModel):
    """What a request carries. A field that is not known is an error, not ignored."""

    model_config = ConfigDict(extra="forbid")


class Change(Given):
    """What to change. A field that is left out stays; null is only for what may be without a value."""

    nullable: ClassVar[frozenset[str]] = frozenset()

    @model_validator(mode="after")
    def refuse_null(self) -> Self:
        """Raise ValueError where a field is null that must have a value."""
        for name in self.model_fields_set - self.nullable:
            if getattr(self, name) is None:
                raise ValueError(f"{name} cannot be null; leave it out to keep it")
        return self


class Shown(BaseModel):
    """What an answer carries, read from a row."""

    model_config = ConfigDict(from_attributes=True)


class LoginIn(Given):
    """An email and its password."""

    email: Email
    password: Annotated[SecretStr, Field(max_length=MAX_LENGTH, examples=["correct horse battery"])]
    cookie: bool = Field(
        default=False, description="Also set an HttpOnly cookie: for a page that this service itself serves."
    )


class UserOut(Shown):
    """A person of the business."""

    id: int = Field(examples=[3])
    email: str = Field(examples=["asha@kiransarees.example"])
    name: str = Field(examples=["Asha"])
    role: Role
    disabled_at: datetime | None = Field(description="Since when she may not log in.")
    created_at: datetime


class LoginOut(BaseModel):
    """A new session. The token is shown only here."""

    token: str = Field(examples=["satya_kq7…"], description="Send it as `Authorization: Bearer <token>`.")
    expires_at: AwareDatetime
    user: UserOut


class UserIn(Given):
    """A person to add."""

    email: Email
    name: Name = Field(examples=["Asha"])
    role: Role
    password: Password


class UserChange(Change):
    """What to change; what is left out stays. A new password or `disabled` ends the person's sessions."""

    name: Name | None = None
    role: Role | None = None
    disabled: bool | None = None
    password: Password | None = None


class PasswordChange(Given):
    """One's own new password. It ends one's other sessions."""

    current_password: Annotated[SecretStr, Field(max_length=MAX_LENGTH)]
    new_password: Password


class BusinessIn(Given):
    """A business to begin with."""

    name: Name = Field(examples=["Kiran Sarees"])
    currency: CurrencyCode
    country_code: CountryCode
    time_zone: TimeZone


class BusinessOut(Shown):
    """A business."""

    id: int = Field(examples=[1])
    name: str = Field(examples=["Kiran Sarees"])
    currency: str = Field(examples=["INR"])
    country_code: str = Field(examples=["IN"])
    time_zone: str = Field(examples=["Asia/Kolkata"])
    settings: dict[str, Any]
    created_at: datetime


class BusinessChange(Change):
    """What to change; what is left out stays. The currency is fixed: prices and orders are in it."""

    name: Name | None = None
    country_code: CountryCode | None = None
    time_zone: TimeZone | None = None


class AuditEntryOut(Shown):
    """Something that was done."""

    id: int = Field(examples=[41])
    user_id: int | None = Field(description="Who did it; null where the service did it itself.", examples=[3])
    action: str = Field(examples=["order.confirmed"])
    subject_type: str = Field(examples=["order"])
    subject_id: int = Field(examples=[17])
    data: dict[str, Any]
    created_at: datetime

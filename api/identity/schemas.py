"""What identity's endpoints take and give."""

from collections.abc import Mapping
from datetime import datetime
from typing import Annotated, Any, ClassVar, Self
from zoneinfo import available_timezones

from phonenumbers import SUPPORTED_REGIONS
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

from api.audit.models import AuditEntry
from api.identity.iso import CURRENCIES
from api.identity.models import Language, LoginSession, Role, Theme
from api.identity.password import MAX_LENGTH, MIN_LENGTH


def known_time_zone(name: str) -> str:
    """`name`, where it is one of IANA's time zones."""
    if name not in available_timezones():
        raise ValueError("is not a time zone; write it like Asia/Kolkata")
    return name


def known_currency(code: str) -> str:
    """`code`, where it is one of ISO 4217's."""
    if code not in CURRENCIES:
        raise ValueError("is not a currency; write it like INR")
    return code


def known_country(code: str) -> str:
    """`code`, where it is one of ISO 3166's that has phone numbers."""
    if code not in SUPPORTED_REGIONS:
        raise ValueError("is not a country; write it like IN")
    return code


def without_surroundings(address: str) -> str:
    """An email address in lower case without spaces around it."""
    return address.strip().lower()


Name = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=200)]
TimeZone = Annotated[str, AfterValidator(known_time_zone), Field(examples=["Asia/Kolkata"])]
CountryCode = Annotated[str, AfterValidator(known_country), Field(examples=["IN"])]
CurrencyCode = Annotated[str, AfterValidator(known_currency), Field(examples=["INR"])]
Locale = Annotated[
    str,
    StringConstraints(pattern=r"^[a-z]{2,3}(-[A-Z][a-z]{3})?(-([A-Z]{2}|\d{3}))?$"),
    Field(description="How dates, money and numbers are written: a BCP 47 tag.", examples=["en-IN"]),
]
# PostgreSQL stores no NUL.
Line = Annotated[str, StringConstraints(strip_whitespace=True, max_length=200, pattern=r"^[^\x00]*$")]
Lines = Annotated[str, StringConstraints(strip_whitespace=True, max_length=1000, pattern=r"^[^\x00]*$")]
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
    language: Language = Field(description="What the page speaks to her.")
    theme: Theme = Field(description="How the page looks to her.")
    disabled_at: datetime | None = Field(description="Since when she may not log in.")
    created_at: datetime


class SessionOut(BaseModel):
    """Somewhere that you are logged in."""

    id: int
    current: bool = Field(description="This very login.")
    user_agent: str = Field(description="What the browser called itself; empty where it did not say.")
    created_at: datetime
    last_used_at: datetime
    expires_at: datetime

    @classmethod
    def of(cls, row: LoginSession, *, current: bool) -> Self:
        """A row as it is shown."""
        return cls(
            id=row.id,
            current=current,
            user_agent=row.user_agent,
            created_at=row.created_at,
            last_used_at=row.last_used_at,
            expires_at=row.expires_at,
        )


class Logins(BaseModel):
    """Everywhere that you are logged in."""

    items: list[SessionOut]


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


class PreferencesChange(Change):
    """What a person changes of herself; what is left out stays."""

    name: Name | None = None
    language: Language | None = None
    theme: Theme | None = None


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
    locale: Locale | None = Field(default=None, description="Left out: English as the country writes it.")

    def values(self) -> dict[str, str]:
        """The fields of a new business."""
        return self.model_dump(exclude={"locale"}) | {"locale": self.locale or f"en-{self.country_code}"}


class BusinessOut(Shown):
    """A business."""

    id: int = Field(examples=[1])
    name: str = Field(examples=["Kiran Sarees"])
    currency: str = Field(examples=["INR"])
    country_code: str = Field(examples=["IN"])
    time_zone: str = Field(examples=["Asia/Kolkata"])
    locale: str = Field(examples=["en-IN"])
    address: str
    phone: str
    email: str
    website: str
    settings: dict[str, Any]
    created_at: datetime


class BusinessChange(Change):
    """What to change; what is left out stays. The currency is fixed once there are prices or orders in it."""

    name: Name | None = None
    currency: CurrencyCode | None = None
    country_code: CountryCode | None = None
    time_zone: TimeZone | None = None
    locale: Locale | None = None
    address: Lines | None = None
    phone: Line | None = None
    email: Line | None = None
    website: Line | None = None


class AuditEntryOut(Shown):
    """Something that was done."""

    id: int = Field(examples=[41])
    user_id: int | None = Field(description="Who did it; null where the service did it itself.", examples=[3])
    user_name: str | None = Field(description="What she is called now.", examples=["Asha"])
    action: str = Field(examples=["order.confirmed"])
    subject_type: str = Field(examples=["order"])
    subject_id: int = Field(examples=[17])
    data: dict[str, Any]
    created_at: datetime

    @classmethod
    def of(cls, entry: AuditEntry, names: Mapping[int, str]) -> Self:
        """A row as it is shown; `names` has the names of people by id."""
        return cls(
            id=entry.id,
            user_id=entry.user_id,
            user_name=names.get(entry.user_id) if entry.user_id is not None else None,
            action=entry.action,
            subject_type=entry.subject_type,
            subject_id=entry.subject_id,
            data=entry.data,
            created_at=entry.created_at,
        )

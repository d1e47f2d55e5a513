"""What the service is told from outside: environment variables and a `.env` file."""

import os
import secrets
from contextlib import suppress
from functools import cached_property
from pathlib import Path
from typing import Annotated, Self

import platformdirs
from pydantic import Field, PositiveInt, SecretStr, ValidationError
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

from api.errors import OperatorError

SECRET_KEY_BYTES = 32


class SettingsError(OperatorError):
    """Raised when a setting is missing or wrong; names the variable and what to do."""


class Settings(BaseSettings):
    """The service's settings. A field's alias is the variable's name; its description is its documentation."""

    model_config = SettingsConfigDict(env_file=".env", extra="ignore", frozen=True, populate_by_name=True)

    whatsapp_app_secret: Annotated[SecretStr, NoDecode] = Field(
        default=SecretStr(""),
        alias="WHATSAPP_APP_SECRET",
        description="The Meta app's secret, with which webhooks are signed. Several, separated by commas, are all "
        "accepted: while you rotate it. Needed to receive webhooks.",
    )
    whatsapp_verify_token: SecretStr = Field(
        default=SecretStr(""),
        alias="WHATSAPP_VERIFY_TOKEN",
        description="The word that you give Meta when you register the webhook. Needed to receive webhooks.",
    )
    graph_url: str = Field(
        default="https://graph.facebook.com",
        alias="WHATSAPP_GRAPH_URL",
        description="Where Meta's Graph API answers.",
    )
    graph_version: str = Field(
        default="v25.0",
        alias="WHATSAPP_GRAPH_VERSION",
        pattern=r"^v\d+\.\d+$",
        description="The version of the Graph API that is spoken.",
    )
    graph_timeout_seconds: float = Field(
        default=30.0,
        alias="WHATSAPP_GRAPH_TIMEOUT_SECONDS",
        ge=1,
        le=300,
        description="So long the Graph API may take to answer. A message whose answer does not come is not sent again "
        "blindly: see docs/sending.md.",
    )
    database_url: SecretStr = Field(
        default=SecretStr(""),
        alias="DATABASE_URL",
        description="A PostgreSQL server, `postgresql://user:password@host/name`. Empty: an embedded server is started "
        "in the data folder.",
    )
    broker_url: SecretStr = Field(
        default=SecretStr(""),
        alias="BROKER_URL",
        description="Where hints to workers travel: `postgresql://…`, `redis://…` or `amqp://…`. Empty: the database.",
    )
    data_dir: Path = Field(
        default_factory=lambda: platformdirs.user_data_path("satyasell", appauthor=False),
        alias="SATYASELL_DATA_DIR",
        description="The folder of the embedded database, the secret key and media. Default: the platform's folder "
        "for a user's data.",
    )
    secret_key: SecretStr = Field(
        default=SecretStr(""),
        alias="SATYASELL_SECRET_KEY",
        description="64 hexadecimal digits that encrypt what is secret in the database. Of several, separated by "
        "commas, the first encrypts and all decrypt: to rotate. Empty: made once and kept in the data folder; "
        "servers that share a database must share it.",
    )
    media_url: str = Field(
        default="",
        alias="SATYASELL_MEDIA_URL",
        pattern="^(s3://[^/]+(/.*)?)?$",
        description="Where customers' files are kept: `s3://bucket/prefix`, with its address and keys in the usual "
        "`AWS_…` variables. Empty: `media/` of the data folder; then workers on other machines must share it.",
    )
    setup_code: SecretStr = Field(
        default=SecretStr(""),
        alias="SATYASELL_SETUP_CODE",
        description="The code with which the page makes the first business. Empty: `serve` makes one and prints it "
        "while there is no business.",
    )
    simulator_url: str = Field(
        default="",
        alias="SATYASELL_SIMULATOR_URL",
        description="Where a simulator stands for Meta: set by `serve --simulator`, never on a service that customers "
        "write to.",
    )
    host: str = Field(default="127.0.0.1", alias="SATYASELL_HOST", description="The address to listen on.")
    port: int = Field(default=8000, alias="SATYASELL_PORT", ge=0, le=65535, description="The port to listen on.")
    worker_processes: PositiveInt = Field(
        default=1, alias="SATYASELL_WORKER_PROCESSES", description="Worker processes that `serve` and `worker` start."
    )
    worker_threads: PositiveInt = Field(
        default=4, alias="SATYASELL_WORKER_THREADS", description="Threads in each worker process."
    )
    sender_threads: PositiveInt = Field(
        default=8,
        alias="SATYASELL_SENDER_THREADS",
        description="Threads in each worker process that wait for Meta: they send messages. Each sends one at a time.",
    )
    free_entry_opens_window: bool = Field(
        default=True,
        alias="SATYASELL_FREE_ENTRY_OPENS_WINDOW",
        description="Whether a customer who came by an advertisement and was answered within 24 hours may be written "
        "to freely for 72 hours. Off: 24 hours, as for everybody; the 72 hours are then only free of charge.",
    )
    api_processes: PositiveInt = Field(
        default=1, alias="SATYASELL_API_PROCESSES", description="Processes that answer requests, started by `serve`."
    )
    reading_delay_seconds: float = Field(
        default=1.0,
        alias="SATYASELL_READING_DELAY_SECONDS",
        ge=0,
        le=60,
        description="A conversation is read so long after its last message: people write in bursts.",
    )
    reading_max_delay_seconds: float = Field(
        default=5.0,
        alias="SATYASELL_READING_MAX_DELAY_SECONDS",
        ge=0,
        le=600,
        description="A conversation is read so long after its first unread message at the latest.",
    )
    shutdown_seconds: float = Field(
        default=20.0,
        alias="SATYASELL_SHUTDOWN_SECONDS",
        ge=1,
        le=600,
        description="Processes that are told to end are killed after so long; no work is lost by it.",
    )
    session_idle_minutes: PositiveInt = Field(
        default=12 * 60,
        alias="SATYASELL_SESSION_IDLE_MINUTES",
        description="A login ends after so many minutes in which it was not used.",
    )
    session_days: PositiveInt = Field(
        default=14, alias="SATYASELL_SESSION_DAYS", description="A login ends after so many days, used or not."
    )
    allowed_origins: str = Field(
        default="",
        alias="SATYASELL_ALLOWED_ORIGINS",
        pattern=r"^\s*(https?://[^/,\s]+\s*(,\s*https?://[^/,\s]+\s*)*)?$",
        description="Pages of other places that may open the service's WebSocket, as browsers name them, separated "
        "by commas: `https://desk.shop.example`. They need a ticket: see docs/live.md.",
    )
    max_body_bytes: PositiveInt = Field(
        default=5 * 1024 * 1024,
        alias="SATYASELL_MAX_BODY_BYTES",
        description="Larger requests are refused with 413. Meta sends up to 3 MB; imports of catalogues have their "
        "own bound.",
    )
    log_format: str = Field(
        default="auto",
        alias="SATYASELL_LOG_FORMAT",
        pattern="^(auto|json|console)$",
        description="`json`, `console`, or `auto`: console on a terminal, JSON elsewhere.",
    )
    log_level: str = Field(
        default="INFO",
        alias="SATYASELL_LOG_LEVEL",
        pattern="^(DEBUG|INFO|WARNING|ERROR)$",
        description="DEBUG, INFO, WARNING or ERROR.",
    )

    @classmethod
    def load(cls) -> Self:
        """The settings of this process; raise SettingsError that names each wrong variable."""
        try:
            return cls()
        except ValidationError as error:
            wrong = "; ".join(f"{'.'.join(map(str, e['loc']))}: {e['msg']}" for e in error.errors())
            raise SettingsError(f"wrong settings: {wrong}") from None

    @property
    def app_secrets(self) -> tuple[bytes, ...]:
        """The app secrets that a webhook may be signed with, newest first as written."""
        parts = self.whatsapp_app_secret.get_secret_value().split(",")
        return tuple(part.strip().encode() for part in parts if part.strip())

    @property
    def origins(self) -> frozenset[str]:
        """The origins of other pages that may open the WebSocket."""
        return frozenset(part.strip() for part in self.allowed_origins.split(",") if part.strip())

    @cached_property
    def secret_keys(self) -> tuple[bytes, ...]:
        """The 32-byte keys of what is secret in the database, the one to encrypt with first.

        Where none is set, one is made and kept in the data folder (mode 0600).
        """
        text = self.secret_key.get_secret_value() or _kept_secret(self.kept_secret_key)
        return tuple(_parse_key(part.strip()) for part in text.split(","))

    @property
    def kept_secret_key(self) -> Path:
        """The file that keeps the secret keys where the setting does not name them."""
        return self.data_dir / "secret-key"

    @property
    def missing_for_webhooks(self) -> list[str]:
        """The settings that are missing to receive webhooks: until they are set, nothing comes from Meta."""
        needed = {
            "WHATSAPP_APP_SECRET": bool(self.app_secrets),
            "WHATSAPP_VERIFY_TOKEN": bool(self.whatsapp_verify_token.get_secret_value()),
        }
        return [name for name, is_set in needed.items() if not is_set]


def new_secret_key() -> str:
    """A secret key that nobody has, as it is written in SATYASELL_SECRET_KEY."""
    return secrets.token_hex(SECRET_KEY_BYTES)


def _parse_key(text: str) -> bytes:
    try:
        key = bytes.fromhex(text)
    except ValueError:
        key = b""
    if len(key) != SECRET_KEY_BYTES:
        raise SettingsError("SATYASELL_SECRET_KEY must be 64 hexadecimal digits: make them by `openssl rand -hex 32`")
    return key


def _kept_secret(path: Path) -> str:
    """The secret in the file at `path`, made where there is none; of processes that race, one makes it."""
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        draft = path.with_name(f"{path.name}.{os.getpid()}")
        with os.fdopen(os.open(draft, os.O_CREAT | os.O_WRONLY | os.O_TRUNC, 0o600), "w") as file:
            file.write(new_secret_key())
        with suppress(FileExistsError):
            path.hardlink_to(draft)
        draft.unlink()
    return path.read_text().strip()

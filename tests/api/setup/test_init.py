"""`satyasell init` and `satyasell migrate`, as real commands."""

import json
import subprocess
import sys
from pathlib import Path

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from api.database import Database
from api.encryption import Vault
from api.errors import OperatorError
from api.first_run.beginning import Beginning, set_up
from api.identity.models import Business, Channel, User
from api.identity.password import password_fits
from api.settings import Settings
from tests.factories import make_business, make_channel

SATYASELL = [sys.executable, "-c", "from api.cli import main; main()"]
BUSINESS = {"name": "Kiran Sarees", "currency": "INR", "country_code": "IN", "time_zone": "Asia/Kolkata"}
ADMIN = {"email": "asha@shop.example", "name": "Asha", "role": "admin", "password": "correct horse battery"}
CHANNEL = {"phone_number_id": "1065", "display_phone_number": "+91 98450 12345"}


def satyasell(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [*SATYASELL, *arguments],
        capture_output=True,
        text=True,
        check=False,
        stdin=subprocess.DEVNULL,
        env={"PATH": "/usr/sbin:/usr/bin:/sbin:/bin"} | environment,
    )


@pytest.mark.processes
def test_init_sets_up_once_and_says_so_the_second_time(fresh_database_url: str, fresh_database: Database) -> None:
    options = ["init", "--json", "--business", "Kiran", "--email", "asha@shop.example", "--phone-number-id", "1065"]
    options += ["--phone-number", "+91 98450 12345", "--access-token", "EAAG"]
    environment = {
        "DATABASE_URL": fresh_database_url,
        "SATYASELL_ADMIN_PASSWORD": "correct horse battery",
        "SATYASELL_SECRET_KEY": "00" * 32,
        "WHATSAPP_GRAPH_URL": "http://127.0.0.1:1",  # nobody listens there
    }

    first, second = satyasell(*options, **environment), satyasell(*options, **environment)

    assert first.returncode == 0, first.stderr
    assert json.loads(first.stdout)["created"] is True
    assert json.loads(second.stdout) == json.loads(first.stdout) | {"created": False}
    with fresh_database.transaction() as session:
        assert session.scalar(select(func.count()).select_from(Business)) == 1


@pytest.mark.processes
def test_init_alone_starts_its_own_database_and_keeps_a_secret_key(data_folder: Path) -> None:
    options = ["init", "--business", "Kiran", "--email", "asha@shop.example", "--password", "correct horse battery"]

    made = satyasell(*options, SATYASELL_DATA_DIR=str(data_folder))
    migrated = satyasell("migrate", SATYASELL_DATA_DIR=str(data_folder))

    assert made.returncode == 0, made.stderr
    assert "Kiran is set up" in made.stdout
    assert migrated.stdout == "the database is up to date\n"
    assert (data_folder / "secret-key").stat().st_mode & 0o777 == 0o600


@pytest.mark.processes
@pytest.mark.parametrize(
    ("options", "environment", "said"),
    [
        (["init", "--business", "Kiran"], {}, "--email is needed"),
        (["init", "--business", "K", "--email", "a@b.example", "--password", "short"], {}, "admin.password"),
        (["migrate"], {"DATABASE_URL": "mysql://shop@db/shop"}, "a mysql database is not supported"),
        (["migrate"], {"DATABASE_URL": "our server"}, "DATABASE_URL is no URL"),
        (["migrate"], {"DATABASE_URL": "postgresql://shop@127.0.0.1:1/shop"}, "the database cannot be reached"),
        (["migrate"], {"SATYASELL_PORT": "http"}, "SATYASELL_PORT"),
    ],
)
def test_operators_mistake_is_one_line_and_code_1(
    options: list[str], environment: dict[str, str], said: str, data_folder: Path
) -> None:
    ended = satyasell(*options, **({"SATYASELL_DATA_DIR": str(data_folder)} | environment))

    assert ended.returncode == 1
    assert said in ended.stderr
    assert ended.stderr.count("\n") == 1


def test_beginning_has_an_admin_who_can_log_in_and_a_number(session: Session) -> None:
    beginning = Beginning.parse({"business": BUSINESS, "admin": ADMIN, "channel": CHANNEL})

    made = set_up(session, beginning, Vault([bytes(32)]))

    assert made.channel is not None
    assert made.channel.business_id == made.admin.business_id == made.business.id
    assert password_fits("correct horse battery", made.admin.password_hash)


def test_number_of_another_business_stops_the_set_up(session: Session) -> None:
    make_channel(session, make_business(session), phone_number_id="1065")
    beginning = Beginning.parse({"business": BUSINESS, "admin": ADMIN, "channel": CHANNEL})

    with pytest.raises(OperatorError, match="1065 is connected to another business"):
        set_up(session, beginning, Vault([bytes(32)]))


def test_what_is_wrong_is_named(settings: Settings) -> None:
    with pytest.raises(OperatorError, match=r"business\.time_zone.*admin\.email"):
        Beginning.parse({"business": BUSINESS | {"time_zone": "here"}, "admin": ADMIN | {"email": "asha"}})


def test_nothing_is_shared_between_tests(session: Session) -> None:
    for table in (Business, Channel, User):
        assert session.scalar(select(func.count()).select_from(table)) == 0

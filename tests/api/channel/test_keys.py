"""Keys are made and rotated; nothing is lost when a rotation breaks off."""

import re
import subprocess
import sys
from pathlib import Path

import pytest
from sqlalchemy import select

from api.channel import key_rotation
from api.channel.key_rotation import put_first, rotate
from api.channel.token import access_token, set_access_token
from api.database import Database
from api.encryption import Vault
from api.identity.models import Channel
from api.settings import Settings
from tests.factories import make_business, make_channel

OLD, NEW, LOST = b"\x01" * 32, b"\x02" * 32, b"\x03" * 32
SATYASELL = [sys.executable, "-c", "from api.cli import main; main()"]


def connect(database: Database, *tokens: tuple[str | None, bytes]) -> list[int]:
    """Channels with these tokens, each under its key."""
    with database.transaction() as session:
        business = make_business(session)
        made = [make_channel(session, business) for _ in tokens]
        for channel, (token, key) in zip(made, tokens, strict=True):
            set_access_token(channel, token, Vault([key]))
        return [channel.id for channel in made]


def opened(database: Database, key: bytes) -> list[str | None]:
    with database.transaction() as session:
        return [access_token(row, Vault([key])) for row in session.scalars(select(Channel).order_by(Channel.id))]


def test_every_token_opens_with_the_first_key_alone(database: Database) -> None:
    connect(database, ("first", OLD), ("second", NEW), (None, OLD), ("third", OLD))

    done = rotate(database, Vault([NEW, OLD]))

    assert (done.encrypted_anew, done.already, done.undecryptable) == (2, 1, [])
    assert opened(database, NEW) == ["first", "second", None, "third"]


def test_second_rotation_has_nothing_to_do(database: Database) -> None:
    connect(database, ("first", OLD))
    rotate(database, Vault([NEW, OLD]))

    done = rotate(database, Vault([NEW, OLD]))

    assert (done.encrypted_anew, done.already) == (0, 1)


def test_rotation_that_broke_off_is_taken_up(fresh_database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    connect(fresh_database, *((f"token {number}", OLD) for number in range(5)))
    monkeypatch.setattr(key_rotation, "BATCH", 2)
    vault = Vault([NEW, OLD])
    seals = iter(range(10))

    def breaking(secret: str, context: str) -> bytes:
        if next(seals) == 3:
            raise KeyboardInterrupt
        return Vault([NEW]).seal(secret, context)

    with monkeypatch.context() as broken:
        broken.setattr(vault, "seal", breaking)
        with pytest.raises(KeyboardInterrupt):
            rotate(fresh_database, vault)
    done = rotate(fresh_database, vault)

    assert (done.encrypted_anew, done.already) == (3, 2)
    assert opened(fresh_database, NEW) == [f"token {number}" for number in range(5)]


def test_token_that_no_key_opens_is_named_and_stays(database: Database) -> None:
    ids = connect(database, ("lost", LOST), ("found", OLD))

    done = rotate(database, Vault([NEW, OLD]))

    assert done.undecryptable == ids[:1]
    assert done.encrypted_anew == 1
    with database.transaction() as session:
        assert access_token(session.get_one(Channel, ids[0]), Vault([LOST])) == "lost"


def test_new_key_comes_first_in_the_file_that_keeps_them(tmp_path: Path) -> None:
    settings = Settings(data_dir=tmp_path)
    (old,) = settings.secret_keys

    put_first("ab" * 32, settings)

    assert Settings(data_dir=tmp_path).secret_keys == (b"\xab" * 32, old)
    assert (tmp_path / "secret-key").stat().st_mode & 0o777 == 0o600
    assert [path.name for path in tmp_path.iterdir()] == ["secret-key"]


def satyasell(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [*SATYASELL, *arguments],
        capture_output=True,
        text=True,
        check=False,
        env={"PATH": "/usr/sbin:/usr/bin:/sbin:/bin"} | environment,
    )


@pytest.mark.processes
def test_commands_make_a_key_and_rotate(fresh_database_url: str, fresh_database: Database, data_folder: Path) -> None:
    ids = connect(fresh_database, ("secret", OLD))
    environment = {"DATABASE_URL": fresh_database_url, "SATYASELL_DATA_DIR": str(data_folder)}

    made = satyasell("keys", "new", **environment, SATYASELL_SECRET_KEY=OLD.hex())
    key = made.stdout.strip()
    rotated = satyasell("keys", "rotate", **environment, SATYASELL_SECRET_KEY=f"{key},{OLD.hex()}")
    forgotten = satyasell("keys", "rotate", **environment, SATYASELL_SECRET_KEY=OLD.hex())

    assert re.fullmatch("[0-9a-f]{64}", key)
    assert "restart every process" in made.stderr
    assert "1 access tokens encrypted under the first key; 0 were already." in rotated.stdout
    assert "The other keys are needed no more" in rotated.stdout
    assert opened(fresh_database, bytes.fromhex(key)) == ["secret"]
    assert forgotten.returncode == 1
    assert f"no key opens the access tokens of channels {ids[0]}" in forgotten.stderr
    assert "secret" not in made.stdout + rotated.stdout + rotated.stderr + forgotten.stderr


@pytest.mark.processes
def test_command_puts_the_key_into_the_data_folder(data_folder: Path) -> None:
    made = satyasell("keys", "new", SATYASELL_DATA_DIR=str(data_folder))

    assert made.returncode == 0, made.stderr
    assert "is the first one in" in made.stdout
    assert len((data_folder / "secret-key").read_text().split(",")) == 2

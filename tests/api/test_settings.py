"""Settings: from the environment, each documented, and clear where one is missing."""

from pathlib import Path

import pytest
from pydantic import SecretStr
from pydantic.fields import FieldInfo

from api.settings import Settings, SettingsError


def test_app_secrets_may_be_several_while_one_is_rotated(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WHATSAPP_APP_SECRET", "new, old,")

    assert Settings.load().app_secrets == (b"new", b"old")


@pytest.mark.parametrize(
    ("present", "missing"),
    [
        ({}, ["WHATSAPP_APP_SECRET", "WHATSAPP_VERIFY_TOKEN"]),
        ({"WHATSAPP_APP_SECRET": "s"}, ["WHATSAPP_VERIFY_TOKEN"]),
        ({"WHATSAPP_VERIFY_TOKEN": "t", "WHATSAPP_APP_SECRET": " , "}, ["WHATSAPP_APP_SECRET"]),
    ],
)
def test_setting_that_webhooks_need_is_named(
    monkeypatch: pytest.MonkeyPatch, present: dict[str, str], missing: list[str]
) -> None:
    for name, value in present.items():
        monkeypatch.setenv(name, value)

    assert Settings.load().missing_for_webhooks == missing


def test_wrong_setting_is_named_and_its_value_not_repeated(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SATYASELL_PORT", "not-a-port")

    with pytest.raises(SettingsError, match="SATYASELL_PORT") as raised:
        Settings.load()
    assert "not-a-port" not in str(raised.value)


def test_env_file_is_read(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / ".env").write_text("WHATSAPP_VERIFY_TOKEN=from-file\nUNKNOWN=1\n")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setitem(Settings.model_config, "env_file", ".env")

    assert Settings.load().whatsapp_verify_token.get_secret_value() == "from-file"


def test_secret_key_is_made_once_and_only_its_owner_reads_it() -> None:
    first, second = Settings.load(), Settings.load()

    assert first.secret_keys == second.secret_keys
    assert len(first.secret_keys[0]) == 32
    assert (first.data_dir / "secret-key").stat().st_mode & 0o777 == 0o600
    assert [path.name for path in first.data_dir.iterdir()] == ["secret-key"]


def test_secret_keys_may_be_several_while_one_is_rotated(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SATYASELL_SECRET_KEY", f"{'11' * 32}, {'22' * 32}")

    assert Settings.load().secret_keys == (b"\x11" * 32, b"\x22" * 32)


@pytest.mark.parametrize("key", ["short", "11" * 31, "zz" * 32])
def test_secret_key_of_another_form_is_refused(monkeypatch: pytest.MonkeyPatch, key: str) -> None:
    monkeypatch.setenv("SATYASELL_SECRET_KEY", key)

    with pytest.raises(SettingsError, match="64 hexadecimal digits"):
        _ = Settings.load().secret_keys


def test_no_secret_shows_when_settings_are_printed(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("WHATSAPP_APP_SECRET", "WHATSAPP_VERIFY_TOKEN", "DATABASE_URL", "BROKER_URL", "SATYASELL_SECRET_KEY"):
        monkeypatch.setenv(name, "hush")

    assert "hush" not in repr(Settings.load())


def row(field: FieldInfo) -> str:
    default = None if field.default_factory else field.get_default()
    shown = default.get_secret_value() if isinstance(default, SecretStr) else default
    return f"| `{field.alias}` | {f'`{shown}`' if shown not in ('', None) else ''} | {field.description} |"


def test_every_setting_is_documented_as_it_is() -> None:
    documented = (Path(__file__).parents[2] / "docs" / "settings.md").read_text().splitlines()
    rows = [row(field) for field in Settings.model_fields.values()]

    assert [line for line in documented if line.startswith("| `")] == rows, "\n".join(rows)

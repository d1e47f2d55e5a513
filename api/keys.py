"""`satyasell keys`: the keys that encrypt what is secret in the database."""

import typer

from api.errors import OperatorError

keys = typer.Typer(
    name="keys",
    help="The keys that encrypt access tokens: make a new one, and encrypt everything under it.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
)


@keys.command()
def new() -> None:
    """Make a new key, to be the first of them.

    Where SATYASELL_SECRET_KEY is set, the new key is printed, for you to put before the others. Where the key is
    kept in the data folder, it is put there.
    """
    from api.channel.key_rotation import put_first  # noqa: PLC0415 - keeps `--help` quick
    from api.settings import Settings, new_secret_key  # noqa: PLC0415 - as above

    settings = Settings.load()
    if settings.secret_key.get_secret_value():
        typer.echo(new_secret_key())
        typer.echo(
            "Put it before the others in SATYASELL_SECRET_KEY, separated by a comma, restart every process, then run "
            "`satyasell keys rotate`.",
            err=True,
        )
        return
    put_first(new_secret_key(), settings)
    typer.echo(
        f"A new key is the first one in {settings.kept_secret_key}: restart every process, then run "
        "`satyasell keys rotate`."
    )


@keys.command()
def rotate() -> None:
    """Encrypt every access token under the first key. Safe to run at any time, again, and while the service runs."""
    from api.channel.key_rotation import rotate as encrypt_anew  # noqa: PLC0415 - keeps `--help` quick
    from api.database import Database  # noqa: PLC0415 - as above
    from api.encryption import Vault  # noqa: PLC0415 - as above
    from api.migrations import upgrade  # noqa: PLC0415 - as above
    from api.postgres import running_database  # noqa: PLC0415 - as above
    from api.settings import Settings  # noqa: PLC0415 - as above

    settings = Settings.load()
    with running_database(settings) as url:
        upgrade(url)
        database = Database.connect(url)
        try:
            done = encrypt_anew(database, Vault(settings.secret_keys))
        finally:
            database.close()
    typer.echo(f"{done.encrypted_anew} access tokens encrypted under the first key; {done.already} were already.")
    if done.undecryptable:
        numbers = ", ".join(map(str, done.undecryptable))
        raise OperatorError(f"no key opens the access tokens of channels {numbers}: list their key too, or enter them")
    if len(settings.secret_keys) > 1:
        typer.echo("The other keys are needed no more: remove them, and restart every process.")

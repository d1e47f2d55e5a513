"""`satyasell serve --simulator`: a WhatsApp of the service's own, where there is no Meta account."""

import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import select

from api.database import Database
from api.errors import OperatorError
from api.first_run.simulator import ACCESS_TOKEN, DISPLAY_PHONE_NUMBER, PHONE_NUMBER_ID, WABA_ID
from api.identity.models import Channel, ChannelStatus
from api.settings import Settings
from api.simulator.options import Number, Options
from api.simulator.simulator import Simulator

NUMBER = Number(phone_number_id=PHONE_NUMBER_ID, display_phone_number=DISPLAY_PHONE_NUMBER, waba_id=WABA_ID)


@contextmanager
def simulated_whatsapp(settings: Settings) -> Iterator[Simulator]:
    """A simulator on a free port of this computer, in Meta's place for all processes that are started meanwhile.

    Raises OperatorError where the settings name a real Meta app: customers' messages must never come here.
    """
    _refuse_real_app(settings)
    app_secret, verify_token = secrets.token_hex(16), secrets.token_hex(16)
    options = Options(app_secret=app_secret, verify_token=verify_token, tokens=(ACCESS_TOKEN,), numbers=(NUMBER,))
    with Simulator(options) as whatsapp:
        take_metas_place(whatsapp)
        yield whatsapp


def take_metas_place(whatsapp: Simulator) -> None:
    """Let this process's settings, and those of the processes that it starts, lead to a simulator."""
    os.environ.update(
        {
            "WHATSAPP_GRAPH_URL": whatsapp.address,
            "SATYASELL_SIMULATOR_URL": whatsapp.address,
            "WHATSAPP_APP_SECRET": whatsapp.options.app_secret,
            "WHATSAPP_VERIFY_TOKEN": whatsapp.options.verify_token,
        }
    )


def refuse_real_numbers(database: Database) -> None:
    """Raise OperatorError where a real number is connected: its customers would be answered by nobody."""
    real = select(Channel.display_phone_number).where(
        Channel.phone_number_id != PHONE_NUMBER_ID,
        Channel.status == ChannelStatus.ACTIVE,
        Channel.access_token_encrypted.is_not(None),
    )
    with database.transaction() as session:
        found = session.scalar(real.limit(1))
    if found is not None:
        raise OperatorError(
            f"{found} is a real number of this database, and --simulator would stand in Meta's place: "
            "try it in another SATYASELL_DATA_DIR, or disable the number first"
        )


def _refuse_real_app(settings: Settings) -> None:
    given = {
        "WHATSAPP_APP_SECRET": bool(settings.app_secrets),
        "WHATSAPP_VERIFY_TOKEN": bool(settings.whatsapp_verify_token.get_secret_value()),
        "WHATSAPP_GRAPH_URL": settings.graph_url != Settings.model_fields["graph_url"].default,
    }
    if names := [name for name, is_set in given.items() if is_set]:
        raise OperatorError(f"--simulator makes these itself, so that no real app is in use: unset {', '.join(names)}")

"""All tables: importing this module makes `metadata` whole, whoever asks."""

from api.audit import models as audit
from api.catalog import models as catalog
from api.catalog_file import models as catalog_file
from api.conversation import models as conversation
from api.customer import models as customer
from api.database import Base
from api.idempotency import models as idempotency
from api.identity import models as identity
from api.live import models as live
from api.media import models as media
from api.note import models as note
from api.order import models as order
from api.reading import models as reading
from api.saved_reply import models as saved_reply
from api.sending import models as sending
from api.stock import models as stock
from api.template import models as template
from api.webhook_event import models as webhook_event
from api.websocket import models as websocket
from api.whatsapp import models as whatsapp

FEATURES = (
    audit,
    catalog,
    catalog_file,
    conversation,
    customer,
    idempotency,
    identity,
    live,
    media,
    note,
    order,
    reading,
    saved_reply,
    sending,
    stock,
    template,
    webhook_event,
    websocket,
    whatsapp,
)

metadata = Base.metadata

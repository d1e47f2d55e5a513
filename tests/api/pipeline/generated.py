"""Envelopes of all kinds, as Meta sends them, for property tests: strategies of messages, statuses and webhooks."""

from copy import deepcopy
from typing import Any

from hypothesis import strategies as st

Json = dict[str, Any]
BUSINESS = "919800000001"
# Three people, one of whom shows her user id with each message.
PEOPLE = ({"from": "919000000001"}, {"from": "919000000002", "from_user_id": "IN.2"}, {"from": "5511987654321"})
WORDS = st.text(max_size=12) | st.sampled_from(["2 kg aata", "haan", "नमस्ते 🙏", "\x00", "\ud83d", "x" * 5000])
IDS = st.text("abcdef0123", min_size=3, max_size=8)
NUMBERS = st.integers(0, 20) | st.decimals(0, 9, places=1).map(str) | st.sampled_from(["2", "many", None, -1, 1e300])


def optional(**parts: st.SearchStrategy[Any]) -> st.SearchStrategy[Json]:
    """An object that has some of these parts."""
    return st.fixed_dictionaries({}, optional=parts)


FILE = optional(id=IDS, mime_type=st.just("audio/ogg; codecs=opus"), sha256=IDS, caption=WORDS, filename=WORDS)
FLAG = st.booleans() | st.none()
ROWS = st.lists(
    optional(product_retailer_id=IDS, quantity=NUMBERS, item_price=NUMBERS, currency=st.just("INR")), max_size=3
)
ADDRESS = '{"values": {"name": "Asha", "in_pin_code": "411001", "address": "12 MG Road", "city": "Pune"}}'
FORM = optional(
    name=st.sampled_from(["flow", "address_message"]),
    body=WORDS,
    response_json=st.sampled_from([ADDRESS, "{}", "[1]", '"x"', "{broken", "", None]) | WORDS,
)
CHOICE = optional(id=IDS, title=WORDS, description=WORDS)
PLACE = optional(latitude=NUMBERS, longitude=NUMBERS, name=WORDS, address=WORDS, url=WORDS)
CARD = optional(
    name=optional(formatted_name=WORDS, first_name=WORDS), phones=st.lists(optional(phone=WORDS), max_size=2)
)
BODIES: dict[str, st.SearchStrategy[Any]] = {
    "text": optional(body=WORDS),
    "image": FILE,
    "video": FILE,
    "audio": FILE,
    "voice": FILE,
    "document": FILE,
    "sticker": FILE,
    "location": PLACE,
    "contacts": st.lists(CARD, max_size=2),
    "order": optional(catalog_id=IDS, text=WORDS, product_items=ROWS),
    "interactive": optional(
        button_reply=CHOICE,
        list_reply=CHOICE,
        nfm_reply=FORM,
        call_permission_reply=optional(response=st.just("accept"), is_permanent=FLAG),
    ),
    "button": optional(payload=IDS, text=WORDS),
    "reaction": optional(message_id=IDS, emoji=st.sampled_from(["👍", "", None])),
    "system": optional(body=WORDS, type=st.just("customer_identity_changed")),
    "request_welcome": st.none(),
    "unsupported": optional(type=st.sampled_from(["poll_creation", "gif"])),
    "hologram": optional(id=IDS),
}
CONTEXT = optional(
    id=IDS,
    forwarded=FLAG,
    frequently_forwarded=FLAG,
    referred_product=optional(product_retailer_id=IDS, catalog_id=IDS),
)
EXTRAS = optional(
    context=CONTEXT,
    referral=optional(source_id=IDS, ctwa_clid=IDS, headline=WORDS),
    group_id=IDS,
    errors=st.lists(optional(code=st.just(131051), title=WORDS), max_size=2),
)


@st.composite
def batches(draw: st.DrawFn) -> list[Json]:
    """Changes of one number: each with one message, echo, status or other thing, all with ids of their own."""
    messages = [draw(_messages(number)) for number in range(draw(st.integers(1, 7)))]
    changes = [_change("messages", {"messages": [item]}) for item in messages]
    for number, original in enumerate(messages):
        if original["type"] == "text" and draw(st.booleans()):
            changes.append(_change("messages", {"messages": [draw(_edits(number, original))]}))
    changes += [draw(_echoed(number)) for number in range(draw(st.integers(0, 2)))]
    changes += [_change("messages", {"statuses": [each]}) for each in draw(st.lists(_statuses(), max_size=4))]
    changes += draw(st.lists(_others(), max_size=2))
    return changes


@st.composite
def _messages(draw: st.DrawFn, number: int) -> Json:
    kind = draw(st.sampled_from(sorted(BODIES)))
    return {
        **draw(st.sampled_from(PEOPLE)),
        "id": f"wamid.{number}",
        "timestamp": str(1_763_800_000 + draw(st.integers(0, 3))),
        "type": kind,
        kind: draw(BODIES[kind]),
        **draw(EXTRAS),
    }


@st.composite
def _edits(draw: st.DrawFn, number: int, original: Json) -> Json:
    kind = draw(st.sampled_from(["edit", "revoke"]))
    inner = {"type": "text", "text": {"body": draw(WORDS)}}
    change = {"original_message_id": original["id"]} | ({"message": inner} if kind == "edit" else {})
    sender = {name: original[name] for name in ("from", "from_user_id") if name in original}
    timestamp = str(1_763_800_010 + draw(st.integers(0, 3)))
    return {**sender, "id": f"wamid.change{number}", "timestamp": timestamp, "type": kind, kind: change}


@st.composite
def _echoed(draw: st.DrawFn, number: int) -> Json:
    timestamp = str(1_763_800_000 + draw(st.integers(0, 3)))
    item = {"to": "919000000001", "id": f"wamid.echo{number}", "timestamp": timestamp, "type": "text"}
    return _change("smb_message_echoes", {"message_echoes": [item | {"text": {"body": draw(WORDS)}}]})


def _statuses() -> st.SearchStrategy[Json]:
    return st.fixed_dictionaries(
        {
            "id": st.sampled_from(["wamid.echo0", "wamid.echo1", "wamid.0"]),
            "status": st.sampled_from(["sent", "delivered", "read", "played", "failed", "in_orbit"]),
            "timestamp": st.integers(1_763_800_000, 1_763_800_003).map(str),
        },
        optional={"recipient_participant_id": IDS, "errors": st.just([{"code": 131047}])},
    )


def _others() -> st.SearchStrategy[Json]:
    wishes = st.fixed_dictionaries(
        {
            "wa_id": st.just("919000000001"),
            "value": st.sampled_from(["stop", "resume", "signup"]),
            "timestamp": st.integers(1, 9),
        }
    )
    return st.one_of(
        wishes.map(lambda wish: _change("user_preferences", {"user_preferences": [wish]})),
        optional(event=WORDS).map(lambda value: _change("account_update", value)),
        IDS.map(lambda field: _change(field, {"anything": field})),
    )


def _change(field: str, value: Json) -> Json:
    metadata = {"display_phone_number": BUSINESS, "phone_number_id": "NUMBER"}
    return {"field": field, "value": {"messaging_product": "whatsapp", "metadata": metadata} | value}


def webhook(*changes: Json) -> Json:
    """A webhook with these changes."""
    return {
        "object": "whatsapp_business_account",
        "entry": [{"id": "77", "time": 1_763_800_000, "changes": list(changes)}],
    }


JUNK = st.sampled_from(
    [None, True, 0, -1, 10**30, 1.5, "", " ", "x", "\x00", [], {}, [[]], [None], {"a": {}}, "9" * 400]
).map(deepcopy)  # what is broken further must not be what is drawn next


@st.composite
def damaged(draw: st.DrawFn) -> Json:
    """A webhook of which parts are missing or replaced by something else."""
    found = deepcopy(webhook(*draw(batches())))
    for _ in range(draw(st.integers(1, 6))):
        _break(draw, found)
    return found


def _break(draw: st.DrawFn, value: Any) -> None:  # noqa: ANN401 - any JSON
    """Take or replace one thing, somewhere."""
    places = list(value) if isinstance(value, dict) else list(range(len(value)))
    if not places:
        return
    place = draw(st.sampled_from(places))
    inner = value[place]
    if isinstance(inner, dict | list) and inner and draw(st.integers(0, 5)):
        _break(draw, inner)
    elif isinstance(value, dict) and draw(st.booleans()):
        del value[place]
    else:
        value[place] = draw(JUNK)

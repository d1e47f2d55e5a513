"""How the service hears of things: signed, escaped, again and again, twice, together and out of order."""

import hashlib
import hmac
from collections.abc import Callable

from api.simulator.options import Faults, Retries
from tests.api.simulator.conftest import ASHA, NUMBER, Graph, until
from tests.api.simulator.receiver import Receiver

Start = Callable[..., Graph]


def test_a_webhook_is_signed_over_its_raw_bytes_which_are_escaped_as_metas(receiver: Receiver, start: Start) -> None:
    simulator = start(app_secret="secret").simulator
    wamid = simulator.phone(ASHA, "Asha").say("₹5/kg <b> 50% @shop")
    simulator.wait_until_delivered()

    (body,) = receiver.bodies
    assert receiver.signatures == ["sha256=" + hmac.new(b"secret", body, hashlib.sha256).hexdigest()]
    assert b'"\\u20b95\\/kg \\u003Cb> 50\\u0025 \\u0040shop"' in body
    (webhook,) = receiver.webhooks
    assert webhook["object"] == "whatsapp_business_account"
    (entry,) = webhook["entry"]
    (change,) = entry["changes"]
    value = change["value"]
    assert (entry["id"], change["field"], value["messaging_product"]) == (NUMBER.waba_id, "messages", "whatsapp")
    assert value["metadata"] == {"display_phone_number": NUMBER.digits, "phone_number_id": NUMBER.phone_number_id}
    (contact,) = value["contacts"]
    assert (contact["profile"]["name"], contact["wa_id"]) == ("Asha", ASHA)
    (message,) = value["messages"]
    assert (message["id"], message["from"], message["type"]) == (wamid, ASHA, "text")
    assert message["text"] == {"body": "₹5/kg <b> 50% @shop"}
    assert message["timestamp"].isdigit()


def test_nothing_is_delivered_before_the_webhook_is_verified(receiver: Receiver, start: Start) -> None:
    receiver.verify_token = "another"
    simulator = start().simulator
    simulator.phone(ASHA).say("hello")
    until(lambda: len(receiver.asked) >= 1)
    assert receiver.bodies == []

    receiver.verify_token = "verify-token"
    simulator.wait_until_delivered()

    assert len(receiver.bodies) == 1
    assert receiver.asked[-1]["hub.mode"] == ["subscribe"]


def test_a_webhook_that_is_not_taken_comes_again_until_it_is(receiver: Receiver, start: Start) -> None:
    receiver.answer = lambda number: 200 if number > 3 else 503
    simulator = start(retries=Retries(first_seconds=0.01)).simulator
    simulator.phone(ASHA).say("hello")
    simulator.wait_until_delivered()

    assert len(receiver.bodies) == 4
    assert len(set(receiver.bodies)) == 1
    assert simulator.counts == {"delivered": 1, "refused": 3}


def test_a_webhook_that_is_never_taken_is_given_up_in_the_end(receiver: Receiver, start: Start) -> None:
    receiver.answer = lambda _number: 500
    simulator = start(retries=Retries(first_seconds=0.01, total_seconds=0.05)).simulator
    simulator.phone(ASHA).say("hello")
    simulator.wait_until_delivered()

    assert 2 <= len(receiver.bodies) <= 5


def test_a_service_that_was_away_gets_what_it_missed(receiver: Receiver, start: Start) -> None:
    simulator = start().simulator
    phones = [simulator.phone(f"9190000000{number:02}") for number in range(20)]
    away = receiver.url
    simulator.connect("http://127.0.0.1:9/webhook")
    for phone in phones:
        phone.say("hello")
    assert receiver.bodies == []
    simulator.connect(away)
    simulator.wait_until_delivered()

    assert len(receiver.items("messages")) == 20


def test_a_service_that_closes_each_connection_gets_everything_once(receiver: Receiver, start: Start) -> None:
    receiver.protocol = "HTTP/1.0"
    simulator = start().simulator
    phone = simulator.phone(ASHA)
    said = {phone.say(f"message {number}") for number in range(50)}
    simulator.wait_until_delivered()

    assert {message["id"] for message in receiver.items("messages")} == said
    assert simulator.counts == {"delivered": 50}


def test_webhooks_come_twice_together_and_out_of_order_and_nothing_is_lost(receiver: Receiver, start: Start) -> None:
    faults = Faults(seed=7, duplicate=0.3, hold=0.3, hold_seconds=0.1, batch=10)
    simulator = start(faults=faults, webhooks_at_once=1).simulator
    phone = simulator.phone(ASHA)
    said = [phone.say(f"message {number}") for number in range(200)]
    simulator.wait_until_delivered()

    came = [message["id"] for message in receiver.items("messages")]
    assert set(came) == set(said)
    assert len(came) > len(said)
    assert list(dict.fromkeys(came)) != said
    shapes = [
        (len(webhook["entry"]), sum(len(entry["changes"]) for entry in webhook["entry"]))
        for webhook in receiver.webhooks
    ]
    assert any(entries > 1 for entries, _ in shapes)
    assert any(changes > entries for entries, changes in shapes)
    assert simulator.counts["duplicated"] > 0
    assert simulator.counts["held"] > 0


def test_a_customer_who_hides_the_number_is_known_by_the_user_id_alone(receiver: Receiver, start: Start) -> None:
    simulator = start().simulator
    user_id = simulator.do(lambda network: network.customer(ASHA, "Asha").user_id)
    simulator.do(lambda network: setattr(network.customer(ASHA), "hides", True))
    simulator.phone(ASHA).say("hello")
    simulator.wait_until_delivered()

    (message,) = receiver.items("messages")
    assert message["from_user_id"] == user_id
    assert user_id.startswith("IN.")
    assert "from" not in message
    assert ASHA.encode() not in receiver.bodies[0]

"""Whom a message goes to."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import func, select

from api.conversation.models import Conversation
from api.customer.models import Customer
from api.problem import NotFound, Unprocessable
from api.sending.recipient import Recipient, address_of, conversation_of, wa_id_of
from tests.post_office import PostOffice


def test_parallel_first_messages_to_a_number_begin_one_conversation(busy_office: PostOffice) -> None:
    office = busy_office

    def begin(_turn: int) -> int:
        with office.database.transaction() as session:
            return conversation_of(session, office.business.id, Recipient(phone="+91 98765 43210")).id

    with ThreadPoolExecutor(8) as pool:
        found = set(pool.map(begin, range(16)))

    assert len(found) == 1
    with office.database.transaction() as session:
        assert session.scalar(select(func.count()).select_from(Customer)) == 2
        assert session.scalar(select(func.count()).select_from(Conversation)) == 2


@pytest.mark.parametrize("phone", ["hello", "12", "+999999999999999999999"])
def test_what_is_no_phone_number_is_refused(phone: str) -> None:
    with pytest.raises(Unprocessable, match="no phone number"):
        wa_id_of(phone, "IN")


def test_what_the_business_does_not_have_is_not_found(office: PostOffice) -> None:
    with office.database.transaction() as session:
        for recipient in (Recipient(conversation_id=4711), Recipient(customer_id=4711)):
            with pytest.raises(NotFound):
                conversation_of(session, office.business.id, recipient)


@pytest.mark.parametrize(
    ("conversation", "customer", "address"),
    [
        (Conversation(), Customer(wa_id="919000000001"), {"to": "919000000001"}),
        (Conversation(customer_phone="+919000000001"), Customer(), {"to": "919000000001"}),
        (Conversation(customer_user_id="IN.1"), Customer(user_id="IN.2"), {"recipient": "IN.1"}),
        (Conversation(), Customer(user_id="IN.2"), {"recipient": "IN.2"}),
        (Conversation(customer_user_id="IN.1"), Customer(wa_id="919000000001"), {"to": "919000000001"}),
    ],
)
def test_a_customer_is_addressed_by_number_or_else_by_metas_id(
    conversation: Conversation, customer: Customer, address: dict[str, str]
) -> None:
    assert address_of(conversation, customer) == {"recipient_type": "individual"} | address


def test_nobody_is_addressed_without_a_number_and_an_id() -> None:
    assert address_of(Conversation(), Customer()) == {}

"""Readings propose; what a person decided stays."""

from datetime import date
from decimal import Decimal

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from api.audit.models import AuditEntry
from api.order import edit, settle
from api.order.edit import LineWish
from api.order.models import Order, OrderStatus
from api.order.proposal import Evidence, ProposalStage, ProposedDetails, ProposedQuestion
from api.order.service import covered_up_to
from api.order.view import detail
from api.problem import NotFound
from tests.shop import Shop, content_of, live_lines, make_message, read, wish

S = wish("KURTI-S", "KURTI")
M = wish("KURTI-M", "KURTI")
SAREE = wish("SAREE", "SAREE")


@pytest.fixture
def shop(session: Session) -> Shop:
    return Shop.open(session)


def draft_of(order: Order | None) -> Order:
    assert order is not None
    assert order.status is OrderStatus.DRAFT
    return order


def test_reading_makes_one_draft_at_the_catalogues_prices(session: Session, shop: Shop) -> None:
    draft = draft_of(read(session, shop.conversation, wish("KURTI-S", "KURTI", "2"), SAREE))
    assert content_of(session, draft) == [("KURTI-S", 2), ("SAREE", 1)]
    assert draft.total_amount == 2 * 49900 + 250000
    assert (draft.currency, draft.number, draft.version) == ("INR", 1, 1)


def test_next_reading_brings_the_same_draft_along_and_keeps_line_ids(session: Session, shop: Shop) -> None:
    first = draft_of(read(session, shop.conversation, S))
    [line] = live_lines(session, first)
    second = draft_of(read(session, shop.conversation, SAREE, wish("KURTI-S", "KURTI", "3")))
    assert second.id == first.id
    assert [(each.sku, each.quantity) for each in live_lines(session, second)] == [("SAREE", 1), ("KURTI-S", 3)]
    assert live_lines(session, second)[1].id == line.id


def test_same_proposal_again_changes_nothing_that_a_person_sees(session: Session, shop: Shop) -> None:
    draft = draft_of(read(session, shop.conversation, S, SAREE))
    version = draft.version
    shown = detail(session, draft)
    read(session, shop.conversation, S, SAREE)
    assert draft.version == version
    assert detail(session, draft) == shown


def test_open_size_is_a_question_and_then_a_sku_on_the_same_line(session: Session, shop: Shop) -> None:
    asked = ProposedQuestion("variant", "Which size?", line=0, option="size", choices=("S", "M"))
    draft = draft_of(read(session, shop.conversation, wish(None, "KURTI", missing=("size",)), questions=(asked,)))
    [line] = detail(session, draft).lines
    assert (line.sku, line.title, line.missing) == (None, "Anarkali kurti", ["size"])
    assert detail(session, draft).questions[0].line_id == line.id
    read(session, shop.conversation, M)
    assert [(each.id, each.sku) for each in live_lines(session, draft)] == [(line.id, "KURTI-M")]
    assert detail(session, draft).questions == []


def test_touched_line_survives_a_new_reading_and_says_what_the_chat_says(session: Session, shop: Shop) -> None:
    draft = draft_of(read(session, shop.conversation, S))
    [line] = live_lines(session, draft)
    edit.change_line(session, shop.agent, draft, line.id, LineWish(sku="KURTI-M", quantity=Decimal(5)))
    assert not detail(session, draft).reading_disagrees
    read(session, shop.conversation, S, SAREE)
    assert content_of(session, draft) == [("KURTI-M", 5), ("SAREE", 1)]
    assert not detail(session, draft).reading_disagrees
    read(session, shop.conversation, wish("KURTI-S", "KURTI", "2"), SAREE)
    assert content_of(session, draft) == [("KURTI-M", 5), ("SAREE", 1)]
    shown = detail(session, draft)
    assert shown.reading_disagrees
    assert shown.lines[0].chat_says is not None
    assert (shown.lines[0].chat_says.sku, shown.lines[0].chat_says.quantity) == ("KURTI-S", 2)


def test_touched_line_that_the_chat_no_longer_asks_for_stays_and_is_flagged(session: Session, shop: Shop) -> None:
    draft = draft_of(read(session, shop.conversation, S, SAREE))
    edit.change_line(session, shop.agent, draft, live_lines(session, draft)[0].id, LineWish(quantity=Decimal(2)))
    read(session, shop.conversation, SAREE)
    assert sorted(content_of(session, draft)) == [("KURTI-S", 2), ("SAREE", 1)]
    assert detail(session, draft).reading_disagrees


def test_removed_line_stays_removed(session: Session, shop: Shop) -> None:
    draft = draft_of(read(session, shop.conversation, S, SAREE))
    edit.remove_line(session, shop.agent, draft, live_lines(session, draft)[0].id)
    assert draft.total_amount == 250000
    read(session, shop.conversation, S, SAREE)
    assert content_of(session, draft) == [("SAREE", 1)]
    assert [line.sku for line in detail(session, draft).removed_lines] == ["KURTI-S"]
    assert not detail(session, draft).reading_disagrees
    read(session, shop.conversation, wish("KURTI-S", "KURTI", "2"), SAREE)
    assert content_of(session, draft) == [("SAREE", 1)]
    assert detail(session, draft).reading_disagrees


def test_removed_line_that_a_person_brings_back_counts_again_and_stays(session: Session, shop: Shop) -> None:
    draft = draft_of(read(session, shop.conversation, S, SAREE))
    [line, _] = live_lines(session, draft)
    edit.remove_line(session, shop.agent, draft, line.id)
    edit.restore_line(session, shop.agent, draft, line.id)
    assert content_of(session, draft) == [("KURTI-S", 1), ("SAREE", 1)]
    read(session, shop.conversation, SAREE)
    assert ("KURTI-S", 1) in content_of(session, draft)
    with pytest.raises(NotFound, match="no removed line"):
        edit.restore_line(session, shop.agent, draft, line.id)


def test_line_that_a_person_added_is_not_doubled_by_a_reading_that_finds_it_too(session: Session, shop: Shop) -> None:
    draft = draft_of(read(session, shop.conversation, S))
    edit.add_line(session, shop.agent, draft, LineWish(sku="SAREE"))
    read(session, shop.conversation, S, SAREE)
    assert content_of(session, draft) == [("KURTI-S", 1), ("SAREE", 1)]


@pytest.mark.parametrize("stage", [ProposalStage.NONE, ProposalStage.CANCELLED])
def test_draft_is_withdrawn_with_the_wish_and_opens_again_with_it(
    session: Session, shop: Shop, stage: ProposalStage
) -> None:
    draft = draft_of(read(session, shop.conversation, S))
    assert read(session, shop.conversation, stage=stage) is None
    assert (draft.status, draft.withdrawn) == (OrderStatus.CANCELLED, True)
    again = draft_of(read(session, shop.conversation, SAREE))
    assert (again.id, again.number, again.reason) == (draft.id, draft.number, None)
    assert content_of(session, again) == [("SAREE", 1)]


def test_touched_draft_is_not_withdrawn_but_flagged(session: Session, shop: Shop) -> None:
    draft = draft_of(read(session, shop.conversation, S))
    edit.change_details(session, shop.agent, draft, {"note": "called her"})
    assert read(session, shop.conversation, stage=ProposalStage.CANCELLED) is draft
    assert draft.status is OrderStatus.DRAFT
    assert detail(session, draft).reading_disagrees
    read(session, shop.conversation, S)
    assert not detail(session, draft).reading_disagrees


def test_chat_without_an_order_makes_no_draft(session: Session, shop: Shop) -> None:
    assert read(session, shop.conversation, stage=ProposalStage.NONE) is None
    assert read(session, shop.conversation) is None
    assert session.scalar(select(func.count()).select_from(Order)) == 0


def test_details_follow_the_chat_field_by_field_until_a_person_sets_them(session: Session, shop: Shop) -> None:
    said = ProposedDetails(name="Asha", city="Pune", deliver_on=date(2026, 3, 4))
    draft = draft_of(read(session, shop.conversation, S, details=said))
    edit.change_details(session, shop.agent, draft, {"city": "Mumbai"})
    read(session, shop.conversation, S, details=ProposedDetails(name="Asha Rao", city="Pune"))
    assert (draft.name, draft.city, draft.deliver_on) == ("Asha Rao", "Mumbai", None)
    assert draft.details_touched == ["city"]


def test_address_that_a_person_wrote_keeps_no_parts_of_the_old_one(session: Session, shop: Shop) -> None:
    said = ProposedDetails(address="4 Rose, Pune", address_parts={"house": "4 Rose"})
    draft = draft_of(read(session, shop.conversation, S, details=said))
    edit.change_details(session, shop.agent, draft, {"address": "9 Lily, Pune"})
    read(session, shop.conversation, S, details=said)
    assert (draft.address, draft.address_parts) == ("9 Lily, Pune", {})


@pytest.mark.parametrize("settled", ["confirm", "reject", "cancel"])
def test_settled_order_covers_what_was_read_and_the_next_wish_is_a_new_draft(
    session: Session, shop: Shop, settled: str
) -> None:
    draft = draft_of(read(session, shop.conversation, S))
    assert covered_up_to(session, shop.conversation.id) is None
    reason = [] if settled == "confirm" else ["because"]
    getattr(settle, settled)(session, shop.agent, draft.id, draft.version, *reason)
    assert covered_up_to(session, shop.conversation.id) == draft.read_up_to_message_id
    later = draft_of(read(session, shop.conversation, SAREE))
    assert later.id != draft.id
    assert content_of(session, draft) == [("KURTI-S", 1)]


def test_order_made_by_hand_covers_what_had_been_said(session: Session, shop: Shop) -> None:
    message = make_message(session, shop.conversation, "2 kurtis")
    customer = shop.conversation.customer_id
    made = edit.make_order(session, shop.agent, customer_id=customer, conversation_id=shop.conversation.id)
    order = draft_of(made)
    edit.add_line(session, shop.agent, order, LineWish(sku="KURTI-S"))
    settle.confirm(session, shop.agent, order.id, order.version)
    assert covered_up_to(session, shop.conversation.id) == message.id


def test_second_draft_of_a_conversation_is_refused(session: Session, shop: Shop) -> None:
    read(session, shop.conversation, S)
    customer = shop.conversation.customer_id
    assert edit.make_order(session, shop.agent, customer_id=customer, conversation_id=shop.conversation.id) is None


def test_line_shows_where_it_was_said(session: Session, shop: Shop) -> None:
    message = make_message(session, shop.conversation, "bhaiya 2 kurti S")
    said = Evidence(message.id, 7, 16, "2 kurti S")
    draft = draft_of(read(session, shop.conversation, wish("KURTI-S", "KURTI", "2", evidence=(said,))))
    [evidence] = detail(session, draft).lines[0].evidence
    assert (evidence.message_id, evidence.start, evidence.end, evidence.text) == (message.id, 7, 16, "2 kurti S")


def test_sku_that_the_catalogue_has_not_is_shown_with_a_warning(session: Session, shop: Shop) -> None:
    draft = draft_of(read(session, shop.conversation, wish("GONE", "KURTI")))
    [line] = detail(session, draft).lines
    assert (line.variant_id, [warning.code for warning in line.warnings]) == (None, ["not_in_catalog"])


def test_every_change_is_audited(session: Session, shop: Shop) -> None:
    draft = draft_of(read(session, shop.conversation, S))
    edit.change_line(session, shop.agent, draft, live_lines(session, draft)[0].id, LineWish(quantity=Decimal(2)))
    edit.change_details(session, shop.agent, draft, {"city": "Pune"})
    settle.confirm(session, shop.agent, draft.id, draft.version)
    settle.fulfill(session, shop.agent, draft.id, draft.version)
    entries = session.scalars(select(AuditEntry).where(AuditEntry.subject_type == "order").order_by(AuditEntry.id))
    assert [(entry.action, entry.user_id) for entry in entries] == [
        ("order.proposed", None),
        ("order.line_changed", shop.agent.id),
        ("order.details_changed", shop.agent.id),
        ("order.confirmed", shop.agent.id),
        ("order.fulfilled", shop.agent.id),
    ]

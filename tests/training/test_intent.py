"""Intents are learned from messages in the context that the engine makes, and measured on labels."""

from itertools import pairwise

import pytest
from typer import BadParameter

from engine.intent import IntentClassifier
from engine.order import Intent
from training.corpus import School, Turn
from training.intent import unanswered
from training.intent_card import accuracy, buying_f1, calibration_error
from training.noise import Noise
from training.shops import Shop, find_shops
from training.train import train


@pytest.fixture(scope="module")
def saree() -> Shop:
    return next(shop for shop in find_shops() if shop.name == "saree")


@pytest.fixture(scope="module")
def taught(saree: Shop) -> list[Turn]:
    return list(School(saree, saree.chats[:8]).taught({}))


def as_told(turn: Turn, label: Intent, **answer: float) -> Turn:
    return Turn(turn.chat, turn.utterance, turn.context, label, {Intent(name): p for name, p in answer.items()})


def test_every_labelled_message_becomes_a_turn(saree: Shop, taught: list[Turn]) -> None:
    assert len(taught) == sum(len(chat.gold.intents) for chat in saree.chats[:8])
    assert accuracy(taught) == 1.0


def test_a_turn_knows_the_label_of_the_message_before(taught: list[Turn]) -> None:
    for before, turn in pairwise(taught):
        expected = before.label if before.chat == turn.chat else None
        assert turn.context.previous_intent is expected


def test_what_the_engine_is_told_takes_the_place_of_labels(saree: Shop, taught: list[Turn]) -> None:
    first, second = next((a, b) for a, b in pairwise(taught) if a.chat == b.chat)
    told = {turn.id: turn for turn in School(saree, saree.chats[:8]).taught({first.id: Intent.COMPLAINT})}
    assert told[second.id].context.previous_intent is Intent.COMPLAINT
    assert told[first.id].label is first.label


def test_noise_changes_words_and_keeps_labels(saree: Shop, taught: list[Turn]) -> None:
    noisy = list(School(saree, saree.chats[:8]).taught({}, Noise(1, share=0.5)))
    assert [turn.label for turn in noisy] == [turn.label for turn in taught]
    assert [turn.utterance.message.text for turn in noisy] != [turn.utterance.message.text for turn in taught]


def test_an_unanswered_turn_has_no_reply(taught: list[Turn]) -> None:
    assert any(turn.context.reply for turn in taught)
    assert not any(unanswered(turn).context.reply for turn in taught)


def test_messages_can_be_asked_about_before_they_are_answered(saree: Shop) -> None:
    school = School(saree, saree.chats[:3])
    at_once = list(school.asked(IntentClassifier.load(), at_once=True))
    assert [turn.id for turn in at_once] == [turn.id for turn in school.asked(IntentClassifier.load())]


def test_figures_compare_answers_with_labels(taught: list[Turn]) -> None:
    turn = taught[0]
    turns = [
        as_told(turn, Intent.PURCHASE, purchase=0.9, modify=0.1),
        as_told(turn, Intent.PURCHASE, modify=0.9, purchase=0.1),
        as_told(turn, Intent.INQUIRY, purchase=0.9, inquiry=0.1),
        as_told(turn, Intent.DETAILS, details=0.9, confirm=0.1),
    ]
    assert accuracy(turns) == 0.5
    assert buying_f1(turns) == pytest.approx(2 * 2 / (2 + 3))
    assert calibration_error(turns) == pytest.approx(0.4)


def test_an_unknown_step_is_named_with_those_that_there_are() -> None:
    with pytest.raises(BadParameter, match=r"no such step: intens \(there are: details, intents"):
        train(["intens"])

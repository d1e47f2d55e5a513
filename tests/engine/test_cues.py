"""What the words around a wish say about it."""

from datetime import UTC, datetime
from functools import cache

import pytest

from engine.catalog_match.shop import Shop
from engine.clause.context import Context
from engine.clause.cue import Cue, cues
from engine.clause.understand import wishes as wishes_of
from engine.conversation import Message, Sender
from engine.extraction.utterance import Annotator
from engine.language import Lexicon
from tests.golden import catalog_of


@cache
def shop() -> Shop:
    return Shop(catalog_of("clothes"))


def cues_in(text: str) -> dict[str, frozenset[Cue]]:
    """The cues of each wish, by the wish's words."""
    message = Message("m1", Sender.CUSTOMER, datetime(2026, 3, 2, tzinfo=UTC), text=text)
    annotator = Annotator(shop().index.__contains__, shop().index.mixed.__contains__)
    utterance = annotator.read(message, Lexicon.of(("en", "hi")))
    wishes = wishes_of(shop(), utterance, Context())
    return {wish.text: found for wish, found in zip(wishes, cues(utterance, wishes), strict=True)}


@pytest.mark.parametrize(
    ("text", "wish", "cue"),
    [
        ("remove the red dupatta", "red dupatta", Cue.REMOVED),
        ("dupatta hata do", "dupatta", Cue.REMOVED),
        ("dupatta kam kar do", "dupatta", Cue.REDUCED),
        ("one more red dupatta", "red dupatta", Cue.MORE),
        ("ek aur dupatta", "dupatta", Cue.MORE),
        ("only the saree", "saree", Cue.ONLY),
        ("sirf saree bhejo", "saree", Cue.ONLY),
        ("send 2 palazzo", "palazzo", Cue.WANTED),
        ("palazzo chahiye", "palazzo", Cue.WANTED),
        ("palazzo kitne ka hai", "palazzo", Cue.ASKED),
        ("is the palazzo nice?", "palazzo", Cue.ASKED),
        ("if palazzo is there", "palazzo", Cue.IF),
        ("palazzo nahi ho to dupatta", "dupatta", Cue.ELSE),
        ("dono palazzo bhej do", "palazzo", Cue.BOTH),
        ("saare dupatta", "dupatta", Cue.ALL),
        ("same dupatta", "dupatta", Cue.SAME),
        ("change the palazzo to dupatta", "palazzo", Cue.CHANGED),
    ],
)
def test_word_beside_a_wish_says_something_about_it(text: str, wish: str, cue: Cue) -> None:
    assert cue in cues_in(text)[wish]


def test_each_is_about_every_wish_of_the_sentence() -> None:
    found = cues_in("2 each of red dupatta and black palazzo")
    assert all(Cue.EACH in found[wish] for wish in ("red dupatta", "black palazzo"))


def test_swap_tells_old_from_new_in_either_order() -> None:
    english = cues_in("white palazzo instead of black palazzo")
    assert Cue.NEW in english["white palazzo"]
    assert Cue.OLD in english["black palazzo"]
    hindi = cues_in("red ki jagah blue dupatta")
    assert Cue.OLD in hindi["red"]
    assert Cue.NEW in hindi["blue dupatta"]


@pytest.mark.parametrize("text", ["no, send the saree", "nahi, saree bhej do"])
def test_no_that_answers_a_question_refuses_nothing(text: str) -> None:
    assert Cue.REFUSED not in cues_in(text)["saree"]


def test_refusal_is_about_its_own_wish_alone() -> None:
    found = cues_in("remove the saree. send 2 palazzo")
    assert Cue.REMOVED in found["saree"]
    assert Cue.REMOVED not in found["palazzo"]


def test_plain_wish_of_another_sentence_is_not_asked() -> None:
    found = cues_in("is the saree nice?\nblack palazzo")
    assert Cue.ASKED in found["saree"]
    assert Cue.ASKED not in found["black palazzo"]

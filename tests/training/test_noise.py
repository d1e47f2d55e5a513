"""Noise is repeatable, leaves numbers alone and swaps words only for their like."""

import random
from datetime import UTC, datetime

from hypothesis import given
from hypothesis import strategies as st

from engine.conversation import Message, Sender
from engine.language import Lexicon
from training.noise import Noise, swapped

LEXICON = Lexicon.of(("en", "hi"))


def message(text: str) -> Message:
    return Message("m1", Sender.CUSTOMER, datetime(2026, 3, 2, tzinfo=UTC), text=text)


@given(st.text(max_size=80))
def test_the_same_seed_spoils_a_message_the_same_way(text: str) -> None:
    assert Noise(7)(message(text)) == Noise(7)(message(text))


def test_different_seeds_spoil_a_message_differently() -> None:
    text = "please send two packets of the yellow lentils to my home address tomorrow evening"
    assert len({Noise(seed)(message(text)).text for seed in range(5)}) > 1


def test_no_noise_leaves_a_message_as_it_is() -> None:
    assert Noise(1, share=0)(message("2 kg aloo bhej do")) == message("2 kg aloo bhej do")


@given(st.integers(min_value=0, max_value=10**10))
def test_numbers_are_left_alone(number: int) -> None:
    assert Noise(3, share=1)(message(str(number))).text == str(number)


def test_a_color_is_swapped_for_the_same_color() -> None:
    others = {swapped("laal", random.Random(seed)) for seed in range(30)}  # noqa: S311 - repeatable
    assert others - {"laal"}
    for other in others:
        assert any(tag.value == "red" for tag in LEXICON.tags(other.split()))


def test_a_word_that_nothing_stands_for_stays() -> None:
    assert swapped("xylophone", random.Random(0)) == "xylophone"  # noqa: S311 - repeatable


def test_a_word_swapped_for_a_letter_is_spoiled_no_further() -> None:
    assert any(Noise(seed, share=1)(message("gram")).text == "g" for seed in range(60))

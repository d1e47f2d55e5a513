"""What the classifier sees of a message and of what stands around it."""

from datetime import UTC, datetime

import pytest

from engine.conversation import Message, MessageKind, Sender
from engine.extraction.utterance import Annotator, Utterance
from engine.intent import TurnContext
from engine.intent.features import observe, words
from engine.intent.grams import pieces
from engine.language import Lexicon
from engine.order import Intent

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
LEXICON = Lexicon.of(("en", "hi"))
NOTHING_BEFORE = TurnContext()


def said(
    text: str, sender: Sender = Sender.CUSTOMER, kind: MessageKind = MessageKind.TEXT, lexicon: Lexicon = LEXICON
) -> Utterance:
    return Annotator(lambda _: False).read(Message("m1", sender, NOON, kind, text), lexicon)


def cues(text: str, context: TurnContext = NOTHING_BEFORE) -> tuple[str, ...]:
    return observe(said(text), context).cues


def test_both_scripts_of_hindi_give_the_same_words() -> None:
    assert words(said("लाल चावल")) == ("laal", "chaaval")


@pytest.mark.parametrize(
    ("code", "text", "english"),
    [
        ("es", "quiero dos playeras negras", "want 0 t-shirt black"),
        ("bn", "dui kilo morich lagbe", "0 kilo chilli want"),
        ("id", "tolong kirim 2 baju merah", "send 0 clothes red"),
    ],
)
def test_words_of_other_languages_are_seen_in_english(code: str, text: str, english: str) -> None:
    assert " ".join(words(said(text, lexicon=Lexicon.of((code, "en"))))) == english


def test_numbers_are_seen_by_their_length_alone() -> None:
    assert words(said("pin 560034")) == words(said("pin 110001")) == ("pin", "000000")


@pytest.mark.parametrize(
    ("text", "cue"),
    [
        ("call me on 90000 12345", "number phone"),
        ("560034", "number pincode"),
        ("2 kg aata", "number measure"),
        ("kitne ka hai?", "asks at end"),
        ("see www.example.org now", "link"),
        ("👍🙏", "signs only"),
        ("Asha Verma", "all capitals"),
    ],
)
def test_the_form_of_a_message_is_a_cue(text: str, cue: str) -> None:
    assert cue in cues(text)


def test_every_cue_is_given_once() -> None:
    found = cues("2 kg aata, 1 kg chini, 3 kg chawal")
    assert len(found) == len(set(found))


def test_what_the_business_asked_about_is_a_cue_only_while_it_wrote_last() -> None:
    question = said("Total 450. Which color do you want?", Sender.BUSINESS)
    latest = TurnContext(previous_business=question, business_is_latest=True)
    assert "business: asks about want" in cues("red", latest)
    assert not any(cue.startswith("business") for cue in cues("red", TurnContext(previous_business=question)))


def test_how_the_business_answered_is_a_cue() -> None:
    answered = cues("2 packet", TurnContext(reply=said("added, total 90", Sender.BUSINESS)))
    assert "reply: word added" in answered
    assert not any(cue.startswith("reply") for cue in cues("2 packet"))


def test_a_product_on_the_order_is_told_from_a_new_one() -> None:
    again = TurnContext(has_order=True, previous_intent=Intent.PURCHASE, items=1, ordered=1)
    anew = TurnContext(has_order=True, previous_intent=Intent.PURCHASE, items=1)
    assert "give, ordered product" in cues("ek aur bhej do", again)
    assert "give, new product" in cues("ek aur bhej do", anew)


def test_a_silent_message_has_its_kind_for_a_cue() -> None:
    cart = Message("m1", Sender.CUSTOMER, NOON, MessageKind.ORDER)
    seen = observe(Annotator(lambda _: False).read(cart, LEXICON), TurnContext(is_first=True))
    assert seen.words == ()
    assert "kind order" in seen.cues


def test_pieces_of_a_short_word_stop_at_its_ends() -> None:
    assert pieces("k") == [" k", "k ", " k "]

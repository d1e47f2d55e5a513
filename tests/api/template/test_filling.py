"""Templates with values: what is missing or wrong is named, and Meta is told what it wants."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from api.sending.template_content import TemplateContent
from api.template.content import parse
from api.template.filling import as_components, problems_of, render
from tests.api.template.samples import ALL, CAROUSEL, NAMED, OFFER, PLACE, PLAIN, SHIPPED

SHIPPED_VALUES = {"header.1": "1042", "body.1": "Asha", "body.2": "1042", "button.0": "1042"}
VALUES: dict[str, dict[str, str]] = {
    "order_shipped": SHIPPED_VALUES,
    "festival": {"header": "17", "body.customer_name": "आशा", "button.0": "DIWALI"},
    "hello_world": {},
    "new_sarees": {
        "body.1": "Asha",
        "card.0.header": "https://s.example/1.jpg",
        "card.0.body.1": "₹900",
        "card.0.button.0": "9",
    },
    "offer": {"offer": "2026-12-31T18:00:00+05:30"},
    "pickup": {"header": '{"latitude": 18.52, "longitude": 73.86, "name": "Shop"}'},
}


def test_each_place_for_a_value_is_found_once_in_its_order() -> None:
    variables = parse(SHIPPED["components"]).variables

    assert [(v.key, v.kind.value, v.required, v.example) for v in variables] == [
        ("header.1", "text", True, "1042"),
        ("body.1", "text", True, "Asha"),
        ("body.2", "text", True, "1042"),
        ("button.0", "url", True, "https://shop.example/7"),
        ("button.1", "payload", False, None),
    ]


def test_named_variables_and_files_are_found() -> None:
    variables = parse(NAMED["components"]).variables

    assert [(v.key, v.kind.value, v.example) for v in variables] == [
        ("header", "image", None),
        ("body.customer_name", "text", "आशा"),
        ("button.0", "coupon_code", "DIWALI"),
    ]


def test_cards_of_a_carousel_have_their_own() -> None:
    keys = [variable.key for variable in parse(CAROUSEL["components"]).variables]

    assert keys == ["body.1", "card.0.header", "card.0.body.1", "card.0.button.0"]


def test_customer_sees_the_values() -> None:
    shown = render(parse(SHIPPED["components"]), SHIPPED_VALUES)

    assert (shown.header, shown.body, shown.footer) == (
        "Order 1042",
        "Dear Asha, your order 1042 is on its way, Asha.",
        "Kiran Sarees",
    )
    assert [(button.text, button.url, button.phone_number) for button in shown.buttons] == [
        ("Track", "https://shop.example/1042", None),
        ("Thanks", None, None),
        ("Call", None, "+919845012345"),
    ]


def test_place_without_a_value_stays_to_be_seen() -> None:
    assert render(parse(SHIPPED["components"]), {"body.1": "Asha"}).body == (
        "Dear Asha, your order {{2}} is on its way, Asha."
    )


def test_value_that_looks_like_a_place_is_not_filled_again() -> None:
    assert render(parse(PLAIN["components"]), {}).body == "Hello"
    assert "{{2}}, your order 7" in render(parse(SHIPPED["components"]), {"body.1": "{{2}}", "body.2": "7"}).body


@pytest.mark.parametrize(
    ("change", "problem"),
    [
        ({"body.2": None}, ("body.2", "is missing")),
        ({"body.3": "x"}, ("body.3", "the template has no such variable")),
        ({"body.1": " "}, ("body.1", "is empty")),
        ({"body.1": "a\nb"}, ("body.1", "holds line breaks, tabs or more than 4 spaces in a row: WhatsApp takes none")),
        (
            {"body.1": "a     b"},
            ("body.1", "holds line breaks, tabs or more than 4 spaces in a row: WhatsApp takes none"),
        ),
        ({"button.0": "x" * 2001}, ("button.0", "has 2001 characters: WhatsApp takes 2000")),
        ({"header.1": "x" * 55}, ("header", "with its values it has 61 characters: WhatsApp takes 60")),
        ({"body.1": "x" * 500}, ("body", "with its values it has 1039 characters: WhatsApp takes 1024")),
    ],
)
def test_what_is_wrong_is_named(change: dict[str, str | None], problem: tuple[str, str]) -> None:
    values = {key: value for key, value in (SHIPPED_VALUES | change).items() if value is not None}

    (found,) = problems_of(parse(SHIPPED["components"]), values)

    assert (found.key, found.detail) == problem


@pytest.mark.parametrize(
    ("template", "values", "key"),
    [
        (NAMED, VALUES["festival"] | {"header": "http://x.example/1.jpg"}, "header"),
        (NAMED, VALUES["festival"] | {"header": "-3"}, "header"),
        (NAMED, VALUES["festival"] | {"button.0": "C" * 21}, "button.0"),
        (PLACE, {"header": "Pune"}, "header"),
        (PLACE, {"header": '{"latitude": "18"}'}, "header"),
        (OFFER, {"offer": "tomorrow"}, "offer"),
        (OFFER, {"offer": "2026-12-31T18:00:00"}, "offer"),
    ],
)
def test_values_of_other_kinds_are_checked(template: dict[str, Any], values: dict[str, str], key: str) -> None:
    assert [problem.key for problem in problems_of(parse(template["components"]), values)] == [key]


@pytest.mark.parametrize("template", ALL, ids=lambda template: template["name"])
def test_filled_template_is_one_that_can_be_sent(template: dict[str, Any]) -> None:
    content, values = parse(template["components"]), VALUES[template["name"]]

    assert problems_of(content, values) == []
    told = {"name": template["name"], "language": {"code": template["language"]}}
    components = as_components(content, values, named=template.get("parameter_format") == "NAMED")
    TemplateContent.model_validate(told | ({"components": components} if components else {}))


def test_meta_is_told_each_value_in_its_place() -> None:
    assert as_components(parse(SHIPPED["components"]), SHIPPED_VALUES | {"button.1": "OK"}, named=False) == [
        {"type": "header", "parameters": [{"type": "text", "text": "1042"}]},
        {"type": "body", "parameters": [{"type": "text", "text": "Asha"}, {"type": "text", "text": "1042"}]},
        {"type": "button", "sub_type": "url", "index": 0, "parameters": [{"type": "text", "text": "1042"}]},
        {"type": "button", "sub_type": "quick_reply", "index": 1, "parameters": [{"type": "payload", "payload": "OK"}]},
    ]


def test_meta_is_told_names_files_and_codes() -> None:
    assert as_components(parse(NAMED["components"]), VALUES["festival"], named=True) == [
        {"type": "header", "parameters": [{"type": "image", "image": {"media_id": 17}}]},
        {"type": "body", "parameters": [{"type": "text", "text": "आशा", "parameter_name": "customer_name"}]},
        {
            "type": "button",
            "sub_type": "copy_code",
            "index": 0,
            "parameters": [{"type": "coupon_code", "coupon_code": "DIWALI"}],
        },
    ]


def test_meta_is_told_the_cards_apart() -> None:
    body, carousel = as_components(parse(CAROUSEL["components"]), VALUES["new_sarees"], named=False)

    assert body == {"type": "body", "parameters": [{"type": "text", "text": "Asha"}]}
    (card,) = carousel["cards"]
    assert card["card_index"] == 0
    assert [part["type"] for part in card["components"]] == ["header", "body", "button"]
    assert card["components"][0]["parameters"][0] == {"type": "image", "image": {"link": "https://s.example/1.jpg"}}


def test_end_of_an_offer_is_told_in_milliseconds() -> None:
    (part,) = as_components(parse(OFFER["components"]), VALUES["offer"], named=False)

    assert part["parameters"] == [
        {"type": "limited_time_offer", "limited_time_offer": {"expiration_time_ms": 1798720200000}}
    ]


def test_part_that_no_value_can_be_given_for_is_named() -> None:
    content = parse(
        [
            {"type": "BODY", "text": "x"},
            {"type": "BUTTONS", "buttons": [{"type": "MPM", "text": "See"}]},
            {"type": "NEW"},
        ]
    )

    assert content.unsupported == ("NEW", "MPM")


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(
                ("type", "text", "buttons", "format", "cards", "components", "example", "url", "limited_time_offer")
            ),
            inner,
            max_size=4,
        )
    ),
    max_leaves=12,
)
parts = st.dictionaries(
    st.sampled_from(("type", "text", "buttons", "format", "cards", "example")),
    json_values | st.sampled_from(("HEADER", "BODY", "BUTTONS", "CAROUSEL")),
    max_size=5,
)


@given(st.lists(parts, max_size=4), st.dictionaries(st.text(max_size=8), st.text(max_size=8), max_size=3))
def test_no_template_breaks_it(components: list[Any], values: dict[str, str]) -> None:
    content = parse(components)

    problems_of(content, values)
    json.dumps(as_components(content, values, named=True))
    render(content, values)

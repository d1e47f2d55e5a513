"""Whatever a request holds, it is a message that the database keeps, or an error that says what is wrong."""

import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import ValidationError

from api.sending.message import body_of, outgoing
from api.sending.shown import shown
from tests.api.sending.test_limits import GOOD

SCALARS = st.none() | st.booleans() | st.integers() | st.floats() | st.text(st.characters(), max_size=30)
ANY = st.recursive(
    SCALARS, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3)
)
TYPES = sorted({type_ for type_, _ in GOOD.values()})


def places(content: Any, way: tuple[str | int, ...] = ()) -> list[tuple[str | int, ...]]:  # noqa: ANN401 - any JSON
    """All paths into some JSON."""
    inside = content.items() if isinstance(content, dict) else enumerate(content) if isinstance(content, list) else ()
    return [way, *(place for key, value in inside for place in places(value, (*way, key)))]


def put(content: Any, way: tuple[str | int, ...], value: Any) -> Any:  # noqa: ANN401 - any JSON
    if not way:
        return value
    made = json.loads(json.dumps(content))
    at = made
    for step in way[:-1]:
        at = at[step]
    at[way[-1]] = value
    return made


def judge(type_: str, content: Any) -> None:  # noqa: ANN401 - any JSON
    try:
        message = outgoing(type_, content)
    except ValidationError:
        return
    said = shown(message, None)
    kept = json.dumps([body_of(message), said.attributes(), said.text], allow_nan=False, ensure_ascii=False)
    assert "\\u0000" not in kept
    kept.encode()
    assert said.preview is not None


@given(st.sampled_from(TYPES), ANY)
@settings(max_examples=150, deadline=None)
def test_any_content_is_judged(type_: str, content: Any) -> None:  # noqa: ANN401 - any JSON
    judge(type_, content)


@given(st.data())
@settings(max_examples=400, deadline=None)
def test_a_good_message_with_anything_anywhere_is_judged(data: st.DataObject) -> None:
    type_, content = GOOD[data.draw(st.sampled_from(sorted(GOOD)))]
    way = data.draw(st.sampled_from(places(content)))

    judge(type_, put(content, way, data.draw(ANY)))


@pytest.mark.parametrize("bad", ["\0", "\ud800", float("nan")])
def test_what_no_database_keeps_is_refused_in_metas_own_forms_too(bad: Any) -> None:  # noqa: ANN401 - any JSON
    type_, flow = GOOD["flow"]

    with pytest.raises(ValidationError):
        outgoing(type_, put(flow, ("action", "parameters", "flow_action_payload"), {"screen": [bad]}))

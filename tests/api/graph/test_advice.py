"""What is done about each of Meta's codes."""

import pytest

from api.graph.advice import ADVICE, PAIR_LIMIT, Action, advise

# As the field notes on the Cloud API list them.
KINDS = {
    Action.RETRY: (4, 80007, 130429, 131000, 131016, 131048, 131056, 131057, 133016, 135000, 1, 2),
    Action.TEMPLATE_NEEDED: (131047,),
    Action.STOP: (131026, 131021, 131030, 131049, 130472, 130497, 131037, 131062, 131063),
    Action.OPT_OUT: (131050,),
    Action.PERMISSION: (0, 3, 10, 190, 200, 230, 299, 131005),
    Action.ACCOUNT: (368, 131031, 131042, 131044, 131045, 131064),
    Action.REQUEST: (100, 131008, 131009, 131051),
    Action.TEMPLATE: (132000, 132001, 132005, 132007, 132008, 132012, 132015, 132016, 132068, 132069),
    Action.MEDIA: (131052, 131053),
    Action.IDENTITY: (137000,),
}


@pytest.mark.parametrize(("action", "code"), [(action, code) for action, codes in KINDS.items() for code in codes])
def test_a_code_asks_for_its_action(action: Action, code: int) -> None:
    assert advise(code).action is action


def test_only_what_passes_is_tried_again_by_itself() -> None:
    assert {advice.action for advice in ADVICE.values() if advice.retries} == {Action.RETRY}
    assert all(advice.retries for advice in ADVICE.values() if advice.action is Action.RETRY)


def test_the_pair_limit_is_waited_out_as_meta_says() -> None:
    assert [PAIR_LIMIT.seconds(failures) for failures in (1, 2, 3, 4)] == [1, 4, 16, 64]


@pytest.mark.parametrize("status", [500, 503, 429])
def test_an_unknown_code_of_a_failing_server_is_tried_again(status: int) -> None:
    assert advise(987654, http_status=status).retries


def test_an_unknown_code_is_not_tried_again() -> None:
    assert advise(987654, http_status=400).action is Action.UNKNOWN


def test_an_object_that_the_token_cannot_see_is_a_matter_of_permission() -> None:
    assert advise(100, subcode=33).action is Action.PERMISSION

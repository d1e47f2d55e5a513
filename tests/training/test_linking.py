"""Links are scored on pairs of titles as the public sets write them."""

from pathlib import Path

import pytest

from training.linking import linking_scores

PAIRS = """\
COL title VAL red candle rc100 COL price VAL 3 \tCOL title VAL candle red rc-100 pillar COL price VAL \t1
COL title VAL blue mug COL price VAL  \tCOL title VAL candle red rc-200 COL price VAL \t0
COL title VAL mug , blue COL price VAL  \tCOL title VAL blue coffee mug COL price VAL 1.0 \t1
"""


def test_query_is_the_left_title_of_a_pair_that_is_the_same(tmp_path: Path) -> None:
    folder = tmp_path / "structured_amazon-google"
    folder.mkdir()
    (folder / "valid.txt").write_text(PAIRS)
    (score,) = linking_scores(tmp_path)
    assert (score.queries, score.products) == (2, 3)
    assert (score.recall_at_1, score.recall_at_10) == (1.0, 1.0)
    assert score.to_beat == pytest.approx(0.705)


def test_sets_that_are_not_there_have_no_score(tmp_path: Path) -> None:
    assert list(linking_scores(tmp_path)) == []

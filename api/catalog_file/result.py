"""What an import did, as the API tells it."""

from api.catalog.schemas import ImportProblem, ImportResult
from api.catalog_file.importing import PROBLEMS_SHOWN, Outcome


def result_of(outcome: Outcome, *, preview: bool) -> ImportResult:
    """An import's outcome as it is shown."""
    return ImportResult(
        preview=preview,
        format=outcome.format.value if outcome.format else None,
        rows=outcome.rows,
        created=outcome.created,
        updated=outcome.updated,
        unchanged=outcome.unchanged,
        stocks_set=outcome.stocks_set,
        left_out=outcome.left_out,
        problem_count=len(outcome.problems),
        problems=[ImportProblem.model_validate(problem) for problem in outcome.problems[:PROBLEMS_SHOWN]],
    )

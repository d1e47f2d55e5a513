"""What became of what the readings proposed."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import text
from sqlalchemy.orm import Session

from api.analytics.period import Period, by_day
from api.analytics.schemas import DraftAccuracy, DraftCounts, DraftDay, ReasonCount

_PROPOSED = text("""
    SELECT (created_at AT TIME ZONE :zone)::date AS day, count(*) AS proposed
    FROM orders
    WHERE business_id = :business AND created_at >= :start AND created_at < :end
      AND reading_id IS NOT NULL AND created_by IS NULL
    GROUP BY 1
""")
_DECIDED = text("""
    SELECT (decided_at AT TIME ZONE :zone)::date AS day,
           count(*) FILTER (WHERE decision = 'confirmed' AND NOT edited) AS accepted,
           count(*) FILTER (WHERE decision = 'confirmed' AND edited) AS edited,
           count(*) FILTER (WHERE decision = 'rejected') AS rejected,
           count(*) FILTER (WHERE decision = 'cancelled') AS cancelled
    FROM order_reviews
    WHERE business_id = :business AND decided_at >= :start AND decided_at < :end
    GROUP BY 1
""")
_REASONS = text("""
    SELECT coalesce(orders.reason_code, 'other') AS code, count(*) AS count
    FROM order_reviews JOIN orders ON orders.id = order_reviews.order_id
    WHERE order_reviews.business_id = :business AND decided_at >= :start AND decided_at < :end
      AND decision = 'rejected'
    GROUP BY 1 ORDER BY 2 DESC, 1
""")
_ACCURACY = text("""
    SELECT count(*) AS drafts, count(*) FILTER (WHERE NOT edited) AS unchanged,
           coalesce(sum(lines_proposed), 0) AS lines_proposed, coalesce(sum(lines_kept), 0) AS lines_kept,
           coalesce(sum(lines_sku), 0) AS sku_changed, coalesce(sum(lines_quantity), 0) AS quantity_changed,
           coalesce(sum(lines_price), 0) AS price_changed, coalesce(sum(lines_removed), 0) AS removed,
           coalesce(sum(lines_added), 0) AS added, coalesce(sum(details_changed), 0) AS details_changed
    FROM order_reviews
    WHERE business_id = :business AND decided_at >= :start AND decided_at < :end AND decision = 'confirmed'
""")
_COUNTS = ("proposed", "accepted", "edited", "rejected", "cancelled")


def count_drafts(session: Session, period: Period) -> DraftCounts:
    """Drafts by day, why they were rejected, and how right they were."""
    proposed, decided = by_day(period.rows(session, _PROPOSED)), by_day(period.rows(session, _DECIDED))
    none = dict.fromkeys(_COUNTS, 0)
    days = [DraftDay(**{**none, **proposed.get(day, {}), **decided.get(day, {}), "day": day}) for day in period.days]
    return DraftCounts(
        **period.shown,
        **{name: sum(getattr(day, name) for day in days) for name in _COUNTS},
        days=days,
        reasons=[ReasonCount(**row) for row in period.rows(session, _REASONS)],
        accuracy=_accuracy(*period.rows(session, _ACCURACY)),
    )


def _accuracy(row: Mapping[str, Any]) -> DraftAccuracy:
    drafts, lines = row["drafts"], row["lines_proposed"]
    return DraftAccuracy(
        **row,
        unchanged_share=row["unchanged"] / drafts if drafts else None,
        lines_kept_share=row["lines_kept"] / lines if lines else None,
    )

"""The catalogue: found, searched and edited. Each change tells workers to build their engine anew."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Literal

from sqlalchemy import BigInteger, ColumnElement, Select, bindparam, cast, func, select, update
from sqlalchemy.dialects.postgresql import TSQUERY
from sqlalchemy.orm import Session

from api.audit import service as audit
from api.catalog.models import Product, Variant
from api.catalog.words import prefix_query, words_of
from api.identity.models import Business
from api.live.service import announce
from api.pagination import PageRequest, Rows, fetch_page
from api.problem import Conflict, NotFound
from api.versioning import check_version

# One writer at a time in a business's catalogue: imports compare with what is there before they write.
_LOCK_SPACE = 5_274_178
# What a search finds is sorted up to so many; beyond, it has a tenth of a large catalogue, and is met soon.
SORTED_AT_MOST = 20_000


@dataclass(frozen=True, slots=True)
class Editor:
    """Who edits: `user_id` is None where the service itself does."""

    business_id: int
    user_id: int | None


def variants(business_id: int, *, search: str = "", archived: bool = False) -> Select[Variant]:
    """A business's variants; of a `search`, those that have words of all its beginnings.

    The words are those of title, SKU, options, aliases and brand.
    """
    query = select(Variant).where(Variant.business_id == business_id)
    query = query.where(Variant.archived_at.is_not(None) if archived else Variant.archived_at.is_(None))
    return query.where(matches(search)) if search.strip() else query


def matches(search: str) -> ColumnElement[bool]:
    """Whether a variant has all words that `search` begins; none, where `search` holds no word."""
    return Variant.search.op("@@")(cast(prefix_query(search), TSQUERY))


def search_page(session: Session, query: Select[Variant], search: str, page: PageRequest) -> Rows[Variant]:
    """A page of `query` by title; where `search` is a SKU, that one comes first."""
    wanted = search.strip().replace("\0", "")
    meant = {wanted, wanted.upper(), wanted.lower()}
    exact = session.scalars(query.where(Variant.sku.in_(meant))).all() if wanted else []
    if not exact:
        return _by_title(session, query, page, is_search=bool(wanted))
    others = query.where(Variant.id.not_in([variant.id for variant in exact]))
    rows = _by_title(session, others, page, is_search=True)
    return rows if page.cursor else Rows([*exact, *rows.items], rows.next)


def _by_title(session: Session, query: Select[Variant], page: PageRequest, *, is_search: bool) -> Rows[Variant]:
    """A page by title. What a search finds is sorted; where that is very much, the index by title is walked.

    The walk stops after a page, but would pass most of the catalogue before it meets the few that begin with S.
    """
    found = query.with_only_columns(Variant.id, Variant.title).limit(SORTED_AT_MOST + 1)
    much = session.scalar(select(func.count()).select_from(found.subquery())) if is_search else None
    if much is None or much > SORTED_AT_MOST:
        return fetch_page(session, query, page, by=[Variant.title, Variant.id], descending=False)
    sorted_first = found.cte("found").prefix_with("MATERIALIZED")
    by = [sorted_first.c.title, sorted_first.c.id]
    ids = fetch_page(session, select(sorted_first.c.id), page, by=by, descending=False)
    rows = {row.id: row for row in session.scalars(select(Variant).where(Variant.id.in_(ids.items)))}
    return Rows([rows[variant_id] for variant_id in ids.items], ids.next)


def product(session: Session, business_id: int, product_id: int) -> Product:
    """One product of a business; raise NotFound where it has none with this id."""
    found = session.scalar(select(Product).where(Product.business_id == business_id, Product.id == product_id))
    if found is None:
        raise NotFound(f"there is no product {product_id}")
    return found


def variant(session: Session, business_id: int, variant_id: int, *, lock: bool = False) -> Variant:
    """One variant of a business; raise NotFound where it has none with this id."""
    query = select(Variant).where(Variant.business_id == business_id, Variant.id == variant_id)
    if lock:
        query = query.with_for_update().execution_options(populate_existing=True)
    found = session.scalar(query)
    if found is None:
        raise NotFound(f"there is no variant {variant_id}")
    return found


def variants_of(session: Session, product: Product) -> list[Variant]:
    """All variants of a product, archived ones too."""
    query = select(Variant).where(Variant.business_id == product.business_id, Variant.product_id == product.id)
    return list(session.scalars(query.order_by(Variant.id)))


def add_product(session: Session, editor: Editor, values: Mapping[str, Any]) -> Product:
    """Add a product without variants; raise Conflict where its `item_group_id` is taken."""
    lock(session, editor.business_id)
    known = (Product.business_id == editor.business_id, Product.item_group_id == values["item_group_id"])
    if session.scalar(select(Product.id).where(*known)) is not None:
        raise Conflict(f"there is a product {values['item_group_id']!r} already; add the variants to that one")
    made = Product(business_id=editor.business_id, **values)
    session.add(made)
    session.flush()
    _record(session, editor, "product.added", "product", made.id, item_group_id=made.item_group_id)
    return made


def add_variant(session: Session, editor: Editor, product: Product, values: Mapping[str, Any]) -> Variant:
    """Add a variant to a product; raise Conflict where its SKU is taken."""
    lock(session, editor.business_id)
    known = (Variant.business_id == editor.business_id, Variant.sku == values["sku"])
    if session.scalar(select(Variant.id).where(*known)) is not None:
        raise Conflict(f"there is a SKU {values['sku']!r} already; a SKU must be unique")
    made = Variant(
        business_id=editor.business_id,
        product_id=product.id,
        currency=session.get_one(Business, editor.business_id).currency,
        **{**values, "title": values["title"] or product.title},
    )
    made.words = variant_words(made, product)
    session.add(made)
    session.flush()
    _record(session, editor, "variant.added", "variant", made.id, sku=made.sku)
    return made


def change_product(session: Session, editor: Editor, product: Product, values: Mapping[str, Any]) -> None:
    """Set values of a product; its variants are found by its new words."""
    lock(session, editor.business_id)
    for name, value in values.items():
        setattr(product, name, value)
    for each in variants_of(session, product):
        each.words = variant_words(each, product)
    _record(session, editor, "product.changed", "product", product.id, **values)


def change_variant(
    session: Session, editor: Editor, variant_id: int, version: int, values: Mapping[str, Any]
) -> Variant:
    """Set values of a variant; `archived` takes it off the catalogue or brings it back.

    Raises:
        NotFound: The business has no such variant.
        StaleVersion: Somebody else has changed it.
    """
    lock(session, editor.business_id)
    changed = variant(session, editor.business_id, variant_id, lock=True)
    check_version(changed.version, version)
    settings = dict(values)
    archived = settings.pop("archived", None)
    if archived is not None:
        changed.archived_at = datetime.now(UTC) if archived else None
    for name, value in settings.items():
        setattr(changed, name, value)
    changed.words = variant_words(changed, session.get_one(Product, changed.product_id))
    changed.version += 1
    _record(session, editor, "variant.changed", "variant", changed.id, sku=changed.sku, **values)
    return changed


def variant_words(variant: Variant, product: Product) -> list[str]:
    """What a variant is found by."""
    options = (str(value) for value in variant.options.values())
    return words_of([variant.sku, variant.title, *options, *variant.aliases, product.title, product.brand])


def lock(session: Session, business_id: int) -> None:
    """Be the only one who writes into a business's catalogue until the transaction ends."""
    key = func.pg_advisory_xact_lock(bindparam("space", _LOCK_SPACE), func.hashint8(cast(business_id, BigInteger)))
    session.execute(select(key))


def count_up(session: Session, business_id: int) -> None:
    """Tell workers that the catalogue has changed."""
    bump = update(Business).where(Business.id == business_id).values(catalog_version=Business.catalog_version + 1)
    session.execute(bump, execution_options={"synchronize_session": False})


def _record(
    session: Session,
    editor: Editor,
    action: str,
    subject_type: Literal["product", "variant"],
    subject_id: int,
    **data: Any,  # noqa: ANN401 - any JSON
) -> None:
    session.flush()
    count_up(session, editor.business_id)
    audit.record(
        session,
        business_id=editor.business_id,
        user_id=editor.user_id,
        action=action,
        subject_type=subject_type,
        subject_id=subject_id,
        **data,
    )
    announce(session, subject_type, subject_id, business_id=editor.business_id)

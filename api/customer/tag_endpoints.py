"""Tags over HTTP. All people of a business share them; agents make them, too."""

from typing import Annotated

from fastapi import APIRouter, Path
from pydantic import BaseModel

from api.customer import service, tag
from api.customer.endpoints import CustomerId
from api.customer.schemas import CustomerTags, TagChange, TagIn, TagInList, TagOut
from api.database import DatabaseSession
from api.identity.current_user import SignedIn

router = APIRouter(tags=["customers"])

TagId = Annotated[int, Path(ge=1, le=2**63 - 1)]


class Tags(BaseModel):
    """All tags of a business."""

    items: list[TagInList]


class TagsOfCustomer(BaseModel):
    """All tags of a customer."""

    items: list[TagOut]


@router.get("/tags")
def list_tags(user: SignedIn, session: DatabaseSession) -> Tags:
    """Your business's tags by name, with how many customers have each."""
    found = tag.tags_by_use(session, user.business_id)
    return Tags(
        items=[
            TagInList(**TagOut.model_validate(each).model_dump(), customer_count=customers) for each, customers in found
        ]
    )


@router.post("/tags", status_code=201)
def add_tag(given: TagIn, user: SignedIn, session: DatabaseSession) -> TagOut:
    """Add a tag to the list."""
    return TagOut.model_validate(tag.add(session, user, given.name, given.color))


@router.patch("/tags/{tag_id}")
def change_tag(tag_id: TagId, given: TagChange, user: SignedIn, session: DatabaseSession) -> TagOut:
    """Rename a tag or give it another color, for all customers who have it."""
    return TagOut.model_validate(tag.change(session, user, tag_id, given.model_dump(exclude_none=True)))


@router.delete("/tags/{tag_id}", status_code=204)
def remove_tag(tag_id: TagId, user: SignedIn, session: DatabaseSession) -> None:
    """Take a tag off the list, and from every customer who has it."""
    tag.remove(session, user, tag_id)


@router.put("/customers/{customer_id}/tags")
def set_customer_tags(
    customer_id: CustomerId, given: CustomerTags, user: SignedIn, session: DatabaseSession
) -> TagsOfCustomer:
    """Give a customer these tags and no others."""
    customer = service.customer(session, user.business_id, customer_id)
    found = tag.set_tags(session, user, customer, given.tag_ids)
    return TagsOfCustomer(items=[TagOut.model_validate(each) for each in found])

"""Interactive messages: buttons, lists, links, requests, products, forms."""

from typing import Annotated, Literal, Self

from pydantic import AfterValidator, Field, model_validator

from api.sending.limit import (
    MOST_BUTTONS,
    MOST_PRODUCTS,
    MOST_ROWS,
    MOST_SECTIONS,
    AnyCaseType,
    BodyText,
    CatalogId,
    FooterText,
    HeaderText,
    Link,
    ListBodyText,
    MetaObject,
    Part,
    RetailerId,
    SectionTitle,
    at_most,
    check_unique,
    one_to,
    wrong,
)
from api.sending.plain import DocumentContent, ImageContent, VideoContent


class TextHeader(Part):
    """A heading in words."""

    type: Literal["text"]
    text: HeaderText


class ImageHeader(Part):
    """A picture as heading."""

    type: Literal["image"]
    image: ImageContent


class VideoHeader(Part):
    """A video as heading."""

    type: Literal["video"]
    video: VideoContent


class DocumentHeader(Part):
    """A document as heading."""

    type: Literal["document"]
    document: DocumentContent


Header = Annotated[TextHeader | ImageHeader | VideoHeader | DocumentHeader, Field(discriminator="type"), AnyCaseType]


class Body(Part):
    """What it says."""

    text: BodyText


class ListBody(Body):
    """What a list says: four times as much as any other."""

    text: ListBodyText


class Footer(Part):
    """A line in small print."""

    text: FooterText


class Interactive(Part):
    """What all interactive messages have; `body` is required except for a single product."""

    body: Body
    footer: Footer | None = None


class Reply(Part):
    """What a tap on a button answers."""

    id: Annotated[str, AfterValidator(at_most(256, "a button's id"))] = Field(examples=["size-m"])
    title: Annotated[str, AfterValidator(at_most(20, "a button's title"))] = Field(examples=["M"])


class ReplyButton(Part):
    """A button that answers."""

    type: Literal["reply"] = "reply"
    reply: Reply


class ButtonAction(Part):
    """One to three buttons."""

    buttons: Annotated[list[ReplyButton], AfterValidator(one_to(MOST_BUTTONS, "buttons"))]

    @model_validator(mode="after")
    def _are_distinct(self) -> Self:
        check_unique([button.reply.id for button in self.buttons], "buttons' ids")
        check_unique([button.reply.title for button in self.buttons], "buttons' titles")
        return self


class ButtonMessage(Interactive):
    """A question with buttons."""

    type: Literal["button"]
    header: Header | None = None
    action: ButtonAction


class Row(Part):
    """A row of a list."""

    id: Annotated[str, AfterValidator(at_most(200, "a row's id"))] = Field(examples=["size-m"])
    title: Annotated[str, AfterValidator(at_most(24, "a row's title"))] = Field(examples=["M"])
    description: Annotated[str, AfterValidator(at_most(72, "a row's description"))] | None = None


class Section(Part):
    """Rows under a title; a title is needed where there are several sections."""

    title: SectionTitle | None = None
    rows: Annotated[list[Row], AfterValidator(one_to(MOST_ROWS, "rows in a section"))]


class ListAction(Part):
    """A button that opens a list of at most ten rows."""

    button: Annotated[str, AfterValidator(at_most(20, "the list's button"))] = Field(examples=["Choose"])
    sections: Annotated[list[Section], AfterValidator(one_to(MOST_SECTIONS, "sections"))]

    @model_validator(mode="after")
    def _fits(self) -> Self:
        rows = [row for section in self.sections for row in section.rows]
        one_to(MOST_ROWS, "rows in all sections")(rows)
        check_unique([row.id for row in rows], "rows' ids")
        _check_titled(self.sections)
        return self


class ListMessage(Interactive):
    """A question with a list of answers."""

    type: Literal["list"]
    body: ListBody
    header: TextHeader | None = None
    action: ListAction


class LinkParameters(Part):
    """Where the button leads."""

    display_text: Annotated[str, AfterValidator(at_most(20, "the button's text"))] = Field(examples=["Track it"])
    url: Link


class LinkAction(Part):
    """A button that opens an address."""

    name: Literal["cta_url"] = "cta_url"
    parameters: LinkParameters


class LinkMessage(Interactive):
    """Words with a button that opens an address."""

    type: Literal["cta_url"]
    header: Header | None = None
    action: LinkAction


class LocationRequestAction(Part):
    """A button that sends where the customer is."""

    name: Literal["send_location"] = "send_location"


class LocationRequestMessage(Interactive):
    """Asks the customer for her location."""

    type: Literal["location_request_message"]
    action: LocationRequestAction = LocationRequestAction()


Field_ = Annotated[str, AfterValidator(at_most(500, "a field of the address"))]


class AddressValues(Part):
    """The fields of an Indian address form."""

    name: Field_ | None = None
    phone_number: Field_ | None = None
    in_pin_code: Annotated[str, Field(pattern=r"^\d{6}$")] | None = Field(
        default=None, description="Six digits.", examples=["411001"]
    )
    house_number: Field_ | None = None
    floor_number: Field_ | None = None
    tower_number: Field_ | None = None
    building_name: Field_ | None = None
    address: Field_ | None = None
    landmark_area: Field_ | None = None
    city: Field_ | None = None
    state: Field_ | None = None


class SavedAddress(Part):
    """An address that the customer gave before, to choose from."""

    id: Annotated[str, AfterValidator(at_most(256, "a saved address's id"))]
    value: AddressValues


class AddressParameters(Part):
    """What the form begins with. Meta has it for India only."""

    country: Literal["IN"] = "IN"
    values: AddressValues | None = None
    saved_addresses: list[SavedAddress] | None = None
    validation_errors: dict[str, Field_] | None = Field(
        default=None, description="What is wrong with what she entered, by field."
    )

    @model_validator(mode="after")
    def _names_fields(self) -> Self:
        unknown = sorted(set(self.validation_errors or {}) - set(AddressValues.model_fields))
        if unknown:
            raise wrong(f"validation_errors: the form has no field {', '.join(unknown)[:100]}")
        return self


class AddressAction(Part):
    """A button that opens the form."""

    name: Literal["address_message"] = "address_message"
    parameters: AddressParameters


class AddressMessage(Interactive):
    """Asks a customer in India for a delivery address, by a form."""

    type: Literal["address_message"]
    header: Header | None = None
    action: AddressAction


class ProductAction(Part):
    """One product of the catalogue at Meta."""

    catalog_id: CatalogId
    product_retailer_id: RetailerId


class ProductMessage(Part):
    """One product."""

    type: Literal["product"]
    body: Body | None = None
    footer: Footer | None = None
    action: ProductAction


class ProductItem(Part):
    """A product in a section."""

    product_retailer_id: RetailerId


class ProductSection(Part):
    """Products under a title; a title is needed where there are several sections."""

    title: SectionTitle | None = None
    product_items: Annotated[list[ProductItem], AfterValidator(one_to(MOST_PRODUCTS, "products in a section"))]


class ProductListAction(Part):
    """At most thirty products of the catalogue at Meta."""

    catalog_id: CatalogId
    sections: Annotated[list[ProductSection], AfterValidator(one_to(MOST_SECTIONS, "sections"))]

    @model_validator(mode="after")
    def _fits(self) -> Self:
        one_to(MOST_PRODUCTS, "products in all sections")(
            [i for section in self.sections for i in section.product_items]
        )
        _check_titled(self.sections)
        return self


class ProductListMessage(Interactive):
    """Several products, under a heading in words."""

    type: Literal["product_list"]
    header: TextHeader
    action: ProductListAction


class Thumbnail(Part):
    """The product whose picture is shown."""

    thumbnail_product_retailer_id: RetailerId


class CatalogAction(Part):
    """A button that opens the catalogue."""

    name: Literal["catalog_message"] = "catalog_message"
    parameters: Thumbnail | None = None


class CatalogMessage(Interactive):
    """The whole catalogue."""

    type: Literal["catalog_message"]
    action: CatalogAction = CatalogAction()


class FlowParameters(Part):
    """Which flow is opened, by id or by name, and where it begins."""

    flow_message_version: Literal["3"] = "3"
    flow_id: Annotated[str, AfterValidator(at_most(64, "the flow's id"))] | None = None
    flow_name: Annotated[str, AfterValidator(at_most(200, "the flow's name"))] | None = None
    flow_cta: Annotated[str, AfterValidator(at_most(30, "the flow's button"))] = Field(examples=["Book"])
    flow_token: Annotated[str, AfterValidator(at_most(1000, "the flow's token"))] | None = None
    mode: Literal["draft", "published"] | None = None
    flow_action: Literal["navigate", "data_exchange"] | None = None
    flow_action_payload: MetaObject | None = None

    @model_validator(mode="after")
    def _names_one(self) -> Self:
        if (self.flow_id is None) == (self.flow_name is None):
            raise wrong("give the flow's flow_id or its flow_name, one of both")
        return self


class FlowAction(Part):
    """A button that opens a flow."""

    name: Literal["flow"] = "flow"
    parameters: FlowParameters


class FlowMessage(Interactive):
    """Words with a button that opens a flow."""

    type: Literal["flow"]
    header: Header | None = None
    action: FlowAction


def _check_titled(sections: list[Section] | list[ProductSection]) -> None:
    if len(sections) > 1 and not all(section.title for section in sections):
        raise wrong("where there are several sections, each needs a title")

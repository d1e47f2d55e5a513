"""Messages that say something: text, files, places, people, reactions."""

from typing import Annotated, Self

from pydantic import AfterValidator, Field, model_validator

from api.sending.limit import Caption, Link, MediaId, Part, Wamid, at_most, one_to, wrong


class TextContent(Part):
    """Words."""

    body: Annotated[str, AfterValidator(at_most(4096, "the text"))] = Field(examples=["Yes, it is in stock."])
    preview_url: bool | None = Field(default=None, description="Show a preview of the first address in it.")


class File(Part):
    """A file: one that was given to `POST /media`, Meta's own `id` of one, or a public `link` that Meta fetches."""

    media_id: Annotated[int, Field(ge=1, le=2**63 - 1)] | None = Field(
        default=None, description="Its id here.", examples=[12]
    )
    id: MediaId | None = None
    link: Link | None = None

    @model_validator(mode="after")
    def _names_one(self) -> Self:
        if sum(each is not None for each in (self.media_id, self.id, self.link)) != 1:
            raise wrong("give the file's media_id, its id at Meta, or its link: one of them")
        return self


class ImageContent(File):
    """A picture: JPEG or PNG, at most 5 MB."""

    caption: Caption | None = None


class VideoContent(File):
    """A video: MP4 or 3GP (H.264, AAC), at most 16 MB."""

    caption: Caption | None = None


class AudioContent(File):
    """Sound: AAC, AMR, MP3, M4A or OGG (Opus), at most 16 MB. A `voice` message is an OGG one."""

    voice: bool | None = None


class StickerContent(File):
    """A sticker: WebP, at most 100 KB, or 500 KB where it moves."""


class DocumentContent(File):
    """A document, at most 100 MB."""

    caption: Caption | None = None
    filename: Annotated[str, AfterValidator(at_most(240, "the file's name"))] | None = Field(
        default=None, examples=["bill-1042.pdf"]
    )


class LocationContent(Part):
    """A pin on the map."""

    latitude: Annotated[float, Field(ge=-90, le=90, allow_inf_nan=False, examples=[18.5204])]
    longitude: Annotated[float, Field(ge=-180, le=180, allow_inf_nan=False, examples=[73.8567])]
    name: Annotated[str, AfterValidator(at_most(1000, "the place's name"))] | None = None
    address: Annotated[str, AfterValidator(at_most(1000, "the place's address"))] | None = None

    @model_validator(mode="after")
    def _shows_its_address(self) -> Self:
        if self.address is not None and self.name is None:
            raise wrong("WhatsApp shows an address only with a name: give both")
        return self


class ReactionContent(Part):
    """A reaction to a message of the same conversation; an empty `emoji` takes it back."""

    message_id: Wamid
    emoji: Annotated[str, Field(max_length=32, examples=["👍"])]

    @model_validator(mode="after")
    def _is_an_emoji(self) -> Self:
        if any(_is_no_emoji(character) for character in self.emoji):
            raise wrong("a reaction is one emoji, or empty to take it back")
        return self


def _is_no_emoji(character: str) -> bool:
    return character.isspace() or character < " " or (character.isascii() and character.isalpha())


Short = Annotated[str, AfterValidator(at_most(500, "a field of a contact"))]


class ContactName(Part):
    """A person's name. WhatsApp wants `formatted_name` and one more part."""

    formatted_name: Short = Field(examples=["Asha Rao"])
    first_name: Short | None = Field(default=None, examples=["Asha"])
    last_name: Short | None = None
    middle_name: Short | None = None
    prefix: Short | None = None
    suffix: Short | None = None

    @model_validator(mode="after")
    def _has_a_part(self) -> Self:
        if not any((self.first_name, self.last_name, self.middle_name, self.prefix, self.suffix)):
            raise wrong("a contact's name needs formatted_name and one more: first_name, for example")
        return self


class ContactPhone(Part):
    """A phone number of a person."""

    phone: Short | None = Field(default=None, examples=["+91 90000 12345"])
    type: Short | None = Field(default=None, examples=["WORK"])
    wa_id: Short | None = None


class ContactEmail(Part):
    """An email address of a person."""

    email: Short | None = None
    type: Short | None = None


class ContactUrl(Part):
    """A web address of a person."""

    url: Short | None = None
    type: Short | None = None


class ContactAddress(Part):
    """Where a person lives or works."""

    street: Short | None = None
    city: Short | None = None
    state: Short | None = None
    zip: Short | None = None
    country: Short | None = None
    country_code: Short | None = None
    type: Short | None = None


class ContactOrganization(Part):
    """Where a person works."""

    company: Short | None = None
    department: Short | None = None
    title: Short | None = None


class Contact(Part):
    """A person whose card is sent."""

    name: ContactName
    phones: list[ContactPhone] | None = None
    emails: list[ContactEmail] | None = None
    addresses: list[ContactAddress] | None = None
    urls: list[ContactUrl] | None = None
    org: ContactOrganization | None = None
    birthday: Annotated[str, Field(pattern=r"^\d{4}-\d{2}-\d{2}$")] | None = Field(
        default=None, examples=["1990-05-17"]
    )


Contacts = Annotated[list[Contact], AfterValidator(one_to(257, "contacts"))]

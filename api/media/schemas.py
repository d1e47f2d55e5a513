"""What the files' endpoints give."""

from datetime import datetime

from pydantic import BaseModel, ConfigDict, Field

from api.media.models import MediaState


class MediaOut(BaseModel):
    """A file of a message, or one to be sent."""

    model_config = ConfigDict(from_attributes=True)

    id: int = Field(examples=[12])
    kind: str = Field(description="`image`, `video`, `audio`, `document` or `sticker`.", examples=["image"])
    state: MediaState = Field(
        description="`pending`: it is being fetched. `stored`: `GET /media/{id}` has it. `failed`: see `error`."
    )
    mime_type: str | None = Field(description="What it is, by its bytes once it is stored.", examples=["image/jpeg"])
    filename: str | None = Field(examples=["bill.pdf"])
    size: int | None = Field(description="In bytes.", examples=[103632])
    width: int | None = Field(description="Of a picture, in pixels.", examples=[1200])
    height: int | None = Field(examples=[1600])
    has_thumbnail: bool
    error: str | None = Field(description="Why the last attempt to fetch it brought nothing.", examples=[None])
    due_at: datetime | None = Field(description="When it is tried again, of a pending one.")
    created_at: datetime

"""Small pictures of large ones, made of files that nobody trusts."""

import io
from dataclasses import dataclass
from typing import IO

SIZE = (320, 320)
# A picture of this many pixels takes some 100 MB while it is opened; phones send 1 to 12 million.
MOST_PIXELS = 30_000_000
MIME_TYPE = "image/webp"
FORMATS = ("JPEG", "PNG", "WEBP", "GIF")


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture's size in pixels as it is shown, and its thumbnail (WebP, without the camera's notes)."""

    width: int
    height: int
    thumbnail: bytes


def picture_of(file: IO[bytes]) -> Picture | None:
    """The picture in `file`; None where there is none, or one that would take too much memory to open."""
    file.seek(0)
    try:
        return _picture(file)
    except Exception:  # noqa: BLE001 - broken pictures raise nearly anything
        return None


def _picture(file: IO[bytes]) -> Picture | None:
    from PIL import Image, ImageOps  # noqa: PLC0415 - loaded where pictures come in

    with Image.open(file, formats=FORMATS) as image:
        if image.width * image.height > MOST_PIXELS:
            return None
        width, height = image.size
        image.draft("RGB", (SIZE[0] * 2, SIZE[1] * 2))  # a JPEG is opened at a fraction of its size
        upright = ImageOps.exif_transpose(image)
        turned = (upright.width > upright.height) != (image.width > image.height)
        upright.thumbnail(SIZE)
        made = io.BytesIO()
        upright.convert("RGBA" if "A" in upright.getbands() or upright.mode == "P" else "RGB").save(
            made, "WEBP", quality=80
        )
    return Picture(height, width, made.getvalue()) if turned else Picture(width, height, made.getvalue())

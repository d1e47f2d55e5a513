"""The text within a chat file: as it stands, or in the zip archive that phones send."""

from io import BytesIO
from pathlib import Path
from zipfile import BadZipFile, ZipFile, ZipInfo

from engine.chat_file.chat import ChatFileError

MOST_BYTES = 200_000_000  # of text; years of a busy chat are some ten million


def text_of(path: Path) -> str:
    """The text of a chat file; raises ChatFileError where there is none."""
    content = path.read_bytes()
    if content.startswith(b"PK\x03\x04"):
        content = _unpacked(content, path.name)
    try:
        text = content.decode("utf-16" if content.startswith((b"\xff\xfe", b"\xfe\xff")) else "utf-8-sig")
    except UnicodeDecodeError as error:
        raise ChatFileError(path.name, "this is no text (UTF-8); give the chat as WhatsApp exported it") from error
    if not text.strip():
        raise ChatFileError(path.name, "the file is empty; export the chat again")
    return text


def _unpacked(content: bytes, file: str) -> bytes:
    try:
        with ZipFile(BytesIO(content)) as archive:
            member = _chat_in(archive, file)
            if member.file_size > MOST_BYTES:
                raise ChatFileError(file, f"{member.filename} is larger than {MOST_BYTES:,} bytes; export it in parts")
            return archive.read(member)
    except BadZipFile as error:
        raise ChatFileError(file, f"the zip archive is damaged ({error}); export the chat again") from error


def _chat_in(archive: ZipFile, file: str) -> ZipInfo:
    """The chat's text: `_chat.txt` on iPhones, the only text on Android; the largest, where texts were sent too."""
    texts = [info for info in archive.infolist() if info.filename.casefold().endswith(".txt")]
    if not texts:
        raise ChatFileError(file, "there is no .txt in this archive; give what WhatsApp's 'Export chat' sent")
    return max(texts, key=lambda info: (info.filename.endswith("_chat.txt"), info.file_size))

"""Reads the text that WhatsApp's "Export chat" writes, on Android and on iPhones."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, tzinfo

from engine.chat_file import phrases
from engine.chat_file.chat import ChatFileError
from engine.chat_file.stamp import ANDROID, IOS, DateOrder, Stamp, date_order
from engine.conversation import MessageKind

LOOK_AT = 20  # lines; an export begins with its first message
_MARKS = re.compile("[\u200e\u202a-\u202c\u2066-\u2069]")  # direction marks: they show nothing
_SENDER = re.compile(r"(?P<sender>[^:]{1,120}?):(?:\s(?P<text>.*))?$")
_ANDROID_FILE = re.compile(r"(?P<file>[^\n]+\.\w{2,5}) \([^()\n]+\)(?:\n(?P<caption>.*))?", re.DOTALL)
_IOS_FILE = re.compile(r"[^<>:\n]+:\s?(?P<file>[^<>\n]+\.\w{2,5})>")
_LEFT_OUT = re.compile(r"<[^<>\d\n]{3,40}>(?:\n(?P<caption>.*))?", re.DOTALL)
_LOCATION = re.compile(r"(?:[^\n]{0,60}: )?https://(?:maps\.google\.com|www\.google\.com/maps)\S*\s*")
_POLL_HEAD = re.compile(r"[^:]{2,20}:")
_POLL_OPTION = re.compile(r"[^:]{2,20}: .+ \(\d+ [^()]+\)")


@dataclass(frozen=True, slots=True)
class ExportedMessage:
    """A message of an export, before anybody knows which side is the shop."""

    sender: str
    at: datetime
    kind: MessageKind
    text: str


@dataclass(slots=True)
class _Entry:
    """A line with a date and all lines below it that have none."""

    stamp: Stamp
    raw: str
    text: str


def parse_export(
    text: str, file: str, *, zone: tzinfo | None = None, order: DateOrder | None = None
) -> tuple[ExportedMessage, ...]:
    """The messages of an export, without WhatsApp's own notices and deleted messages.

    Args:
        text: the export's text.
        file: its name, for messages.
        zone: the zone of the phone that exported; the computer's, if left out.
        order: the order of the dates; found out from the file, if left out.

    Raises ChatFileError where the text has no layout that is known.
    """
    layout = _layout(text, file)
    entries = list(_entries(text, layout))
    dates = order or date_order([entry.stamp for entry in entries])
    return tuple(_messages(_joined(entries, dates), dates, zone))


def clean_name(name: str) -> str:
    """A sender's name without direction marks and the `~` of people who are not in the address book.

    >>> clean_name("~\u202fAsha\u00a0Rao"), clean_name("\u202a+91 90000 12345\u202c")
    ('Asha Rao', '+91 90000 12345')
    """
    return " ".join(_MARKS.sub("", name).removeprefix("~").split())


def _layout(text: str, file: str) -> re.Pattern[str]:
    lines = [line for line in text.splitlines() if line.strip()][:LOOK_AT]
    for line in lines:
        for layout in (IOS, ANDROID):
            match = layout.match(line)
            if match and Stamp.of(match):
                return layout
    first = lines[0][:80] if lines else ""
    raise ChatFileError(
        file,
        f"no known chat layout; the first line is {first!r}. Tried WhatsApp's export from Android "
        "(12/03/26, 9:41 pm - Name: text) and from iPhones ([12/03/26, 9:41:07 PM] Name: text), "
        "with any order of day, month and year. In WhatsApp, open the chat, choose 'Export chat' and "
        "'Without media', and give the file as it comes (.txt or .zip)",
        line=1,
    )


def _entries(text: str, layout: re.Pattern[str]) -> Iterator[_Entry]:
    """The dated lines, each with the undated ones below it."""
    entry: _Entry | None = None
    for line in re.split(r"\r\n|\r|\n", text):
        match = layout.match(line)
        stamp = Stamp.of(match) if match else None
        if match and stamp:
            if entry:
                yield entry
            entry = _Entry(stamp, line, match["rest"])
        elif entry:
            entry.raw += f"\n{line}"
            entry.text += f"\n{line}"
    if entry:
        yield entry


def _joined(entries: list[_Entry], order: DateOrder) -> Iterator[_Entry]:
    """The entries; one whose date is impossible was a line of the message above it."""
    current: _Entry | None = None
    for entry in entries:
        if current and entry.stamp.at(order) is None:
            current.text += f"\n{entry.raw}"
            continue
        if current:
            yield current
        current = entry
    if current:
        yield current


def _messages(entries: Iterator[_Entry], order: DateOrder, zone: tzinfo | None) -> Iterator[ExportedMessage]:
    for entry in entries:
        moment = entry.stamp.at(order)
        said = _said(entry.text)
        if moment and said:
            sender, kind, text = said
            at = moment.replace(tzinfo=zone) if zone else moment.astimezone()
            yield ExportedMessage(sender, at, kind, text)


def _said(entry: str) -> tuple[str, MessageKind, str] | None:
    """Who said what; None where WhatsApp itself wrote the entry, or nothing is left of it."""
    head, _, below = entry.partition("\n")
    match = _SENDER.match(head)
    if not match or phrases.is_act(head):
        return None
    body = "\n".join(filter(None, (match["text"], below))) if below else match["text"] or ""
    content = _content(body)
    return (clean_name(match["sender"]), *content) if content else None


def _content(body: str) -> tuple[MessageKind, str] | None:
    """Kind and words of a message."""
    marked = body.startswith("\u200e")  # iPhones mark what no person typed
    unedited = phrases.without_edited_mark(body.strip())
    kind = phrases.omitted_kind(unedited.lstrip("\u200e"))
    text = _MARKS.sub("", unedited).strip()
    if kind:
        return kind, ""
    if phrases.is_deleted(text) or phrases.is_notice(text):
        return None
    return _attachment(text) or _special(text) or (None if marked or not text else (MessageKind.TEXT, text))


def _attachment(text: str) -> tuple[MessageKind, str] | None:
    """A file that is attached or was left out, with its caption."""
    if match := _ANDROID_FILE.fullmatch(text):
        return _with_caption(phrases.file_kind(match["file"]), match["caption"])
    caption, _, mark = text.rpartition("<")
    if match := _IOS_FILE.fullmatch(mark):
        return _with_caption(phrases.file_kind(match["file"]), caption)
    if match := _LEFT_OUT.fullmatch(text):  # Android does not say what; most often it is a picture
        return _with_caption(MessageKind.IMAGE, match["caption"])
    return None


def _with_caption(kind: MessageKind, caption: str | None) -> tuple[MessageKind, str]:
    """Only a picture has one; before a document stand its name and pages."""
    return kind, (caption or "").strip() if kind is MessageKind.IMAGE else ""


def _special(text: str) -> tuple[MessageKind, str] | None:
    if _LOCATION.fullmatch(text):
        return MessageKind.LOCATION, ""
    if text == "null" or _is_poll(text):  # "null" is what Android writes for a picture to be seen once
        return MessageKind.OTHER, ""
    return None


def _is_poll(text: str) -> bool:
    """`POLL:`, the question, and options with their votes."""
    head, *lines = text.split("\n")
    options = lines[1:]
    return bool(options and _POLL_HEAD.fullmatch(head)) and all(map(_POLL_OPTION.fullmatch, options))

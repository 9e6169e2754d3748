"""Notes as doors bring them in, and their files as readers see them."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from services.dto.common import NoteLine, Page


class FileKind(StrEnum):
    """By what means Telegram shows a file."""

    PHOTO = "photo"
    VOICE = "voice"
    VIDEO_NOTE = "video_note"
    VIDEO = "video"
    AUDIO = "audio"
    DOCUMENT = "document"


class Origin(StrEnum):
    """Where a forwarded message was first written."""

    USER = "user"
    HIDDEN_USER = "hidden_user"
    CHAT = "chat"
    CHANNEL = "channel"


@dataclass(frozen=True, slots=True)
class SentFile:
    """A file as it was sent; `size` in bytes."""

    kind: FileKind
    file_id: str
    unique_id: str
    name: str | None = None
    mime: str | None = None
    size: int | None = None


@dataclass(frozen=True, slots=True)
class Said:
    """A message that is to be a note."""

    chat_id: int
    message_id: int
    text: str = ""
    file: SentFile | None = None
    album: str | None = None
    origin: Origin | None = None
    origin_name: str | None = None
    origin_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class WholeNote:
    """All that a note says, and with what it lies."""

    id: int
    subject: str
    subject_id: int
    at: datetime
    author: str | None
    line: NoteLine


@dataclass(frozen=True, slots=True)
class FileLine:
    """A file in one line of a list."""

    id: int
    kind: FileKind
    name: str | None
    size: int | None
    at: datetime
    by: str | None


@dataclass(frozen=True, slots=True)
class FileList:
    """The files of a deal, a lead, a client or a task, page by page, the newest first."""

    subject: str
    id: int
    title: str
    files: Page[FileLine]


@dataclass(frozen=True, slots=True)
class FileRef:
    """What opens a file again."""

    id: int
    kind: FileKind
    file_id: str
    protect: bool
    """Telegram should hinder forwarding and saving."""

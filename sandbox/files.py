"""Files that people and bots sent: their bytes, their ids and the download paths."""

import base64
import hashlib
import mimetypes
from dataclasses import dataclass, field
from itertools import count
from typing import Any

Json = dict[str, Any]

MAX_DOWNLOAD = 20 * 1024 * 1024
MAX_UPLOAD = 50 * 1024 * 1024
MAX_PHOTO = 10 * 1024 * 1024

_FOLDERS = {
    "photo": "photos",
    "voice": "voice",
    "video": "videos",
    "video_note": "video_notes",
    "audio": "music",
    "document": "documents",
}
_MIMES = {"voice": "audio/ogg", "video": "video/mp4", "video_note": "video/mp4", "audio": "audio/mpeg"}


@dataclass(frozen=True, slots=True)
class StoredFile:
    """One file; `size` may be larger than `data` where a test pretends a big one."""

    file_id: str
    unique_id: str
    kind: str
    name: str
    mime: str
    data: bytes
    size: int
    path: str
    width: int = 0
    height: int = 0

    def brief(self) -> Json:
        """The fields that every kind of file has in a message."""
        return {"file_id": self.file_id, "file_unique_id": self.unique_id, "file_size": self.size}

    def content(self, *, duration: int = 1) -> Json:
        """The part of a message that shows this file (`{"document": {...}}` and the like)."""
        if self.kind == "photo":
            return {"photo": [{**self.brief(), "width": self.width, "height": self.height}]}
        body: Json = self.brief()
        match self.kind:
            case "video_note":
                body |= {"length": 240, "duration": duration}
            case "voice":
                body |= {"duration": duration, "mime_type": self.mime}
            case "video":
                body |= {
                    "width": 640,
                    "height": 360,
                    "duration": duration,
                    "mime_type": self.mime,
                    "file_name": self.name,
                }
            case "audio":
                body |= {"duration": duration, "mime_type": self.mime, "file_name": self.name}
            case _:
                body |= {"file_name": self.name, "mime_type": self.mime}
        return {self.kind: body}


@dataclass(slots=True)
class FileStore:
    """All files of one Telegram, by id and by download path."""

    _by_id: dict[str, StoredFile] = field(default_factory=dict)
    _by_path: dict[str, StoredFile] = field(default_factory=dict)
    _numbers: "count[int]" = field(default_factory=count)

    def add(
        self, kind: str, name: str, data: bytes, *, mime: str | None = None, size: int | None = None
    ) -> StoredFile:
        """Stores a file; `size` in bytes overrules the true one."""
        number = next(self._numbers)
        digest = hashlib.blake2b(kind.encode() + b"\0" + data, digest_size=12).digest()
        unique_id = base64.urlsafe_b64encode(digest[:9]).decode()
        file_id = "BQACAgIAAx" + base64.urlsafe_b64encode(digest + number.to_bytes(6, "big")).decode()
        suffix = f".{name.rpartition('.')[2]}" if "." in name else ""
        width, height = image_size(data) or (0, 0)
        stored = StoredFile(
            file_id=file_id,
            unique_id=unique_id,
            kind=kind,
            name=name,
            mime=mime or _MIMES.get(kind) or mimetypes.guess_type(name)[0] or "application/octet-stream",
            data=data,
            size=len(data) if size is None else size,
            path=f"{_FOLDERS.get(kind, 'documents')}/file_{number}{suffix}",
            width=width,
            height=height,
        )
        self._by_id[file_id] = stored
        self._by_path[stored.path] = stored
        return stored

    def get(self, file_id: str) -> StoredFile | None:
        """The file with this id."""
        return self._by_id.get(file_id)

    def at(self, path: str) -> StoredFile | None:
        """The file with this download path."""
        return self._by_path.get(path)


def image_size(data: bytes) -> tuple[int, int] | None:
    """Width and height in pixels of a PNG, GIF, WebP or JPEG; None if `data` is none of them."""
    if data[:8] == b"\x89PNG\r\n\x1a\n" and len(data) >= 24:
        return int.from_bytes(data[16:20], "big"), int.from_bytes(data[20:24], "big")
    if data[:4] == b"GIF8" and len(data) >= 10:
        return int.from_bytes(data[6:8], "little"), int.from_bytes(data[8:10], "little")
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return 512, 512
    if data[:2] == b"\xff\xd8":
        return _jpeg_size(data)
    return None


def _jpeg_size(data: bytes) -> tuple[int, int] | None:
    """Reads the first frame header (SOF marker) of a JPEG."""
    position = 2
    while position + 9 < len(data) and data[position] == 0xFF:
        marker, length = data[position + 1], int.from_bytes(data[position + 2 : position + 4], "big")
        if 0xC0 <= marker <= 0xCF and marker not in (0xC4, 0xC8, 0xCC):
            height = int.from_bytes(data[position + 5 : position + 7], "big")
            return int.from_bytes(data[position + 7 : position + 9], "big"), height
        position += 2 + length
    return None

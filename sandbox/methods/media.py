"""Files: sending them by upload or by id, albums, and downloads."""

from typing import Any

from sandbox.errors import ApiError, bad_request
from sandbox.files import MAX_DOWNLOAD, MAX_PHOTO, MAX_UPLOAD, StoredFile
from sandbox.messages import Message
from sandbox.methods.formatting import caption_content
from sandbox.methods.registry import Context, Json, Params, Upload, method
from sandbox.methods.sending import deliver

_PLURALS = {
    "photo": "photos",
    "document": "documents",
    "video": "videos",
    "audio": "music",
    "voice": "voice notes",
    "video_note": "video notes",
}
_CALLED = {"voice": "voice", "video_note": "video note"}
_WITHOUT_CAPTION = frozenset({"video_note"})
_ALBUM_KINDS = frozenset({"photo", "document", "video", "audio"})


def stored_file(ctx: Context, kind: str, reference: Any) -> StoredFile:
    """The file that a parameter means: an id that Telegram gave out, an upload, or `attach://name` of one."""
    upload: Upload | None = None
    if isinstance(reference, str) and reference.startswith("attach://"):
        upload = ctx.params.files.get(reference.removeprefix("attach://"))
    elif isinstance(reference, str) and reference:
        return _known_file(ctx, kind, reference)
    else:
        upload = ctx.params.files.get(kind)
    if upload is None:
        raise bad_request(f"There is no {_CALLED.get(kind, kind)} in the request")
    return _uploaded(ctx, kind, upload)


def _known_file(ctx: Context, kind: str, reference: str) -> StoredFile:
    if reference.startswith(("http://", "https://")):
        # A local Telegram reaches no outside address, just as Telegram reaches none of ours.
        raise bad_request("Failed to get HTTP URL content")
    stored = ctx.world.files.get(reference)
    if stored is None:
        raise bad_request("Wrong file identifier/HTTP URL specified")
    if stored.kind != kind:
        wrong, right = stored.kind.replace("_", " ").title(), kind.replace("_", " ").title()
        raise bad_request(f"Can't use file of type {wrong} as {right}")
    return stored


def _uploaded(ctx: Context, kind: str, upload: Upload) -> StoredFile:
    name, data = upload
    if not data:
        raise bad_request("File must be non-empty")
    if len(data) > MAX_UPLOAD:
        raise ApiError(413, "Request Entity Too Large")
    if kind == "photo" and len(data) > MAX_PHOTO:
        raise bad_request(
            f"File of size {len(data)} bytes is too big for a photo; the maximum size is {MAX_PHOTO} bytes"
        )
    stored = ctx.world.files.add(kind, name, data)
    if kind == "photo":
        _check_photo(stored)
    return stored


def _check_photo(stored: StoredFile) -> None:
    width, height = stored.width, stored.height
    if not width or not height:
        raise bad_request("IMAGE_PROCESS_FAILED")
    if width + height > 10_000 or max(width, height) > 20 * min(width, height):
        raise bad_request("PHOTO_INVALID_DIMENSIONS")


def _send_file(ctx: Context, kind: str) -> Any:
    stored = stored_file(ctx, kind, ctx.params.values.get(kind))
    content = stored.content(duration=ctx.params.integer("duration", 1))
    if kind not in _WITHOUT_CAPTION:
        content |= caption_content(ctx.params)
    if ctx.params.flag("has_spoiler"):
        content["has_media_spoiler"] = True
    return deliver(ctx, content, _PLURALS[kind]).as_json()


@method("sendPhoto")
def send_photo(ctx: Context) -> Any:
    return _send_file(ctx, "photo")


@method("sendDocument")
def send_document(ctx: Context) -> Any:
    return _send_file(ctx, "document")


@method("sendVideo")
def send_video(ctx: Context) -> Any:
    return _send_file(ctx, "video")


@method("sendAudio")
def send_audio(ctx: Context) -> Any:
    return _send_file(ctx, "audio")


@method("sendVoice")
def send_voice(ctx: Context) -> Any:
    return _send_file(ctx, "voice")


@method("sendVideoNote")
def send_video_note(ctx: Context) -> Any:
    return _send_file(ctx, "video_note")


def input_media(ctx: Context, media: Json) -> Json:
    """The content that one InputMedia stands for."""
    kind = str(media.get("type", ""))
    if kind not in _ALBUM_KINDS:
        raise bad_request(f'Can\'t parse InputMedia: type "{kind}" is unsupported')
    if not media.get("media"):
        raise bad_request("Can't parse InputMedia: media not found")
    stored = stored_file(ctx, kind, media["media"])
    return stored.content() | caption_content(Params(media, {}))


@method("sendMediaGroup")
def send_media_group(ctx: Context) -> Any:
    items = ctx.params.json("media", "media")
    if not isinstance(items, list):
        raise bad_request("Expected an Array of InputMedia")
    if not 2 <= len(items) <= 10:
        raise bad_request("Group send failed")
    if not all(isinstance(item, dict) for item in items):
        raise bad_request("Can't parse InputMedia: expected an Object")
    kinds = {str(item.get("type")) for item in items}
    if len(kinds) > 1 and not kinds <= {"photo", "video"}:
        raise bad_request("Can't use the media of the specified type in the album")
    contents = [input_media(ctx, item) for item in items]
    album = str(next(ctx.world.album_numbers))
    messages: list[Message] = []
    for item, content in zip(items, contents, strict=True):
        turns = 0 if messages else len(items)
        messages.append(deliver(ctx, content, _PLURALS[item["type"]], turns=turns, media_group_id=album))
    return [message.as_json() for message in messages]


@method("getFile")
def get_file(ctx: Context) -> Any:
    if not ctx.params.has("file_id"):
        raise bad_request("file_id not specified")
    stored = ctx.world.files.get(ctx.params.text("file_id"))
    if stored is None:
        raise bad_request("invalid file_id")
    if stored.size > MAX_DOWNLOAD:
        raise bad_request("file is too big")
    return {**stored.brief(), "file_path": stored.path}

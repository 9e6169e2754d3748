"""Files, contacts, places and albums, in both directions."""

import struct
import zlib

import pytest
from aiogram.exceptions import TelegramBadRequest, TelegramEntityTooLarge
from aiogram.types import BufferedInputFile, InputMediaDocument, InputMediaPhoto


def png(width: int, height: int) -> bytes:
    def chunk(kind: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))

    header = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IEND", b"")


PICTURE = BufferedInputFile(png(880, 550), "funnel.png")
TABLE = BufferedInputFile("имя;сумма\nИван;150000\n".encode(), "deals.csv")


async def test_a_document_of_a_person_is_downloaded(world, client):
    sent = world.anna.send_file(None, "deals.csv", b"a;b\n", caption="import")
    document = (await client.get_updates())[0].message
    assert (document.caption, document.document.file_name, document.document.mime_type) == (
        "import",
        "deals.csv",
        "text/csv",
    )
    assert (await client.download(document.document)).read() == b"a;b\n"
    assert sent.text == "import"


async def test_a_large_file_is_refused_for_download(world, client):
    world.anna.send_file(None, "big.csv", b"0", size=21 * 1024 * 1024)
    document = (await client.get_updates())[0].message.document
    assert document.file_size == 21 * 1024 * 1024
    with pytest.raises(TelegramBadRequest, match="file is too big"):
        await client.get_file(document.file_id)
    with pytest.raises(TelegramBadRequest, match="invalid file_id"):
        await client.get_file("nonsense")


@pytest.mark.parametrize("kind", ["photo", "voice", "video", "video_note", "audio", "document"])
async def test_every_kind_of_file_of_a_person_arrives(world, client, kind):
    world.anna.send_file(None, "x.bin", png(10, 20), kind)
    message = (await client.get_updates())[0].message
    assert message.content_type == kind
    assert getattr(message, kind)


async def test_a_picture_is_uploaded_and_sent_again_by_its_id(world, client):
    world.anna.start()
    sent = await client.send_photo(world.anna.id, PICTURE, caption="<b>Funnel</b>", parse_mode="HTML")
    assert (sent.photo[-1].width, sent.photo[-1].height, sent.caption) == (880, 550, "Funnel")
    again = await client.send_photo(world.anna.id, sent.photo[-1].file_id)
    assert again.photo[-1].file_unique_id == sent.photo[-1].file_unique_id
    with pytest.raises(TelegramBadRequest, match="can't use file of type Photo as Document"):
        await client.send_document(world.anna.id, sent.photo[-1].file_id)


async def test_every_kind_of_file_is_sent(world, client):
    world.anna.start()
    data = BufferedInputFile(b"x", "x.bin")
    assert (await client.send_document(world.anna.id, TABLE)).document.file_name == "deals.csv"
    assert (await client.send_voice(world.anna.id, data, duration=7)).voice.duration == 7
    assert (await client.send_video(world.anna.id, data)).video.width
    assert (await client.send_video_note(world.anna.id, data)).video_note.length
    assert (await client.send_audio(world.anna.id, data)).audio.duration
    assert (await client.send_contact(world.anna.id, "+7916", "Ivan", last_name="P")).contact.last_name == "P"
    assert (await client.send_location(world.anna.id, 55.75, 37.6)).location.latitude == 55.75
    assert await client.send_chat_action(world.anna.id, "upload_document")
    assert "Иван" in world.tg.wire()


async def test_files_that_telegram_would_not_take(world, client):
    world.anna.start()
    for call, words in [
        (client.send_photo(world.anna.id, BufferedInputFile(b"text", "x.png")), "IMAGE_PROCESS_FAILED"),
        (
            client.send_photo(world.anna.id, BufferedInputFile(png(9000, 2000), "x.png")),
            "PHOTO_INVALID_DIMENSIONS",
        ),
        (client.send_document(world.anna.id, BufferedInputFile(b"", "x")), "file must be non-empty"),
        (client.send_document(world.anna.id, "nonsense"), "wrong file identifier/HTTP URL specified"),
        (client.send_document(world.anna.id, "https://example.com/x"), "failed to get HTTP URL content"),
        (client.send_document(world.anna.id, TABLE, caption="x" * 1025), "message caption is too long"),
        (
            client.send_photo(world.anna.id, BufferedInputFile(png(9, 9) + b"0" * 10_485_760, "x.png")),
            "is too big for a photo",
        ),
        (client.send_chat_action(world.anna.id, "dancing"), "wrong parameter action in request"),
    ]:
        with pytest.raises(TelegramBadRequest, match=words):
            await call


async def test_an_upload_of_more_than_fifty_megabytes_is_too_large(world, client):
    world.anna.start()
    with pytest.raises(TelegramEntityTooLarge):
        await client.send_document(world.anna.id, BufferedInputFile(b"0" * (51 * 1024 * 1024), "x"))


async def test_media_and_captions_are_edited(world, client):
    world.anna.start()
    sent = await client.send_photo(world.anna.id, PICTURE, caption="one")
    where = {"chat_id": world.anna.id, "message_id": sent.message_id}
    assert (await client.edit_message_caption(**where, caption="two")).caption == "two"
    media = InputMediaDocument(media=TABLE, caption="three")
    edited = await client.edit_message_media(media, **where)
    assert (edited.document.file_name, edited.photo, edited.caption) == ("deals.csv", None, "three")
    with pytest.raises(TelegramBadRequest, match="there is no text in the message to edit"):
        await client.edit_message_text("x", **where)


async def test_an_album_is_several_messages_of_one_group(world, client):
    world.anna.start()
    media = [InputMediaPhoto(media=PICTURE, caption="a"), InputMediaPhoto(media=PICTURE)]
    sent = await client.send_media_group(world.anna.id, media)
    assert len({m.media_group_id for m in sent}) == 1
    assert [m.caption for m in sent] == ["a", None]
    for number in range(2):
        world.anna.send_file(None, f"{number}.png", png(5, 5), "photo", album="7")
    assert [u.message.media_group_id for u in await client.get_updates()] == [None, "7", "7"]
    with pytest.raises(TelegramBadRequest, match="can't use the media of the specified type in the album"):
        await client.send_media_group(world.anna.id, [media[0], InputMediaDocument(media=TABLE)])


async def test_contacts_of_people(world, client):
    world.anna.share_contact()
    world.anna.send_contact(None, "8 916 123-45-67", "Ivan", "Petrov")
    own, other = (u.message.contact for u in await client.get_updates())
    assert (own.user_id, own.phone_number) == (world.anna.id, "+79160000001")
    assert (other.user_id, other.last_name) == (None, "Petrov")


async def test_messages_are_copied_and_forwarded(world, client):
    world.anna.start()
    world.boris.start()
    source = world.anna.send_file(None, "x.txt", b"x", caption="old")
    copied = await client.copy_message(world.boris.id, world.anna.id, source.id, caption="new")
    assert world.boris.screen().id == copied.message_id
    assert world.boris.screen().text == "new"
    forwarded = await client.forward_message(world.boris.id, world.anna.id, source.id)
    assert forwarded.forward_origin.sender_user.id == world.anna.id
    with pytest.raises(TelegramBadRequest, match="message to forward not found"):
        await client.forward_message(world.boris.id, world.anna.id, 999)
    with pytest.raises(TelegramBadRequest, match="message to copy not found"):
        await client.copy_message(world.boris.id, world.anna.id, 999)
    with pytest.raises(TelegramBadRequest, match="message can't be edited"):
        await client.edit_message_caption(
            chat_id=world.boris.id, message_id=forwarded.message_id, caption="x"
        )

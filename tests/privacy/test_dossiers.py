"""All that is kept of a client is handed out as a page and as data, to the owner alone."""

import json
from datetime import timedelta

import pytest
from sqlalchemy import select

from db.models import Event
from services.dto.fields import FieldSubject
from services.dto.tasks import Link
from services.errors import ForbiddenError, NotFoundError
from services.privacy.dossier_sections import SECTIONS
from tests.cast import actor_of
from tests.clients.making import make_client
from tests.privacy.test_erasing import NEEDLES, a_whole_client
from tests.world import World

ENDED = {"Zsent": "Done", "Zgone": "Dropped"}
"""Tasks, and what the page says of when each has ended."""


def document(world: World, form: str) -> tuple[str, str]:
    """The name and the text of the page or the data that Olga has got last."""
    sent = [one.content["document"] for one in world.olga.messages if "document" in one.content]
    content = [one for one in sent if one["file_name"].endswith(form)][-1]
    stored = world.telegram.files.get(content["file_id"])
    assert stored is not None
    return content["file_name"], stored.data.decode()


async def test_the_file_tells_everything_in_words_and_as_data(world: World) -> None:
    contact, lead, deal = await a_whole_client(world)
    olga, owner = world.olga, await actor_of(world.services, "olga")
    anna, later = await actor_of(world.services, "anna"), world.clock.now() + timedelta(hours=1)
    tasks = world.services.tasks
    done, dropped = [await tasks.create(anna, text, later, Link("contact", contact)) for text in ENDED]
    await tasks.done(anna, done.id)
    await world.services.task_deleting.drop(anna, dropped.id)
    for subject, one in ((FieldSubject.CONTACT, contact), (FieldSubject.DEAL, deal)):
        for tag in ("Zwholesale", "VIP"):
            await world.services.tags.write(owner, subject, one, tag)
    await olga.press(data=f"pv:{contact}", on=olga.screen)
    card = olga.screen
    await olga.press("🗂 For programs")
    name, sent = document(world, "json")
    assert name == f"client-{contact}.json"
    told = json.loads(sent)
    assert list(told) == ["made_at", *SECTIONS]
    assert told["person"][0]["name"] == "Zivan Zpetrov"
    assert [(one["field"], one["value"]) for one in told["fields"]] == [("Hobby", "Zoak")] * 2
    assert [one["id"] for one in told["leads"]] == [lead]
    assert [one["id"] for one in told["deals"]] == [deal]
    assert (told["person"][0]["tags"], told["deals"][0]["tags"]) == ("VIP, Zwholesale", "VIP, Zwholesale")
    assert told["leads"][0]["tags"] is None
    assert [one["name"] for one in told["files"]] == ["zpetrov.pdf"]
    assert [(one["text"], one["manager"]) for one in told["items"]] == [("Zoak", None)]
    assert olga.text == "📎 Files 1–1 of 1"
    assert olga.messages[-2].content["document"]["file_name"] == "zpetrov.pdf"
    assert [(one["way"], one["text"]) for one in told["consents"]] == [("site", "We keep your data.")]
    assert all(told[section] for section in SECTIONS if section not in ("payments", "former_notes"))
    assert {"manager", "door", "action", "at"} <= told["history"][0].keys()
    text = sent.lower()
    assert [one for one in NEEDLES if one not in text] == []

    await olga.press("📤 Hand out: to read", on=card)
    name, read = document(world, "html")
    assert name == f"client-{contact}.html"
    for words in (
        "<h1>Zivan Zpetrov</h1>",
        "Phones and e-mails",
        "Zivan wants two",
        "reached",
        "Anna",
        "Zwholesale",
        "<td>Birthday</td><td>12 May 1980</td>",
        "<td>Who wrote it</td><td>Anna</td>",
        "<td>Assignee</td><td>Anna</td>",
    ):
        assert words in read, words
    assert "None" not in read
    for text, end in ENDED.items():
        row = read.partition(f"<td>{text}</td>")[2].partition("</table>")[0]
        assert [one for one in ENDED.values() if f"<td>{one}</td>" in row] == [end]
    handed = await world.rows(select(Event.actor_id).where(Event.action == "client.hand_out"))
    assert len(handed) == 2
    for who in ("helen", "anna"):
        with pytest.raises(ForbiddenError):
            await world.services.dossiers.hand_out(await actor_of(world.services, who), contact)
    with pytest.raises(NotFoundError):
        await world.services.dossiers.hand_out(await actor_of(world.services, "victor"), contact)


async def test_many_files_are_sent_in_portions(world: World) -> None:
    contact, anna, olga = await make_client(world), world.anna, world.olga
    await anna.press(data=f"c:{contact}")
    for number in range(3):
        await anna.do("send_file", None, f"{number}.pdf", b"%PDF", reply_to=anna.screen)
    found = await world.services.dossiers.files(await actor_of(world.services, "olga"), contact, 2)
    assert (len(found.files), found.before, found.total, found.upto) == (1, 2, 3, 3)
    await olga.press(data=f"pvf:{contact}:2")
    assert olga.text == "📎 Files 3–3 of 3"
    await olga.press(data=f"pvf:{contact}:3")
    assert olga.text == "📎 No more files."
    assert await anna.press(data=f"pvf:{contact}:0") == "You may not do this."
    for who in ("helen", "anna"):
        with pytest.raises(ForbiddenError):
            await world.services.dossiers.files(await actor_of(world.services, who), contact)

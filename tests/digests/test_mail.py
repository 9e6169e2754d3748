"""The week by e-mail: to an address that its owner has confirmed, once, whatever happens on the way."""

import asyncio
import re
from datetime import timedelta
from email.utils import parsedate_to_datetime

import pytest
from sqlalchemy import select, update

from bot.mailer import Mailer
from db.models import Mail, Mailbox, Person, Workspace
from keyboards.mails import MailAskCb, MailCb, MailForgetCb
from services.errors import AppError
from services.mails import MailKind, queue
from tests.cast import actor_of
from tests.digests.conftest import Post
from tests.digests.test_story import MONDAY, a_week, go
from tests.world import World


def mailer(world: World, post: Post) -> Mailer:
    return Mailer(world.db, world.clock, world.renderer.letter, post.server)


async def deliver(world: World, post: Post) -> int:
    """Try each mail that is due once; how many were tried."""
    one, tried = mailer(world, post), 0
    while await one.step():
        tried += 1
    return tried


async def give_address(world: World, name: str, address: str) -> None:
    """A confirmed address, without the way to it."""
    actor = await actor_of(world.services, name)
    async with world.db.write() as uow:
        uow.mails.add(Mailbox(person_id=actor.person_id, address=address, asked_at=world.clock.now()))


async def states(world: World) -> list[tuple[str, int, str | None]]:
    rows = await world.rows(select(Mail.state, Mail.attempts, Mail.error).order_by(Mail.id))
    return [(state, attempts, error) for state, attempts, error in rows]


async def test_an_address_is_confirmed_by_the_code_that_comes_there(world: World, post: Post) -> None:
    for label in ("👤 Profile", "🗞 Digests", "✉️ By e-mail", "✉️ Give an address"):
        await world.helen.press(label)
    await world.helen.say("nothing@nowhere")
    assert "could not read an e-mail address" in world.helen.text
    await world.helen.say(" Helen@Example.COM ")
    assert "A code is on its way to helen@example.com" in world.helen.text
    assert await deliver(world, post) == 1
    [mail] = post.mails
    assert (mail["To"], mail["From"], post.to) == (
        "helen@example.com",
        "Sdelka <crm@example.com>",
        ["helen@example.com"],
    )
    code = re.match(r"\d{6}", mail["Subject"])
    assert code is not None
    assert code[0] in mail.get_body(("plain",)).get_content()  # type: ignore[union-attr]  # a mail of ours has both
    await world.helen.say("000000" if code[0] != "000000" else "111111")
    assert "This is not the code" in world.helen.text
    await world.helen.say(f"{code[0][:3]} {code[0][3:]}")
    assert world.helen.text == "✉️ The week by e-mail\nIt goes to helen@example.com."
    await world.helen.press("◀️ Back")
    assert "✅ Monday: the same by e-mail" in world.helen.labels
    await world.helen.press("✉️ By e-mail")
    await world.helen.press("🗑 No mails any more")
    assert "Give an address" in world.helen.text
    await world.helen.press("◀️ Back")
    assert "✅ Monday: the same by e-mail" not in world.helen.labels
    assert await world.rows(select(Mailbox)) == []


async def test_codes_are_good_for_a_while_and_for_few_tries_and_do_not_pester(
    world: World, post: Post
) -> None:
    boxes, helen = world.services.mailboxes, await actor_of(world.services, "helen")
    await boxes.ask(helen, "helen@example.com")
    with pytest.raises(AppError, match=r"mail\.too_soon"):
        await boxes.ask(helen, "somebody@example.com")
    [(code,)] = await world.rows(select(Mailbox.code))
    for _ in range(5):
        with pytest.raises(AppError, match=r"mail\.code_wrong"):
            await boxes.confirm(helen, "nothing")
    with pytest.raises(AppError, match=r"mail\.code_void"):
        await boxes.confirm(helen, code)
    world.clock.turn(minutes=2)
    await boxes.ask(helen, "helen@example.com")
    [(code,)] = await world.rows(select(Mailbox.code))
    world.clock.turn(minutes=31)
    with pytest.raises(AppError, match=r"mail\.code_void"):
        await boxes.confirm(helen, code)
    assert await deliver(world, post) == 0, "both codes have expired, or were followed by another"
    for wrong in ("a@b", "пётр@example.com", "a..b@example.com", "a@b.c\nBcc: all@example.com", ""):
        with pytest.raises(AppError, match=r"mail\.unread"):
            await boxes.ask(helen, wrong)


async def test_the_week_comes_once_as_html_with_its_picture_and_as_text(world: World, post: Post) -> None:
    await world.services.digest_round.begin()
    await a_week(world)
    async with world.db.write() as uow:
        await uow.session.execute(update(Person).where(Person.name == "Victor").values(name="<script>"))
    for name in ("helen", "hugo", "olga"):
        await give_address(world, name, f"{name}@example.com")
    await world.hugo.press(data="gzw:week_mail:0")
    await world.services.people.speak(await actor_of(world.services, "olga"), "ru")
    await go(world, MONDAY)
    await world.services.digest_round.begin()
    await go(world, MONDAY + timedelta(minutes=10))
    await asyncio.gather(deliver(world, post), deliver(world, post))
    assert sorted(post.to) == ["helen@example.com", "olga@example.com"]
    mails = {mail["To"]: mail for mail in post.mails}
    assert mails["helen@example.com"]["Subject"] == "The week Nov 16–22 · Sales"
    russian = mails["olga@example.com"]
    assert russian["Subject"] == "Неделя 16–22 нояб. · все отделы"
    assert parsedate_to_datetime(russian["Date"]) <= world.clock.now()
    assert re.fullmatch(r"<[0-9a-f]{32}@example\.com>", russian["Message-ID"])
    parts = {part.get_content_type(): part for part in mails["helen@example.com"].walk()}
    assert list(parts) == [
        "multipart/alternative",
        "text/plain",
        "multipart/related",
        "text/html",
        "image/png",
    ]
    text, page = parts["text/plain"].get_content(), parts["text/html"].get_content()
    assert "🟢 Won: 2 · ₽200,000" in text
    assert "Anna" in text
    assert "<" not in text
    assert "🟢 Won: <b>2</b> · <b>₽200,000</b>" in page
    assert 'src="cid:picture"' in page
    assert re.search(r"<tr><td[^>]*>Anna</td><td[^>]*>1</td>", page)
    foreign = russian.get_body(("html",))
    assert foreign is not None
    assert "<script>" not in foreign.get_content()
    assert "&lt;script&gt;" in foreign.get_content()
    assert parts["image/png"]["Content-ID"] == "<picture>"
    assert parts["image/png"].get_content().startswith(b"\x89PNG")
    assert await deliver(world, post) == 0
    assert [state for state, _, _ in await states(world)] == ["sent", "sent"]


async def test_what_may_pass_is_tried_again_and_what_is_final_is_told(world: World, post: Post) -> None:
    helen = await actor_of(world.services, "helen")
    await give_address(world, "helen", "helen@example.com")

    async def order(key: str) -> None:
        week = {"first": "2026-11-09", "last": "2026-11-15"}
        async with world.db.write() as uow:
            for _ in range(2):
                await queue(
                    uow, world.clock.now(), helen.person_id, MailKind.WEEK, key, timedelta(days=3), week
                )

    await order("first")
    post.refusals = ["451 try later", ""]
    assert await deliver(world, post) == 1
    assert await deliver(world, post) == 0, "not at once"
    world.clock.turn(minutes=2)
    assert await deliver(world, post) == 1
    [(state, attempts, error)] = await states(world)
    assert (state, attempts) == ("new", 2)
    assert "Disconnected" in str(error)
    world.clock.turn(hours=1)
    assert await deliver(world, post) == 1
    assert len(post.mails) == 1
    await order("second")
    post.refusals = ["554 this looks like spam"]
    assert await deliver(world, post) == 1
    await world.settle()
    assert world.helen.text.endswith("did not take a mail to helen@example.com: 554 this looks like spam")
    await order("third")
    post.rejected = "550 no such user"
    assert await deliver(world, post) == 1
    assert [state for state, _, _ in await states(world)] == ["sent", "dead", "dead"]
    world.clock.turn(days=1)
    assert await deliver(world, post) == 0


async def test_a_mail_of_no_use_any_more_is_not_sent(world: World, post: Post) -> None:
    """Too late; from before a restore; to somebody who has lost the right, or the address, or has left."""
    helen = await actor_of(world.services, "helen")
    await give_address(world, "helen", "helen@example.com")
    week: dict[str, object] = {"first": "2026-11-09", "last": "2026-11-15"}

    async def order(key: str, lives: timedelta = timedelta(days=3)) -> None:
        async with world.db.write() as uow:
            await queue(uow, world.clock.now(), helen.person_id, MailKind.WEEK, key, lives, week)

    await order("late", timedelta(minutes=1))
    world.clock.turn(minutes=2)
    await order("restored")
    async with world.db.write() as uow:
        await uow.session.execute(update(Workspace).values(outbox_epoch=Workspace.outbox_epoch + 1))
    assert await deliver(world, post) == 0
    await order("demoted")
    async with world.db.write() as uow:
        await uow.session.execute(update(Person).where(Person.id == helen.person_id).values(role="manager"))
    assert await deliver(world, post) == 1
    await order("gone")
    await world.services.leaving.remove(await actor_of(world.services, "olga"), helen.person_id, None)
    assert await deliver(world, post) == 1
    assert await world.rows(select(Mailbox)) == []
    assert {state for state, _, _ in await states(world)} == {"cancelled"}
    assert post.mails == []


async def test_a_mail_whose_mailer_died_is_taken_over_under_the_same_number(world: World, post: Post) -> None:
    """Whoever dies between the server's yes and the record of it leaves a mail that is sent once more."""
    helen = await actor_of(world.services, "helen")
    await world.services.mailboxes.ask(helen, "helen@example.com")
    async with world.db.write() as uow:
        mail = await uow.mails.claim(world.clock.now())
        assert mail is not None
    assert await deliver(world, post) == 0, "somebody has it"
    async with world.db.write() as uow:
        await uow.session.execute(update(Mail).values(lease_until=world.clock.now() - timedelta(days=1)))
    assert await deliver(world, post) == 1
    assert post.mails[0]["Message-ID"] == f"<{mail.token}@example.com>"


async def test_the_program_sends_by_itself_and_stops_in_order(world: World, post: Post) -> None:
    helen = await actor_of(world.services, "helen")
    await world.services.mailboxes.ask(helen, "helen@example.com")
    one = mailer(world, post)
    running = asyncio.create_task(one.run())
    async with asyncio.timeout(20):
        await post.arrived.wait()
    await one.stop(5)
    await running
    assert [state for state, _, _ in await states(world)] == ["sent"]


@pytest.mark.parametrize("name", ["anna", "fiona", "max"])
async def test_nobody_else_has_mails(world: World, name: str) -> None:
    for data in (MailCb(), MailAskCb(), MailForgetCb()):
        assert await world.hands[name].press(data=data.pack())
    assert await world.rows(select(Mailbox)) == []

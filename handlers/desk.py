"""The front desk: finds out who stands there, and finds the handler."""

from collections.abc import Callable
from contextlib import suppress
from typing import Any
from zoneinfo import ZoneInfo

from aiogram import Bot, Router
from aiogram.types import CallbackQuery, ChatMemberUpdated, Message

from handlers.arrivals import kinds_of, made_by_us, read_command, sender_of
from handlers.asides import Asides
from handlers.bound import Binding
from handlers.forms import Form, FormStore
from handlers.guard import Guard
from handlers.guests import Guests
from handlers.inline import InlineDesk
from handlers.interjections import interjected
from handlers.menu import unknown
from handlers.registry import Registry, Reply, Route, Word
from handlers.sent import read_mentions
from handlers.task_replies import told_to_us
from handlers.team_chats import read_group
from handlers.turn import Turn
from handlers.whispers import Whispers
from keyboards.tongue import Tongue
from services.access import Actor
from services.bundle import Services
from services.dto.tasks import Link
from services.errors import AlreadyAppliedError, Cause
from services.understanding.cancelling import is_cancel

MakeTongue = Callable[[str, ZoneInfo], Tongue]
MakeForm = Callable[[int, int, int, int | None, Cause | None], FormStore]
"""From bot, chat, user, thread and update to where the form is kept."""


class Desk:
    """Routes updates. The presser is judged, never the chat."""

    def __init__(
        self,
        registry: Registry,
        services: Services,
        tongue: MakeTongue,
        forms: MakeForm,
        guests: Guests,
        inline: InlineDesk,
        whispers: Whispers,
        asides: Asides,
    ) -> None:
        self._registry = registry
        self._services = services
        self._tongue = tongue
        self._forms = forms
        self._guests = guests
        self._inline = inline
        self._whispers = whispers
        self._asides = asides
        self._guard = Guard(registry, services)

    def router(self) -> Router:
        """What the dispatcher includes."""
        router = Router(name="desk")
        router.message.register(self.on_message)
        router.edited_message.register(self.on_edit)
        router.callback_query.register(self.on_press)
        router.inline_query.register(self._inline.on_query)
        router.my_chat_member.register(self.on_my_chat_member)
        return router

    async def on_press(self, query: CallbackQuery, bot: Bot, cause: Cause, bindings: list[Binding]) -> None:
        """A button was pressed."""
        card = query.message
        actor = await sender_of(self._services, query.from_user, card.chat if card else None, cause)
        if actor is None:
            await bot.answer_callback_query(query.id)
            return
        turn = self._turn(
            actor,
            bot,
            chat_id=card.chat.id if card else query.from_user.id,
            private=card is None or card.chat.type == "private",
            thread=card.message_thread_id if isinstance(card, Message) and card.is_topic_message else None,
            message=card if isinstance(card, Message) else None,
            query=query,
            bindings=bindings,
        )
        route, data = self._registry.pressed(query.data or "")
        if route is None or data is None:
            await self._old_button(turn)
        else:
            await self._guard.run(turn, route, data, data.subject())
        await turn.finish()

    async def on_message(self, message: Message, bot: Bot, cause: Cause, bindings: list[Binding]) -> None:
        """Something was written or sent. Anonymous admins, channels and bots are nobody."""
        if await read_group(message, self._services, cause):
            return
        sender = message.from_user
        if sender is None or sender.is_bot or message.sender_chat is not None or message.via_bot is not None:
            return
        private = message.chat.type == "private"
        name, args = read_command(message.text or "", (await bot.me()).username or "")
        actor = await sender_of(self._services, sender, message.chat, cause)
        if actor is None:
            if private and name == "start":
                await self._guests.on_start(message, bot, args, cause)
            elif private:
                await self._guests.on_other(message, bot)
            return
        turn = self._turn(
            actor,
            bot,
            chat_id=message.chat.id,
            private=private,
            thread=message.message_thread_id if message.is_topic_message else None,
            message=message,
            query=None,
            bindings=bindings,
        )
        if name is not None:
            await self._on_command(turn, name, args)
        elif private:
            await self._on_content(turn, message)
        else:
            await self._on_team_talk(turn, message)
        await turn.finish()

    async def on_edit(self, message: Message, bot: Bot, cause: Cause, bindings: list[Binding]) -> None:
        """Somebody has changed what they sent. What came of it follows, or stays; nobody waits for words."""
        route, sender = self._registry.edits.get("message"), message.from_user
        if route is None or sender is None or message.sender_chat is not None or message.via_bot is not None:
            return
        actor = await sender_of(self._services, sender, message.chat, cause)
        if actor is None or not actor.may(route.action):
            return
        turn = self._turn(
            actor,
            bot,
            chat_id=message.chat.id,
            private=message.chat.type == "private",
            thread=message.message_thread_id if message.is_topic_message else None,
            message=message,
            query=None,
            bindings=bindings,
        )
        await self._guard.run_unheard(turn, route, message)
        await turn.finish()

    async def on_my_chat_member(self, event: ChatMemberUpdated, bot: Bot, cause: Cause) -> None:
        """The bot was blocked, unblocked, added to a chat or removed from one."""
        await self._guests.on_membership(event, bot, cause)

    async def _on_command(self, turn: Turn, name: str, args: str) -> None:
        route = self._registry.commands.get(name)
        if not turn.private and (word := await self._word(turn, args)) and name in self._registry.words:
            await self._guard.run(turn, self._registry.words[name], word, None)
        elif route is not None and (turn.private or route.groups):
            await turn.form.close()
            await self._guard.run(turn, route, args, None)
        elif turn.private:
            await unknown(turn, name, args)
        else:
            await self._asides.on_command(turn, name)

    async def _on_content(self, turn: Turn, message: Message) -> None:
        step = self._registry.steps.get(await turn.form.state() or "")
        reply = await self._reply(turn, message)
        back = (await turn.form.data()).get("back") if step else None
        if reply is not None and (step is None or back != [reply.subject, reply.id]):
            # Whoever answers the card of something else means that, whatever form was left open.
            route = self._registry.replies[reply.subject]
            await self._guard.run(turn, route, reply, (reply.subject, reply.id))
            return
        if message.forward_origin is None and await interjected(turn, message.text or "", step):
            return
        if step and await self._guard.run(turn, step, message, tuple(back) if back else None):
            return
        for kind in kinds_of(message):
            for route in self._registry.contents.get(kind, []):
                if turn.actor.may(route.action) and await self._guard.run(turn, route, message, None):
                    return
        await self._fallback(turn)

    async def _reply(self, turn: Turn, message: Message) -> Reply | None:
        """The message as an answer to a card that takes answers."""
        answered = message.reply_to_message
        if answered is None or answered.from_user is None or answered.from_user.id != turn.bot.id:
            return None
        if is_cancel(message.text or ""):
            return None  # Whoever wants out has nothing to keep.
        found = await self._services.talk.subject_at(turn.chat_id, answered.message_id)
        if found is None or found[0] not in self._registry.replies:
            return None
        return Reply(message, *found)

    async def _on_team_talk(self, turn: Turn, message: Message) -> None:
        """What colleagues say among themselves, under a card or where it is spoken of, is kept if it may be,
        and never refused aloud."""
        if message.ephemeral_message_id is not None:
            return  # Said to us alone: colleagues have not heard it, and nobody could find it again.
        name, args = read_command(message.caption or "", (await turn.bot.me()).username or "")
        command = self._registry.words.get(name) if name else None
        if command is not None and command.files and (word := await self._word(turn, args)) is not None:
            await self._guard.run(turn, command, word, None)
            return
        if (told := await told_to_us(turn, message)) is not None:
            await self._on_command(turn, "task", told)
            return
        if (reply := await self._reply(turn, message)) is not None:
            route, given = self._answer(reply)
        elif (word := await self._word(turn)) is not None:
            route, given = self._registry.words[""], word
        else:
            return
        if not await self._guard.run_unheard(turn, route, given):
            await self._asides.on_unkept(turn, given)

    def _answer(self, reply: Reply) -> tuple[Route, Reply | Word]:
        """Whoever is named in an answer to a deal's card comes to work on it, as by any word about it."""
        if reply.subject == "deal" and read_mentions(reply.message):
            return self._registry.words[""], Word(Link("deal", reply.id), reply.message)
        return self._registry.replies[reply.subject], reply

    async def _word(self, turn: Turn, args: str = "") -> Word | None:
        """The message as said of the deal whose topic this is, or of what has this group for itself."""
        about = await self._services.team_talk.about(turn.chat_id, turn.thread)
        if about is None and turn.thread is not None and (name := made_by_us(turn.message, turn.bot.id)):
            with suppress(AlreadyAppliedError):
                cause = turn.actor.cause
                deal_id = await self._services.topics.adopt(turn.chat_id, turn.thread, name, cause)
                about = Link("deal", deal_id) if deal_id is not None else None
        return Word(about, turn.message, args) if about is not None and turn.message else None

    async def _old_button(self, turn: Turn) -> None:
        if turn.private:
            await turn.toast(turn.t("This button is from an old message. Here is the menu."))
        else:
            await turn.toast(turn.t("This button is from an old message. Send me /menu in our private chat."))
        await self._fallback(turn)

    async def _fallback(self, turn: Turn) -> None:
        route = self._registry.commands.get("menu")
        if route is not None and turn.private:
            await route.handler(turn, "")

    def _turn(
        self, actor: Actor, bot: Bot, *, chat_id: int, private: bool, thread: int | None, **rest: Any
    ) -> Turn:
        mine = actor.telegram_id or 0
        # What is begun in a group goes on in private: its questions are not for everybody.
        place = (chat_id, mine, thread) if private else (mine, mine, None)
        return Turn(
            actor=actor,
            services=self._services,
            t=self._tongue(actor.language, actor.zone),
            voices=self._tongue,
            bot=bot,
            chat_id=chat_id,
            private=private,
            whispers=self._whispers,
            thread=thread,
            form=Form(self._forms(bot.id, *place, actor.cause)),
            **rest,
        )

"""One turn of a conversation: who acts, where, and the ways to answer."""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from zoneinfo import ZoneInfo

from aiogram import Bot
from aiogram.exceptions import TelegramBadRequest, TelegramForbiddenError
from aiogram.types import (
    CallbackQuery,
    InaccessibleMessage,
    InlineKeyboardMarkup,
    Message,
    ReactionTypeEmoji,
)

from handlers.bound import Binding
from handlers.forms import Form
from handlers.privately import point, show_to_one, unheard
from handlers.redraw import redrawn
from handlers.registry import Viewer
from handlers.screen import Screen
from handlers.sending import send_again, send_screen
from handlers.whispers import Whispers, is_whisper
from keyboards.tongue import Tongue, esc
from services.access import Actor
from services.bundle import Services
from services.dto.talk import FileKind

QUESTION = "question"
"""As what the question of somebody's open form is found again in its chat."""


@dataclass(slots=True)
class Turn:
    """Made for each update after its sender was identified; handlers know nothing else of Telegram."""

    actor: Actor
    services: Services
    t: Tongue
    bot: Bot
    chat_id: int
    private: bool
    form: Form
    voices: Callable[[str, ZoneInfo], Tongue]
    """From a language and a zone to the way of speaking."""
    whispers: Whispers
    thread: int | None = None
    message: Message | None = None
    """What was sent, or the card whose button was pressed; none when Telegram no longer shows it to us."""
    query: CallbackQuery | None = None
    bindings: list[Binding] = field(default_factory=list)
    answered: bool = False
    told: bool = False
    """Whether the group was told what came of it: that a card is in private needs no word of its own."""
    drawn: set[int] = field(default_factory=set)
    """The messages of this chat that were sent or drawn anew."""
    asked: bool = False
    """Whether a question of the open form is among them."""

    @property
    def key(self) -> int:
        """By what a draft that this turn begins is known to its buttons."""
        return (self.message.ephemeral_message_id or self.message.message_id) if self.message else 0

    @property
    def viewer(self) -> Viewer:
        """The same person as the reader of a card."""
        return Viewer(self.services, self.t, self.actor, self.bot)

    def speak(self, language: str) -> None:
        """Go on in another language."""
        self.t = self.voices(language, self.actor.zone)

    async def aloud(self) -> Tongue:
        """The voice of what everybody here reads: over a group that of the company."""
        return self.t if self.private else self.voices(*await self.services.people.company_voice())

    async def over_chat(self) -> Tongue:
        """The voice of a short word: over a press it is seen by whoever pressed, else by everybody."""
        return self.t if self.query is not None else await self.aloud()

    async def show(self, screen: Screen) -> None:
        """Answer with a screen: in place of the pressed card, or as a new message."""
        await self._settle(screen)
        if self._concerns_one(screen):
            await show_to_one(self, screen)
        elif self.query is not None and self.message is not None and self._editable(screen):
            await self._edit(self.message, screen)
        else:
            await self.say(screen)

    async def say(self, screen: Screen) -> None:
        """Answer with a new message."""
        await self._settle(screen)
        if self._concerns_one(screen):
            await show_to_one(self, screen, anew=True)
        else:
            self.bind(await send_screen(self.bot, self.chat_id, self.thread, screen), screen)

    async def redraw(self, message_id: int, screen: Screen) -> None:
        """Draw another message of ours in this chat anew; one that is gone is not missed."""
        self.drawn.add(message_id)
        await redrawn(self.bot, self.chat_id, message_id, screen)

    async def send_file(self, kind: FileKind, file_id: str, *, protect: bool) -> bool:
        """Send a file of Telegram's once more, in private; False if it is not there any more."""
        if self.actor.telegram_id is None:
            return False
        try:
            if not await send_again(self.bot, self.actor.telegram_id, kind, file_id, protect=protect):
                return False
        except TelegramForbiddenError:
            await unheard(self)
        else:
            await self.tell_where()
        return True

    async def tell_where(self) -> None:
        """Say over a group that the answer came in private."""
        if self.query is None and self.form.open:
            await point(self, lambda t: t("I have a question for you in our private chat."))
        else:
            await point(self, lambda t: t("Sent to you in our private chat."))

    async def nod(self, message: Message) -> None:
        """Say "noted" without a word, where words would disturb others; a group may forbid reactions."""
        try:
            await message.react([ReactionTypeEmoji(emoji="👍")])
        except TelegramBadRequest:
            return

    async def refuse(self, text: str) -> None:
        """Say why what was typed will not do; the open form waits on, and its buttons go along."""
        buttons = await self.form.again()
        keyboard = InlineKeyboardMarkup.model_validate(buttons) if buttons is not None else None
        await self.say(Screen(esc(text), keyboard, public=True))

    async def toast(self, text: str, *, alert: bool = False) -> None:
        """A short word over the chat, in answer to a press; a message where nothing was pressed."""
        if self.query is None:
            if not await self.whisper(Screen(esc(text))):
                await self.bot.send_message(
                    self.chat_id, text, parse_mode=None, message_thread_id=self.thread
                )
            return
        await self._answer(text, alert=alert)

    async def whisper(self, screen: Screen) -> bool:
        """Whether whoever wrote in a group was told this there without anybody else reading it."""
        mine = self.actor.telegram_id
        if self.private or mine is None:
            return False
        return await self.whispers.tell(self.bot, self.chat_id, self.thread, mine, screen)

    async def aside(self, screen: Screen) -> None:
        """A word for whoever wrote in a group: whispered, else in private, if we may write to them there."""
        if self.actor.telegram_id is not None and not await self.whisper(screen):
            with suppress(TelegramForbiddenError):
                await send_screen(self.bot, self.actor.telegram_id, None, screen)

    async def finish(self) -> None:
        """Keep the form as it is now, and take the progress bar off a pressed button, if nothing else did."""
        await self.form.settle()
        await self._put_question_away()
        if self.query is not None and not self.answered:
            await self._answer(None, alert=False)

    async def _put_question_away(self) -> None:
        """Take the buttons off the question that was answered, left, or asked once more."""
        over = self.form.left or (self.form.found and self.asked)
        if not over or self.form.shelved:
            return
        chat_id = self.chat_id if self.private else self.actor.telegram_id or 0
        place = await self.services.talk.card_in(chat_id, QUESTION, self.actor.person_id)
        if place is None or (place in self.drawn and self.private):
            return
        self.bindings.append(Binding(chat_id, place, "", 0, None))
        with suppress(TelegramBadRequest):  # It is gone, or has no buttons.
            await self.bot.edit_message_reply_markup(chat_id=chat_id, message_id=place)

    async def _settle(self, screen: Screen) -> None:
        keyboard = screen.keyboard if self.form.changed else None
        await self.form.settle(keyboard.model_dump(exclude_none=True) if keyboard is not None else None)

    async def _answer(self, text: str | None, *, alert: bool) -> None:
        if self.query is None or self.answered:
            return
        self.answered = True
        try:
            await self.bot.answer_callback_query(
                self.query.id, text=text[:200] if text else None, show_alert=alert
            )
        except TelegramBadRequest:
            # The press is older than Telegram remembers; what it asked for is done all the same.
            return

    def _editable(self, screen: Screen) -> bool:
        if screen.protect and not (isinstance(self.message, Message) and self.message.has_protected_content):
            return False  # Telegram protects a message when it is sent, never afterwards.
        fixed = (screen.photo, screen.document, screen.reply_keyboard)
        return fixed == (None, None, None) and _is_text(self.message)

    async def _edit(self, message: Message, screen: Screen) -> None:
        if await redrawn(self.bot, message.chat.id, message.message_id, screen):
            self.bind(message, screen)
        else:
            await self.say(screen)

    def _concerns_one(self, screen: Screen) -> bool:
        """Whether nobody else may see it: what answers a whisper is as little for the others as that is."""
        return not self.private and (not screen.public or is_whisper(self.query))

    def bind(self, message: Message, screen: Screen) -> None:
        """Note that this message shows the screen now."""
        subject, subject_id = screen.subject or ("", 0)
        private = message.chat.type == "private"
        if private or message.chat.id == self.chat_id:
            if message.chat.id == self.chat_id:
                self.drawn.add(message.message_id)
            # A press goes on with the form that it looks at; words may have been meant for something else.
            asks = self.form.asks if self.query is None else self.form.open
            if asks and not subject:
                self.asked = True
                subject, subject_id = QUESTION, self.actor.person_id
        reader = self.actor.person_id if private else None
        self.bindings.append(Binding(message.chat.id, message.message_id, subject, subject_id, reader))


def _is_text(message: Message | InaccessibleMessage | None) -> bool:
    return isinstance(message, Message) and message.text is not None

"""Calls of the Bot API as JSON: a form has each letter that is not Latin written as six.

And presses as JSON, before aiogram's objects are made of them.
"""

import json
from typing import Any, ClassVar, TypeVar

from aiogram import Bot
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.methods import Response, TelegramMethod
from aiogram.types import InputFile
from aiohttp import FormData
from aiohttp.payload import JsonPayload

T = TypeVar("T")


class JsonSession(AiohttpSession):
    """aiogram's session, whose calls go as JSON unless a file goes with them."""

    _answers: ClassVar[dict[type[Any], type[Any]]] = {}
    """What answers each method called so far: pydantic makes a class that nobody holds anew each time."""

    def check_response(
        self, bot: Bot, method: TelegramMethod[T], status_code: int, content: str
    ) -> Response[T]:
        """What Telegram says to a call, or what it complains of as an error."""
        if type(method) not in self._answers:
            kept = Response[method.__returning__]  # type: ignore[name-defined]  # only known at run time
            self._answers[type(method)] = kept
        return super().check_response(bot, method, status_code, content)

    def build_form_data(self, bot: Bot, method: TelegramMethod[Any]) -> FormData | JsonPayload:  # type: ignore[override]
        """What a call carries; what is empty is left out, as in aiogram's forms."""
        files: dict[str, InputFile] = {}
        fields = {
            name: prepared
            for name, value in method.model_dump(warnings=False).items()
            if (prepared := self.prepare_value(value, bot, files, _dumps_json=False)) not in (None, "")
        }
        if not files:
            return JsonPayload(fields, dumps=_compact)
        form = FormData(quote_fields=False)
        for name, value in fields.items():
            form.add_field(name, value if isinstance(value, str) else _compact(value))
        for name, file in files.items():
            form.add_field(name, file.read(bot), filename=file.filename or name)
        return form


def _compact(fields: Any) -> str:
    return json.dumps(fields, ensure_ascii=False, separators=(",", ":"))


def lean(update: dict[str, Any]) -> dict[str, Any]:
    """An update without the buttons of the message that was pressed.

    Nothing reads them, and to make aiogram's objects of them costs more than to make those of all the rest.
    """
    press = update.get("callback_query")
    if not isinstance(press, dict) or not isinstance(message := press.get("message"), dict):
        return update
    bare = {name: value for name, value in message.items() if name != "reply_markup"}
    return {**update, "callback_query": {**press, "message": bare}}

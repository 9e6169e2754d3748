"""Calls of the Bot API as JSON: a form has each letter that is not Latin written as six."""

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

    _answers: ClassVar[set[type[Any]]] = set()
    """The classes of all answers read so far: pydantic makes those that nobody holds anew each time."""

    def check_response(
        self, bot: Bot, method: TelegramMethod[T], status_code: int, content: str
    ) -> Response[T]:
        """What Telegram says to a call, or what it complains of as an error."""
        self._answers.add(Response[method.__returning__])  # type: ignore[name-defined]  # only known at run time
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

"""The bot's line to the local Telegram without a socket between them: a matrix makes thousands of presses."""

import json
from collections.abc import AsyncGenerator
from typing import Any

from aiogram import Bot
from aiogram.client.session.base import BaseSession
from aiogram.methods import Response, TelegramMethod
from aiogram.methods.base import TelegramType

from sandbox import Telegram
from sandbox.methods.calling import execute
from sandbox.methods.registry import Params


class DirectSession(BaseSession):
    """Every call is executed by the local Telegram's own methods, as strictly as over HTTP."""

    def __init__(self, telegram: Telegram) -> None:
        super().__init__()
        self._telegram = telegram
        # pydantic forgets these classes as soon as nobody holds them, and making one takes milliseconds.
        self._answers: set[type[Any]] = set()

    async def make_request(
        self,
        bot: Bot,
        method: TelegramMethod[TelegramType],
        timeout: int | None = None,  # noqa: ASYNC109 - the base class names it
    ) -> TelegramType:
        """One call and its answer."""
        files: dict[str, Any] = {}
        prepared = {
            name: self.prepare_value(value, bot=bot, files=files)
            for name, value in method.model_dump(warnings=False).items()
        }
        sent = {name: (file.filename, await _read(file, bot)) for name, file in files.items()}
        params = Params({name: value for name, value in prepared.items() if value is not None}, sent)
        name = method.__api_method__.lower()
        self._answers.add(Response[method.__returning__])  # type: ignore[name-defined]  # only known at run time
        call = await execute(self._telegram, self._telegram.bot, name, params)
        answer = call.refusal.as_json() if call.refusal else {"ok": True, "result": call.result}
        response = self.check_response(bot, method, call.status, json.dumps(answer))
        return response.result  # type: ignore[return-value]  # present whenever the check has passed

    def stream_content(self, *args: Any, **options: Any) -> AsyncGenerator[bytes, None]:
        """Nothing is downloaded here."""
        raise NotImplementedError

    async def close(self) -> None:
        """Nothing is open."""


async def _read(file: Any, bot: Bot) -> bytes:
    return b"".join([part async for part in file.read(bot)])

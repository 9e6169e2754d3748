"""The product's session to a local Telegram, without what aiogram's does for the sake of TLS."""

import ssl
from functools import cache
from unittest.mock import patch

from aiogram.client.telegram import TelegramAPIServer

from bot import answers
from bot.json_calls import JsonSession

answers.hold()
_certificates = cache(ssl.create_default_context)


class QuickSession(JsonSession):
    """Plain HTTP needs no certificates read at the beginning, and no quarter of a second at the end."""

    def __init__(self, url: str) -> None:
        with patch("ssl.create_default_context", _certificates):
            super().__init__(api=TelegramAPIServer.from_base(url))

    async def close(self) -> None:
        if self._session is not None:
            await self._session.close()

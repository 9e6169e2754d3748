"""aiogram's own session to a local Telegram, without what it does for the sake of TLS."""

import ssl
from functools import cache
from unittest.mock import patch

from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer

from bot import answers

answers.hold()
_certificates = cache(ssl.create_default_context)


class QuickSession(AiohttpSession):
    """Plain HTTP needs no certificates read at the beginning, and no quarter of a second at the end."""

    def __init__(self, url: str) -> None:
        with patch("ssl.create_default_context", _certificates):
            super().__init__(api=TelegramAPIServer.from_base(url))

    async def close(self) -> None:
        if self._session is not None:
            await self._session.close()

"""aiogram's types are built when they are first used, and come out as they would have otherwise."""

import re
import subprocess
import sys
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parents[2]
ON_DEMAND = "import bot"
ORDINARY = ""
WITHOUT_TRUST = "from bot import on_demand; on_demand._ready = lambda types, names: False"

COUNT = """
import aiogram
from aiogram import types
print(sum(getattr(getattr(types, name), "__pydantic_complete__", False) for name in types.__all__))
"""
DESCRIBE = """
from aiogram import methods, types
for module in (types, methods):
    for name in sorted(module.__all__):
        kind = getattr(module, name)
        if hasattr(kind, "model_rebuild"):
            print(name, kind.model_rebuild() is not False, kind.__pydantic_complete__)
            for field, about in sorted(kind.model_fields.items()):
                print("  ", field, about.annotation, about.is_required(), repr(about.default))
"""
ANSWER = """
from aiogram import Bot
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.methods import SendMessage
said = '{"ok":true,"result":{"message_id":7,"date":1,"chat":{"id":1,"type":"private"},"text":"Hello"}}'
bot, method = Bot("42:token"), SendMessage(chat_id=1, text="Hello")
message = AiohttpSession().check_response(bot, method, 200, said).result
print(message.message_id, message.chat.type, message.bot is bot, message.model_copy().text)
"""


@cache
def tell(*program: str) -> str:
    """What a program says that an interpreter of its own runs."""
    command = [sys.executable, "-c", "\n".join(program)]
    return subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True).stdout


def test_the_import_builds_next_to_nothing() -> None:
    assert int(tell(ON_DEMAND, COUNT)) < 10 < 300 < int(tell(ORDINARY, COUNT))


def test_every_type_and_method_can_be_built_and_is_the_same() -> None:
    late, early = (re.sub(r" at 0x[0-9a-f]+", "", tell(way, DESCRIBE)) for way in (ON_DEMAND, ORDINARY))

    assert late == early
    assert late.count("True True") > 500
    assert " False\n" not in "".join(line for line in late.splitlines(True) if line[0] != " ")


def test_an_answer_is_read_into_types_that_nobody_has_used_before() -> None:
    assert tell(ON_DEMAND, ANSWER) == "7 private True Hello\n"


def test_all_is_built_at_once_where_it_cannot_be_put_off() -> None:
    assert tell(WITHOUT_TRUST, COUNT) == tell(ORDINARY, COUNT)

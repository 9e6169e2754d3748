"""The demo starts wherever it can, and says where."""

import asyncio
import os
import re
import signal
import socket
import sys
from asyncio.subprocess import PIPE
from pathlib import Path

import httpx

from bot.demo.run import free_port

ROOT = Path(__file__).parents[2]


def test_a_free_port_is_taken_as_it_is_and_a_taken_one_is_replaced() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        assert free_port("127.0.0.1", port) not in (0, port)
    assert free_port("127.0.0.1", port) == port


async def test_the_demo_starts_beside_whoever_has_its_ports(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as page, socket.create_server(("127.0.0.1", 0)) as http:
        taken = {"SANDBOX_PORT": page.getsockname()[1], "HTTP_PORT": http.getsockname()[1]}
        settings = {name: str(port) for name, port in taken.items()} | {"DATA_DIR": str(tmp_path)}
        demo = await asyncio.create_subprocess_exec(
            sys.executable, "-m", "bot", "sandbox", "--language", "en",
            cwd=ROOT, env={**os.environ, **settings}, stdout=PIPE, stderr=PIPE,
        )  # fmt: skip
        assert demo.stdout is not None
        try:
            said = ""
            while "/metrics" not in said:
                line = await asyncio.wait_for(demo.stdout.readline(), 60)
                assert line, said
                said += line.decode()
            page_url, health_url = re.findall(r"http://[0-9.]+:[0-9]+/(?:readyz)?", said)
            async with httpx.AsyncClient() as client:
                assert (await client.get(page_url)).status_code == 200
            for address, port in ((page_url, taken["SANDBOX_PORT"]), (health_url, taken["HTTP_PORT"])):
                assert f":{port}/" not in address
        finally:
            demo.send_signal(signal.SIGTERM)
            _, complaints = await demo.communicate()
        assert demo.returncode == 0, complaints.decode()

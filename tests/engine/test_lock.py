"""One instance for each data directory."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from bot.lock import AlreadyRunningError, only_instance

HOLD = """
import pathlib, sys
from bot.lock import only_instance
with only_instance(pathlib.Path(sys.argv[1])):
    print("held", flush=True)
    sys.stdin.read()
"""
ROOT = Path(__file__).parents[2]


def test_a_second_instance_is_refused_with_the_first_ones_number(tmp_path: Path) -> None:
    words = f"process {os.getpid()}"
    with only_instance(tmp_path), pytest.raises(AlreadyRunningError, match=words), only_instance(tmp_path):
        pass
    with only_instance(tmp_path):
        pass


def test_a_killed_instance_holds_nothing(tmp_path: Path) -> None:
    with subprocess.Popen(
        [sys.executable, "-c", HOLD, str(tmp_path)], cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as other:
        assert other.stdout is not None
        assert other.stdout.readline() == b"held\n"
        with pytest.raises(AlreadyRunningError, match="Stop it first"), only_instance(tmp_path):
            pass
        other.kill()
        other.wait()
        with only_instance(tmp_path):
            pass


def test_the_data_directory_is_made(tmp_path: Path) -> None:
    with only_instance(tmp_path / "a" / "b"):
        assert (tmp_path / "a" / "b").is_dir()

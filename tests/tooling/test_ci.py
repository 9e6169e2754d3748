"""`.ci/run` is a sound shell script that runs all checks and all tests, and fails when one of them fails."""

import os
import shutil
import subprocess
from pathlib import Path

import pytest

REPOSITORY = Path(__file__).parents[2]
SCRIPT = REPOSITORY / ".ci" / "run"


@pytest.fixture
def clone(tmp_path: Path) -> Path:
    """A folder with `.ci/run`, a chromium, and a `./run` that takes notes; `failing` says where it fails."""
    (tmp_path / ".ci").mkdir()
    (tmp_path / ".ci" / "run").write_text(SCRIPT.read_text())
    (tmp_path / "bin").mkdir()
    (tmp_path / "failing").write_text("")
    for name, script in {
        "bin/chromium": "true",
        "run": 'echo "$SDELKA_CI_NO_SKIP $*" >> ran; ! grep -qx "$1" failing',
    }.items():
        (tmp_path / name).write_text(f"#!/bin/sh\n{script}\n")
        (tmp_path / name).chmod(0o755)
    return tmp_path


def run_ci(clone: Path, **environment: str) -> int:
    path = f"{clone}/bin{os.pathsep}{os.environ['PATH']}"
    script = [str(shutil.which("bash")), str(clone / ".ci" / "run")]
    return subprocess.run(script, cwd="/", env={"PATH": path, **environment}, check=False).returncode


def test_it_may_be_executed_and_parses() -> None:
    assert os.access(SCRIPT, os.X_OK)
    assert subprocess.run(["bash", "-n", str(SCRIPT)], check=False).returncode == 0


def test_it_checks_and_tests_and_allows_no_skipped_browser(clone: Path) -> None:
    assert run_ci(clone) == 0
    assert (clone / "ran").read_text().splitlines() == [
        "1 check",
        "1 test --durations=10 -n 3 --dist loadfile --no-loadscope-reorder",
    ]


def test_the_number_of_workers_can_be_chosen(clone: Path) -> None:
    assert run_ci(clone, PYTEST_WORKERS="0") == 0
    assert (clone / "ran").read_text().splitlines()[1] == "1 test --durations=10"


@pytest.mark.parametrize("failing", ["check", "test"])
def test_it_fails_when_one_part_fails_and_still_runs_the_other(clone: Path, failing: str) -> None:
    (clone / "failing").write_text(failing)

    assert run_ci(clone) == 1
    assert len((clone / "ran").read_text().splitlines()) == 2


@pytest.mark.parametrize(("apt", "status"), [("true", 0), ("! test $2 = install", 1)])
def test_a_machine_without_a_browser_gets_one_or_fails(clone: Path, apt: str, status: int) -> None:
    (clone / "bin" / "chromium").rename(clone / "bin" / "apt-get")
    (clone / "bin" / "apt-get").write_text(f'#!/bin/sh\necho "$*" >> {clone}/apt\n{apt}\n')
    for tool in ("cat", "dirname", "env", "grep", "mktemp", "rm", "sh"):
        (clone / "bin" / tool).symlink_to(str(shutil.which(tool)))

    assert run_ci(clone, PATH=f"{clone}/bin") == status
    assert (clone / "apt").read_text().splitlines() == [
        "-qq update",
        "-qq install -y --no-install-recommends chromium fonts-dejavu-core fonts-noto-color-emoji",
    ]
    assert (clone / "ran").exists() == (status == 0)

"""`./run` finds a Python, sets up once, and turns into the program that was asked for."""

import ast
import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from importlib.machinery import SourceFileLoader
from importlib.util import module_from_spec, spec_from_loader
from pathlib import Path
from types import ModuleType

import pytest

REPOSITORY = Path(__file__).parents[2]

PROGRAM = """\
import os, sys
print("bot", *sys.argv[1:], "in", os.getcwd(), "with", sys.prefix)
"""


@dataclass(frozen=True, slots=True)
class Miniature:
    """A folder with a copy of `./run`, locks without packages, and a program that tells how it started."""

    root: Path
    environment: dict[str, str]

    def load(self) -> ModuleType:
        """Import its `./run` as a module, which runs no command."""
        loader = SourceFileLoader("run_of_miniature", str(self.root / "run"))
        spec = spec_from_loader(loader.name, loader)
        assert spec is not None
        module = module_from_spec(spec)
        loader.exec_module(module)
        return module

    def start(self, *words: str, program: str = "run") -> subprocess.CompletedProcess[str]:
        """Run it, or another of its programs, from another folder."""
        command = [str(self.root / program), *words]
        return subprocess.run(
            command, cwd="/", env=self.environment, capture_output=True, text=True, check=False
        )


@pytest.fixture
def miniature(tmp_path: Path) -> Miniature:
    root = tmp_path / "a repository"
    (root / "bot").mkdir(parents=True)
    (root / "bot" / "__main__.py").write_text(PROGRAM)
    for lock in ("requirements.lock", "requirements-dev.lock"):
        (root / lock).write_text("")
    shutil.copy(REPOSITORY / "run", root / "run")
    if (REPOSITORY / ".tools").is_dir():
        (root / ".tools").symlink_to(REPOSITORY / ".tools")
    # Nothing is fetched: where this machine has no uv, the set-up goes on with the venv module and pip.
    offline = {"UV_OFFLINE": "1", "PIP_NO_INDEX": "1"}
    return Miniature(root, {"HOME": str(tmp_path), "PATH": os.environ["PATH"], **offline})


def fake_python(folder: Path, name: str, script: str) -> Path:
    folder.mkdir(exist_ok=True)
    python = folder / name
    python.write_text(f"#!/bin/sh\n{script}\n")
    python.chmod(0o755)
    return python


class Became(BaseException):
    """The process has turned into another program, so nothing after that may run."""


@pytest.fixture
def no_programs(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let no program start; turning into one is told by an exception."""

    def refuse(*arguments: object, **_: object) -> None:
        raise AssertionError(f"a program was started: {arguments}")

    def turn(path: object, arguments: list[str]) -> None:
        raise Became(*arguments[1:])

    monkeypatch.setattr(subprocess, "Popen", refuse)
    monkeypatch.setattr(os, "execv", turn)
    monkeypatch.setattr(os, "chdir", lambda folder: None)


# --- Set-up ----------------------------------------------------------------------------------------------


def test_the_first_start_sets_up_and_turns_into_the_program(miniature: Miniature) -> None:
    started = miniature.start("export", "deals.csv")

    assert started.returncode == 0, started.stderr
    assert started.stdout == f"bot export deals.csv in {miniature.root} with {miniature.root}/.venv\n"
    assert "Installed in" in started.stderr


def test_the_second_start_starts_nothing_but_the_program(miniature: Miniature, no_programs: None) -> None:
    run = miniature.load()
    pretend_set_up(run, "runtime")

    with pytest.raises(Became) as program:
        run.main(["migrate"])

    assert program.value.args == ("-m", "bot", "migrate")


def test_tools_installed_for_development_serve_the_program_too(miniature: Miniature) -> None:
    run = miniature.load()
    pretend_set_up(run, "dev")

    assert run.is_set_up("dev")
    assert run.is_set_up("runtime")


def test_what_the_program_needs_is_not_enough_for_the_tests(miniature: Miniature) -> None:
    run = miniature.load()
    pretend_set_up(run, "runtime")

    assert not run.is_set_up("dev")


@pytest.mark.parametrize("lock", ["requirements.lock", "requirements-dev.lock"])
def test_a_changed_lock_asks_for_a_new_set_up(miniature: Miniature, lock: str) -> None:
    run = miniature.load()
    pretend_set_up(run, "dev")

    (miniature.root / lock).write_text("# changed\n")

    assert not run.is_set_up("dev")
    assert not run.is_set_up("runtime")


def test_another_interpreter_behind_the_venv_asks_for_a_new_set_up(miniature: Miniature) -> None:
    run = miniature.load()
    pretend_set_up(run, "runtime")

    run.PYTHON.unlink()
    assert not run.is_set_up("runtime")
    run.PYTHON.symlink_to("/bin/sh")
    assert not run.is_set_up("runtime")


def test_a_set_up_that_fails_leaves_no_stamp(miniature: Miniature, monkeypatch: pytest.MonkeyPatch) -> None:
    run = miniature.load()
    pretend_set_up(run, "runtime")
    (miniature.root / "requirements.lock").write_text("# changed\n")

    def fail(lock: Path) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(run, "install", fail)
    with pytest.raises(KeyboardInterrupt):
        run.set_up("runtime")

    assert not run.STAMP.exists()


def test_a_new_set_up_keeps_the_tools_of_a_developer(
    miniature: Miniature, monkeypatch: pytest.MonkeyPatch
) -> None:
    run = miniature.load()
    pretend_set_up(run, "dev")
    (miniature.root / "requirements.lock").write_text("# changed\n")
    installed: list[str] = []

    monkeypatch.setattr(run, "install", lambda lock: installed.append(lock.name))
    run.set_up("runtime")

    assert installed == ["requirements-dev.lock"]
    assert run.is_set_up("dev")


def test_a_venv_without_an_interpreter_is_made_anew(miniature: Miniature) -> None:
    (miniature.root / ".venv" / "bin").mkdir(parents=True)
    (miniature.root / ".venv" / "bin" / "python").symlink_to("/nowhere/python3.11")

    started = miniature.start("migrate")

    assert started.returncode == 0, started.stderr
    assert started.stdout.startswith("bot migrate in ")


def test_without_uv_the_set_up_goes_on_with_the_venv_module_and_pip(
    miniature: Miniature, tmp_path: Path
) -> None:
    (miniature.root / ".tools").unlink(missing_ok=True)
    (tmp_path / "bin").mkdir()
    (tmp_path / "bin" / "python3").symlink_to(Path(sys.executable).resolve())
    miniature.environment["PATH"] = f"{tmp_path}/bin"

    started = miniature.start("migrate")

    assert started.returncode == 0, started.stderr
    assert "Going on with pip" in started.stderr
    assert miniature.start("migrate").stderr == ""


def test_the_launcher_reaches_the_program_from_any_folder_and_through_a_link(
    miniature: Miniature,
) -> None:
    assert miniature.start("setup").returncode == 0
    (miniature.root / "linked").symlink_to(".venv/bin/sdelka")

    assert miniature.start("backup", program=".venv/bin/sdelka").stdout.startswith("bot backup in ")
    assert miniature.start("backup", program="linked").stdout.startswith("bot backup in ")


def pretend_set_up(run: ModuleType, kind: str) -> None:
    run.PYTHON.parent.mkdir(parents=True)
    run.PYTHON.symlink_to(sys.executable)
    run.STAMP.write_text(run.fingerprint(kind))


# --- Commands --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("words", "program"),
    [
        (["test", "-x", "tests/services"], ("-m", "pytest", "-x", "tests/services")),
        (["bench", "press"], ("-m", "benchmarks", "press")),
        (["import", "--dry-run", "deals.csv"], ("-m", "bot", "import", "--dry-run", "deals.csv")),
    ],
)
def test_a_command_becomes_its_program(
    miniature: Miniature, no_programs: None, words: list[str], program: tuple[str, ...]
) -> None:
    run = miniature.load()
    pretend_set_up(run, "dev")

    with pytest.raises(Became) as became:
        run.main(words)

    assert became.value.args == program


@pytest.mark.parametrize(
    ("environment", "file", "command"),
    [
        (None, None, "sandbox"),
        ("1:token", None, "serve"),
        ("", None, "sandbox"),
        (None, "BOT_TOKEN=1:token\n", "serve"),
        (None, "\ufeffDATA_DIR=data\nexport BOT_TOKEN = '1:token'  # of the shop\n", "serve"),
        (None, "BOT_TOKEN=\n", "sandbox"),
        (None, 'BOT_TOKEN=""\n', "sandbox"),
        (None, "BOT_TOKEN= # to be filled in\n", "sandbox"),
        (None, "#BOT_TOKEN=1:token\n", "sandbox"),
        (None, "OTHER_BOT_TOKEN=1:token\n", "sandbox"),
        ("", "BOT_TOKEN=1:token\n", "serve"),
    ],
)
def test_a_token_decides_between_telegram_and_the_sandbox(
    miniature: Miniature,
    no_programs: None,
    monkeypatch: pytest.MonkeyPatch,
    environment: str | None,
    file: str | None,
    command: str,
) -> None:
    monkeypatch.delenv("BOT_TOKEN", raising=False)
    if environment is not None:
        monkeypatch.setenv("BOT_TOKEN", environment)
    if file is not None:
        (miniature.root / ".env").write_text(file)
    run = miniature.load()
    pretend_set_up(run, "runtime")

    with pytest.raises(Became) as became:
        run.main([])

    assert became.value.args == ("-m", "bot", command)


def test_all_checks_run_and_one_that_fails_is_named(
    miniature: Miniature, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    run = miniature.load()
    pretend_set_up(run, "dev")
    ran: list[str] = []

    def answer(*command: str) -> bool:
        ran.append(command[2])
        return command[2] != "mypy"

    monkeypatch.setattr(run, "succeeds", answer)
    with pytest.raises(SystemExit) as ended:
        run.main(["check"])

    assert ended.value.code == 1
    assert ran[:2] == ["ruff", "ruff"]
    assert len(ran) == len(run.CHECKS)
    assert "Failed: types, types of ./run." in capfd.readouterr().err


def test_help_needs_no_set_up(miniature: Miniature) -> None:
    helped = miniature.start("help")

    assert "./run test" in helped.stdout
    assert not (miniature.root / ".venv").exists()


# --- The interpreter -------------------------------------------------------------------------------------


def test_its_syntax_is_read_by_an_old_python() -> None:
    ast.parse((REPOSITORY / "run").read_text(), feature_version=(3, 6))


def test_the_newest_supported_python_that_answers_is_found(
    miniature: Miniature, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    fake_python(tmp_path / "shims", "python3.14", "exit 127")
    fake_python(tmp_path / "shims", "python3.12", "echo 3.12")
    found = fake_python(tmp_path / "later", "python3.13", "echo 3.13")
    monkeypatch.setenv("PATH", f"{tmp_path}/shims:{tmp_path}/none:{tmp_path}/later")

    assert miniature.load().find_python() == str(found)


def test_an_unsupported_python_hands_over_with_the_same_words(
    miniature: Miniature, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    python = fake_python(tmp_path / "bin", "python3.11", "echo 3.11")
    became: list[object] = []
    run = miniature.load()
    monkeypatch.setenv("PATH", str(tmp_path / "bin"))
    monkeypatch.setattr(sys, "argv", ["run", "test", "-x"])
    monkeypatch.setattr(os, "execv", lambda *program: became.extend(program))

    run.go_on_in_supported_python()

    assert became == [str(python), [str(python), str(miniature.root / "run"), "test", "-x"]]


def test_a_machine_without_a_supported_python_is_told_which_to_install(
    miniature: Miniature, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    fake_python(tmp_path / "bin", "python3.10", "echo 3.10")
    monkeypatch.setenv("PATH", str(tmp_path / "bin"))

    with pytest.raises(SystemExit, match=r"Sdelka needs Python 3\.11 to 3\.14"):
        miniature.load().go_on_in_supported_python()


def test_it_supports_the_pythons_that_the_project_declares() -> None:
    text = (REPOSITORY / "run").read_text()
    declared = (REPOSITORY / "pyproject.toml").read_text()

    assert 'SUPPORTED = ("3.14", "3.13", "3.12", "3.11")' in text
    assert 'requires-python = ">=3.11,<3.15"' in declared

"""Rules that hold for the text of the program itself."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PACKAGES = ("api", "bot", "db", "handlers", "integrations", "keyboards", "sandbox", "services")
LONGEST = 400
LONGEST_TEST = 600


def sources(*folders: str) -> list[Path]:
    return sorted(
        path
        for folder in folders
        for path in (ROOT / folder).rglob("*.py")
        if "versions" not in path.parts and "__pycache__" not in path.parts
    )


def calls(path: Path) -> Iterator[tuple[str, ast.Call]]:
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Call):
            name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
            yield name, node


def named(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def decides(call: ast.Call) -> bool:
    """An override that calls its parent's method of the same name decides nothing."""
    on = call.func.value if isinstance(call.func, ast.Attribute) else None
    return not (isinstance(on, ast.Call) and isinstance(on.func, ast.Name) and on.func.id == "super")


def test_commit_is_written_once() -> None:
    found = [
        named(path)
        for path in sources(*PACKAGES)
        for name, call in calls(path)
        if name == "commit" and decides(call)
    ]
    assert found == ["db/uow.py"]


def test_tasks_are_started_in_the_engine_only() -> None:
    found = {
        named(path)
        for path in sources(*PACKAGES)
        for name, _ in calls(path)
        if name in {"create_task", "ensure_future"}
    }
    assert {path for path in found if not path.startswith(("bot/", "sandbox/"))} == set()


def test_the_environment_is_read_in_one_place() -> None:
    found = {
        named(path)
        for path in sources(*PACKAGES)
        if "os.environ" in path.read_text() or "getenv" in path.read_text()
    }
    assert found == set()


def test_handlers_are_silent_about_tables() -> None:
    wanted = ("sqlalchemy", "db")
    for path in sources("handlers", "keyboards"):
        for node in ast.walk(ast.parse(path.read_text())):
            module = node.module if isinstance(node, ast.ImportFrom) else None
            assert not module or module.split(".")[0] not in wanted, named(path)


@pytest.mark.parametrize("path", sources(*PACKAGES), ids=named)
def test_a_file_says_what_belongs_in_it_and_stays_small(path: Path) -> None:
    text = path.read_text()
    assert ast.get_docstring(ast.parse(text)), "a module starts with a sentence on what belongs here"
    assert text.count("\n") <= LONGEST


@pytest.mark.parametrize("path", sources("tests"), ids=named)
def test_a_test_file_stays_readable(path: Path) -> None:
    assert path.read_text().count("\n") <= LONGEST_TEST


def test_public_services_tell_what_they_do() -> None:
    silent = []
    for path in sources("services"):
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.ClassDef):
                silent += [
                    f"{named(path)}:{item.name}"
                    for item in node.body
                    if isinstance(item, ast.FunctionDef | ast.AsyncFunctionDef)
                    and not item.name.startswith("_")
                    and not ast.get_docstring(item)
                ]
    assert silent == []


def test_no_expression_has_a_possessive_or_atomic_group() -> None:
    """Python before 3.11.5 misreads them, and Debian 12 has 3.11.2: python/cpython#106052."""
    found = {
        named(path)
        for path in sources(*PACKAGES)
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
        if re.search(r"(?<!\\)\)[*+?]\+|(?<!\\)\(\?>", node.value)
    }
    assert found == set()

"""The lock files hold what pyproject.toml asks for, each package with its hashes, and name no host."""

import re
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

REPOSITORY = Path(__file__).parents[2]
LOCKS = ("requirements.lock", "requirements-dev.lock")

PROJECT = tomllib.loads((REPOSITORY / "pyproject.toml").read_text())
NEEDED = PROJECT["project"]["dependencies"]
NEEDED_BY_DEVELOPERS = PROJECT["dependency-groups"]["dev"]


def entries(lock: str) -> list[str]:
    """Split a lock into its packages: each a pinned requirement, followed by its hashes."""
    text = (REPOSITORY / lock).read_text()
    return [entry for entry in re.split(r"\n(?! )", text) if entry]


def pins(lock: str) -> dict[str, set[str]]:
    """Return the locked versions by package name: more than one where Python's version decides."""
    found: dict[str, set[str]] = {}
    for entry in entries(lock):
        name, version = entry.split()[0].split("==")
        found.setdefault(canonicalize_name(name.partition("[")[0]), set()).add(version)
    return found


@pytest.mark.parametrize(
    ("lock", "requirement"),
    [("requirements.lock", line) for line in NEEDED]
    + [("requirements-dev.lock", line) for line in NEEDED + NEEDED_BY_DEVELOPERS],
)
def test_a_declared_dependency_is_locked_at_a_version_that_fits(lock: str, requirement: str) -> None:
    wanted = Requirement(requirement)
    locked = pins(lock).get(canonicalize_name(wanted.name), set())

    assert locked, f"{wanted.name} is not in {lock}; run ./run lock"
    assert all(wanted.specifier.contains(version) for version in locked), locked


def test_developers_test_with_the_versions_that_are_shipped() -> None:
    shipped, tested = pins("requirements.lock"), pins("requirements-dev.lock")

    assert {name: tested.get(name) for name in shipped} == shipped


@pytest.mark.parametrize("lock", LOCKS)
def test_each_package_is_pinned_with_hashes(lock: str) -> None:
    unsafe = [entry for entry in entries(lock) if "==" not in entry or "--hash=sha256:" not in entry]

    assert not unsafe


@pytest.mark.parametrize("lock", LOCKS)
def test_a_lock_names_no_host_and_no_index(lock: str) -> None:
    text = (REPOSITORY / lock).read_text()

    assert not re.search(r"://|--(?:extra-)?index-url|--find-links|--trusted-host| @ ", text)

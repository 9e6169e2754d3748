"""aiogram's types are built when they are first used, not all of them while aiogram is imported.

aiogram ends its import by building some 400 pydantic models, of which a bot meets thirty: most of the time
until the first poll, and more memory than all the rest. Each is declared with `defer_build`, so pydantic
builds it at its first use anyway, as soon as its module knows the names of its annotations.
"""

import sys
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from importlib.abc import Loader, MetaPathFinder
from importlib.machinery import ModuleSpec, PathFinder
from types import ModuleType
from typing import Any

PACKAGE = "aiogram"
TYPES = "aiogram.types."
Build = Callable[[], object]


def install() -> None:
    """From now on; nothing happens where aiogram has been imported already."""
    if PACKAGE not in sys.modules and not any(isinstance(finder, _Finder) for finder in sys.meta_path):
        sys.meta_path.insert(0, _Finder())


class _Finder(MetaPathFinder):
    """Finds aiogram where it always is, and has it loaded in our way."""

    def find_spec(
        self, fullname: str, path: Any = None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        if fullname != PACKAGE:
            return None
        sys.meta_path.remove(self)
        spec = PathFinder.find_spec(fullname, path, target)
        if spec is not None and spec.loader is not None:
            spec.loader = _Loader(spec.loader)
        return spec


class _Loader(Loader):
    """Loads aiogram as its own loader does, with the building put off."""

    def __init__(self, own: Loader) -> None:
        self._own = own

    def create_module(self, spec: ModuleSpec) -> ModuleType | None:
        return self._own.create_module(spec)

    def exec_module(self, module: ModuleType) -> None:
        module.__loader__ = self._own
        if module.__spec__ is not None:
            module.__spec__.loader = self._own
        _load(lambda: self._own.exec_module(module))


def _load(load: Build) -> None:
    """Load it and put off what it asks to be built; if the largest of it does not work so, build it all."""
    from pydantic import BaseModel

    builds: dict[type[BaseModel], Build] = {}
    names: dict[str, Any] = {}
    ordinary = BaseModel.__dict__["model_rebuild"]

    def put_off(cls: type[BaseModel], /, **options: Any) -> bool | None:
        def build() -> bool | None:
            result: bool | None = ordinary.__get__(None, cls)(**options)
            return result

        if not cls.__module__.startswith(TYPES):
            return build()
        builds[cls] = build
        names.update(options.get("_types_namespace") or {})
        return None

    type.__setattr__(BaseModel, "model_rebuild", classmethod(put_off))
    try:
        load()
    finally:
        type.__setattr__(BaseModel, "model_rebuild", ordinary)
    if not _ready(builds, names):
        for build in builds.values():
            build()


def _ready(types: Iterable[Any], names: Mapping[str, Any]) -> bool:
    """Tell the types' modules the names; whether the largest type can be built from them."""
    known = {kind.__name__: kind for kind in types}
    if not all(kind.model_config.get("defer_build") for kind in known.values()):
        return False
    for module in {kind.__module__ for kind in known.values()}:
        for name, value in names.items():
            vars(sys.modules[module]).setdefault(name, value)
    with suppress(Exception):  # Whatever pydantic has against it, the ordinary way is open.
        return known["Update"].model_rebuild(force=True) is True
    return False

"""What a person is filling in, step by step; kept in the database, so that a restart loses nothing."""

from typing import Any, Protocol


class FormStore(Protocol):
    """Keeps the open form of one person in one chat."""

    async def load(self) -> tuple[str | None, dict[str, Any]]:
        """The state (none if no form is open) and what was filled in so far."""
        ...

    async def save(self, state: str | None, data: dict[str, Any]) -> None:
        """Replace both; no state closes the form. Only after `load`."""
        ...


class Form:
    """The form of one turn, read once and written only when it changes."""

    def __init__(self, store: FormStore) -> None:
        self._store = store
        self._loaded: tuple[str | None, dict[str, Any]] | None = None

    async def state(self) -> str | None:
        """What the form waits for; None if no form is open."""
        return (await self._load())[0]

    async def data(self) -> dict[str, Any]:
        """What was filled in so far."""
        return dict((await self._load())[1])

    async def wait(self, state: str, **data: Any) -> None:
        """Wait for an answer in this state, keeping what was filled in before and adding `data`."""
        kept = {**(await self._load())[1], **data}
        self._loaded = (state, kept)
        await self._store.save(state, kept)

    async def close(self) -> None:
        """Forget the form, if one is open."""
        state, data = await self._load()
        if state is not None or data:
            self._loaded = (None, {})
            await self._store.save(None, {})

    async def _load(self) -> tuple[str | None, dict[str, Any]]:
        if self._loaded is None:
            self._loaded = await self._store.load()
        return self._loaded

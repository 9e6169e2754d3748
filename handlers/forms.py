"""What a person is filling in, step by step; kept in the database, so that a restart loses nothing."""

from typing import Any, Protocol

Content = tuple[str | None, dict[str, Any]]
"""The state (none if no form is open) and what was filled in so far."""
BUTTONS = "_buttons"
"""Where among the data the question's own buttons are kept, to stand under a refusal again."""
SHELF = "_shelf"
"""Where among the data is kept what outlives the form: drafts that may be gone on with later."""


class FormStore(Protocol):
    """Keeps the open form of one person in one chat."""

    async def load(self) -> Content:
        """The open form, if any."""
        ...

    async def save(self, state: str | None, data: dict[str, Any]) -> None:
        """Replace both; no state closes the form. Only after `load`."""
        ...


class Form:
    """The form of one turn: read once, written once, before the next question is shown or the turn ends."""

    def __init__(self, store: FormStore) -> None:
        self._store = store
        self._loaded: Content | None = None
        self._changed = False
        self._found: str | None = None
        self._draft: int | None = None
        self._asks = False

    @property
    def open(self) -> bool:
        """Whether this turn has opened the form, or found it open, and it waits for an answer."""
        return self._loaded is not None and self._loaded[0] is not None

    @property
    def asks(self) -> bool:
        """Whether this turn has opened the form, or gone on with it, or asks once more."""
        return self._asks and self.open

    @property
    def left(self) -> bool:
        """Whether this turn found the form waiting for an answer that it waits for no more."""
        return self._found is not None and not self.open

    @property
    def found(self) -> bool:
        """Whether this turn found the form waiting for an answer."""
        return self._found is not None

    @property
    def shelved(self) -> bool:
        """Whether what this turn found open is a draft that lies on the shelf now."""
        if self._loaded is None or self._draft is None:
            return False
        state, data = self._loaded
        return str(self._draft) in data.get(SHELF, {}) and (state is None or data.get("draft") != self._draft)

    async def state(self) -> str | None:
        """What the form waits for; None if no form is open."""
        return (await self._load())[0]

    async def data(self) -> dict[str, Any]:
        """What was filled in so far."""
        return {
            name: value for name, value in (await self._load())[1].items() if name not in (BUTTONS, SHELF)
        }

    async def again(self) -> dict[str, Any] | None:
        """Ask once more: the buttons that stand under the form's question."""
        self._asks = True
        return (await self._load())[1].get(BUTTONS)

    async def wait(self, state: str, **data: Any) -> None:
        """Wait for an answer in this state, keeping what was filled in before and adding `data`."""
        self._change(state, {**(await self._load())[1], **data})
        self._asks = True

    async def close(self) -> None:
        """Forget the form, if one is open; the shelf stays."""
        state, data = await self._load()
        left = {SHELF: data[SHELF]} if SHELF in data else {}
        if state is not None or data != left:
            self._change(None, left)

    async def shelf(self) -> dict[str, Any]:
        """What outlives the form, by its key."""
        return dict((await self._load())[1].get(SHELF, {}))

    async def keep_shelf(self, shelf: dict[str, Any]) -> None:
        """Replace it."""
        state, data = await self._load()
        rest = {name: value for name, value in data.items() if name != SHELF}
        if shelf != data.get(SHELF, {}):
            self._change(state, {**rest, SHELF: shelf} if shelf else rest)

    @property
    def changed(self) -> bool:
        """Whether there is something to write."""
        return self._changed

    async def settle(self, buttons: dict[str, Any] | None = None) -> None:
        """Write what has changed, with the buttons of the question that is about to be shown."""
        if not self._changed:
            return
        state, data = await self._load()
        if state is not None and buttons is not None:
            data = {**data, BUTTONS: buttons}
            self._loaded = (state, data)
        await self._store.save(state, data)
        self._changed = False

    def _change(self, state: str | None, data: dict[str, Any]) -> None:
        self._loaded, self._changed = (state, data), True

    async def _load(self) -> Content:
        if self._loaded is None:
            self._loaded = await self._store.load()
            self._found = self._loaded[0]
            self._draft = self._loaded[1].get("draft") if self._found is not None else None
        return self._loaded

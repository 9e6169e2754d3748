"""One instance for each data directory: the lock is the operating system's, so a crash releases it."""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

NAME = "sdelka.lock"


class AlreadyRunningError(Exception):
    """Another instance works in this data directory."""


@contextmanager
def only_instance(data_dir: Path) -> Iterator[None]:
    """Hold the data directory's lock. Raises AlreadyRunningError, with words for people, if it is held."""
    data_dir.mkdir(parents=True, exist_ok=True)
    path = data_dir / NAME
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o644)
    try:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            holder = path.read_text().strip() or "unknown"
            raise AlreadyRunningError(
                f"Sdelka is already running with the data directory {data_dir} (process {holder}). "
                "Stop it first, or give this one another DATA_DIR."
            ) from None
        os.ftruncate(descriptor, 0)
        os.write(descriptor, str(os.getpid()).encode())
        yield
    finally:
        os.close(descriptor)

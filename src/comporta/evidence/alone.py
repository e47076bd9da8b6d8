"""One writer at a time: whoever adds to the records of a case waits until nobody else does."""

import errno
import os
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path

from comporta.findings import Finding, Findings

WAIT_SECONDS, STEP_SECONDS = 30.0, 0.02
HELD = (errno.EACCES, errno.EAGAIN, errno.EWOULDBLOCK, errno.EDEADLK)
NEXT = "See what else writes to this case, then run the same line again."


@contextmanager
def alone(folder: Path, *, wait_seconds: float = WAIT_SECONDS) -> Iterator[None]:
    """Holds the records of a case for one writer; the lock goes with the process, and leaves no file in the case.

    Refuses: Findings, if another writer holds them for longer than is waited.
    """
    handle = _opened(folder)
    try:
        for _ in range(int(wait_seconds / STEP_SECONDS) + 1):
            if _taken(handle):
                break
            time.sleep(STEP_SECONDS)
        else:
            wrong = f"Another process has been writing to the records of {folder} for {wait_seconds:g} seconds."
            raise Findings([Finding("cannot-write", str(folder), wrong, NEXT)])
        yield
    finally:
        os.close(handle)


def _opened(folder: Path) -> int:
    """What is locked: the folder itself; where a folder cannot be opened, a file outside it that stands for it."""
    if sys.platform == "win32":
        name = sha256(str(folder.resolve()).encode()).hexdigest()[:24]
        return os.open(Path(tempfile.gettempdir()) / f"comporta-{name}.lock", os.O_RDWR | os.O_CREAT, 0o600)
    else:
        return os.open(folder, os.O_RDONLY)


def _taken(handle: int) -> bool:
    """Whether the lock is ours now."""
    try:
        if sys.platform == "win32":
            import msvcrt

            msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
        else:
            import fcntl

            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        return error.errno not in HELD  # a disk that knows no locks cannot keep anybody out
    return True

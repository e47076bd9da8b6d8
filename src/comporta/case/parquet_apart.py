"""Reads one Parquet file in a process of its own: a damaged one may end that process, and no more than that.

Run as: python -P parquet_apart.py FILE MOST_ROWS, which writes the table to standard output as Arrow IPC.
"""

import io
import sys
from pathlib import Path

import polars as pl

MOST_MEMORY = 16 * 1024**3
TOO_MANY_ROWS = 3


def _limit_memory() -> None:
    """No more memory than any case needs, where the system can limit it."""
    if sys.platform != "win32":
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))


def _main(path: str, most_rows: int) -> None:
    _limit_memory()
    data = Path(path).read_bytes()
    if pl.scan_parquet(io.BytesIO(data)).select(pl.len()).collect().item() > most_rows:
        sys.exit(TOO_MANY_ROWS)
    written = io.BytesIO()
    pl.read_parquet(io.BytesIO(data)).write_ipc(written)
    sys.stdout.buffer.write(written.getbuffer())


if __name__ == "__main__":
    _main(sys.argv[1], int(sys.argv[2]))

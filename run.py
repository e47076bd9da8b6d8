#!/usr/bin/env python3
"""Sets Comporta up beside this file, in .venv, and runs it. Nothing but Python 3.11 and pip is needed.

  python3 run.py            solve the worked case cases/h200-china into out/h200-china
  python3 run.py test       check style, types, imports and every test
  python3 run.py bench      measure, with bench/run.py
  python3 run.py docs       write docs/reference anew, with docs/make.py
  python3 run.py goldens    compare with the goldens only
  python3 run.py --help     this text

It installs what the lock files list, checked by hash, and again only when they change.
"""

from __future__ import annotations  # an older Python must get as far as saying that it is too old

import hashlib
import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
BIN = VENV / ("Scripts" if os.name == "nt" else "bin")
PYTHON = BIN / ("python.exe" if os.name == "nt" else "python")
UNFINISHED = "unfinished"  # lies in .venv while pip is at work
LOCKS = {"run": "requirements.lock", "dev": "requirements-dev.lock"}
OLDEST = (3, 11)
NO_PIP = (
    "This Python has no pip, and installing needs it. On Debian or Ubuntu: apt install python3-pip. "
    "Elsewhere: python3 -m ensurepip. Then run the same line again."
)
NO_INSTALL = (
    "pip could not install this; its own words are above. If this machine cannot reach the package index, "
    "connect it, or set PIP_INDEX_URL to a mirror that it can reach. Then run the same line again: it starts "
    "with a fresh .venv."
)


class Halt(Exception):
    """A calm sentence and the exit code that goes with it."""

    def __init__(self, sentence: str, code: int = 1) -> None:
        super().__init__(sentence)
        self.code = code


def too_old(version: tuple[int, ...]) -> str:
    """What to say to a Python older than we need; empty if it is new enough."""
    if version >= OLDEST:
        return ""
    have, need = ".".join(map(str, version[:2])), ".".join(map(str, OLDEST))
    return (
        f"Comporta needs Python {need} or newer, and this is Python {have}. "
        f"Install a newer one and start this file with it, for example: python{need} run.py"
    )


def digest(files: list[Path], place: Path) -> str:
    """One fingerprint of what the files say and where they are installed to."""
    sums = [f"{file.name} {hashlib.sha256(file.read_bytes()).hexdigest()}" for file in files]
    return hashlib.sha256("\n".join([str(place), *sums]).encode()).hexdigest()


def installed(record: Path, wanted: str) -> bool:
    """Whether the record says that exactly this was installed to the end."""
    return record.is_file() and record.read_text(encoding="utf-8").strip() == wanted


def fits(venv: Path, python: Path, version: str) -> bool:
    """Whether the folder is a whole environment of this Python version, made for this place."""
    notes = venv / "pyvenv.cfg"
    if not notes.is_file() or not python.exists() or (venv / UNFINISHED).exists():
        return False
    lines = notes.read_text(encoding="utf-8").splitlines()
    return f"version = {version}" in lines and any(line.endswith(f" {venv}") for line in lines)


def base_python() -> str:
    """The Python that makes .venv: this one, or the one behind it if this is .venv's own."""
    if Path(sys.prefix).resolve() == VENV:
        return str(getattr(sys, "_base_executable", sys.executable))
    return sys.executable


def pip_install(*what: str) -> None:
    """Install into .venv with the outer pip, in silence unless it fails."""
    call = [base_python(), "-m", "pip", "--python", str(PYTHON), "install", "--quiet", *what]
    settings = {**os.environ, "PIP_USER": "0", "PIP_DISABLE_PIP_VERSION_CHECK": "1"}
    done = subprocess.run(call, cwd=ROOT, env=settings, capture_output=True, text=True, check=False)
    if done.returncode == 0:
        return
    said = (done.stdout + done.stderr).strip()
    print("\n" + "\n".join(said.splitlines()[-12:]), file=sys.stderr)
    raise Halt(NO_PIP if "No module named pip" in said else NO_INSTALL)


def install(name: str) -> None:
    """Bring .venv up to one lock and the project itself, unless it is there already."""
    lock, record = ROOT / LOCKS[name], VENV / f"installed-{name}.sha256"
    wanted = digest([lock, ROOT / "pyproject.toml"], VENV)
    if installed(record, wanted):
        return
    started = time.monotonic()
    count = lock.read_text(encoding="utf-8").count("==")
    print(f"Installing {count} packages from {lock.name} …", end="", flush=True)
    (VENV / UNFINISHED).touch()
    record.unlink(missing_ok=True)
    pip_install("--require-hashes", "-r", str(lock))
    pip_install("--no-deps", "--no-build-isolation", "-e", str(ROOT))
    record.write_text(wanted + "\n", encoding="utf-8")
    (VENV / UNFINISHED).unlink()
    print(f" done in {time.monotonic() - started:.0f} s", flush=True)


def ready(*names: str) -> None:
    """Make .venv if need be, without pip in it, and install the locks named."""
    if not fits(VENV, PYTHON, ".".join(map(str, sys.version_info[:3]))):
        shutil.rmtree(VENV, ignore_errors=True)
        call = [base_python(), "-m", "venv", "--without-pip", str(VENV)]
        if subprocess.run(call, check=False).returncode != 0:
            raise Halt("Python could not make .venv; its own words are above. On Debian: apt install python3-venv")
    for name in names:
        install(name)


def tool(name: str, *words: str) -> int:
    """Run one program of .venv with its output in sight, and hand back its exit code."""
    return subprocess.run([str(BIN / name), *words], cwd=ROOT, check=False).returncode


def plan() -> int:
    """Solve the first worked case."""
    ready("run")
    code = tool("comporta", "plan", "cases/h200-china", "--out", "out/h200-china")
    if code == 0:
        comporta = (BIN / "comporta").relative_to(ROOT)
        lines = (
            f"{comporta} suppositions h200-china",
            f"{comporta} plan h200-china --suppose us-grants --suppose approval-400k",
            f"{comporta} case copy h200-china my-case",
            "python3 run.py test",
        )
        print("\nTry next:\n  " + "\n  ".join(lines))
    return code


def test() -> int:
    """Run every check in turn; stop at the first that fails."""
    ready("run", "dev")
    steps = [
        ("ruff", "check", "."),
        ("ruff", "format", "--check", "."),
        ("mypy",),
        ("lint-imports",),
        ("pytest", "-n", "2"),
    ]
    code, times = 0, []
    for step in steps:
        print(f"\n== {' '.join(step)}", flush=True)
        started = time.monotonic()
        code = tool(*step)
        times.append(f"  {time.monotonic() - started:6.1f} s  {' '.join(step)}")
        if code != 0:
            times[-1] += f"  (stopped here, exit {code})"
            break
    print("\nEach step took:\n" + "\n".join(times), flush=True)
    return code


def script(path: str) -> int:
    """Run one script of the checkout in .venv."""
    if not (ROOT / path).is_file():
        raise Halt(f"{path} is not in this checkout yet. Verbs that work now: plan, test, goldens", 2)
    ready("run", "dev")
    return tool("python", path)


def goldens() -> int:
    """Compare with the goldens only."""
    ready("run", "dev")
    print("Goldens are written by hand, before the code, and never dumped from it.", flush=True)
    return tool("pytest", "-q", "-m", "golden")


VERBS = {
    "plan": plan,
    "test": test,
    "bench": lambda: script("bench/run.py"),
    "docs": lambda: script("docs/make.py"),
    "goldens": goldens,
}


def act(words: list[str]) -> int:
    """Do what the words ask for."""
    sorry = too_old(sys.version_info[:3])
    if sorry:
        raise Halt(sorry)
    if {"-h", "--help", "help"} & set(words):
        print(__doc__)
        return 0
    asked = " ".join(word for word in words if word != "--full") or "plan"
    if asked not in VERBS:
        raise Halt(f"run.py knows {', '.join(VERBS)}, one at a time. It was asked for: {asked}", 2)
    return VERBS[asked]()


def main(words: list[str]) -> int:
    """Do what the words ask for, and say calmly if it cannot be done."""
    try:
        return act(words)
    except Halt as halt:
        print(halt, file=sys.stderr)
        return halt.code
    except KeyboardInterrupt:
        print("\nStopped. Run the same line again when you like.", file=sys.stderr)
        return 130


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

"""Online answers are kept for ever: asking twice is impolite, and answers are for the asking only once."""

from __future__ import annotations

import json
import threading
from pathlib import Path
from typing import Protocol


class AnswerCache(Protocol):
    """Where answers are kept: the store, or a file."""

    def get(self, key: str) -> str | None:
        """The text kept under a key, None if there is none."""

    def put(self, key: str, value: str) -> None:
        """Keep a text under a key; it survives the program's end."""


class FileCache:
    """A cache in one file, a line of JSON for each answer; a line cut short by a crash is skipped."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._lock = threading.Lock()
        self._answers: dict[str, str] = {}
        self.skipped = 0  # lines that could not be read
        if path.is_file():
            for line in path.read_text("utf-8", errors="replace").splitlines():
                self._read_line(line)

    def _read_line(self, line: str) -> None:
        try:
            key, value = json.loads(line)
        except (ValueError, TypeError):
            self.skipped += 1
            return
        self._answers[str(key)] = str(value)

    def get(self, key: str) -> str | None:
        """The text kept under a key, None if there is none."""
        with self._lock:
            return self._answers.get(key)

    def put(self, key: str, value: str) -> None:
        """Keep a text under a key: appended to the file at once, on a line of its own."""
        with self._lock:
            self._answers[key] = value
            self._path.parent.mkdir(parents=True, exist_ok=True)
            cut_short = self._path.is_file() and self._path.stat().st_size > 0 and not self._ends_line()
            with self._path.open("a", encoding="utf-8") as file:
                file.write(("\n" if cut_short else "") + json.dumps([key, value]) + "\n")

    def _ends_line(self) -> bool:
        with self._path.open("rb") as file:
            file.seek(-1, 2)
            return file.read(1) == b"\n"

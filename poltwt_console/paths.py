"""Where things are: the program's own data, and the organiser's.

Resources lie beside the package in a checkout (``resources/``) and inside it in a wheel
(``poltwt_console/resources``).  The organiser's data folder is the platform's (platformdirs),
or any folder given with ``--basedir``.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent


def resources() -> Path:
    """The folder of data files that ship with the program."""
    inside = _PACKAGE / "resources"
    return inside if inside.is_dir() else _PACKAGE.parent / "resources"


def gazetteer_file() -> Path:
    """The built file of places (see ``hatch_build.py``); it may be missing."""
    return resources() / "gazetteer" / "gazetteer.sqlite"


@dataclass(frozen=True, slots=True)
class Profile:
    """One organiser's folder: the database, settings, caches; ``--basedir`` gives a throwaway one."""

    base: Path

    @property
    def database(self) -> Path:
        return self.base / "poltwt.db"

    @property
    def settings(self) -> Path:
        return self.base / "settings.json"

    @property
    def online_answers(self) -> Path:
        """What services answered, so that none is asked twice."""
        return self.base / "online-answers.jsonl"


def default_profile() -> Profile:
    """The profile in the platform's data folder (Linux: ``~/.local/share/poltwt-console``)."""
    import platformdirs

    return Profile(Path(platformdirs.user_data_dir("poltwt-console", appauthor=False)))


@contextmanager
def written_beside(path: Path) -> Iterator[Path]:
    """A file beside ``path`` to write to: it takes its place at the end, and until then the old one stays.

    What goes wrong inside leaves the old file, and no other; OSError if the disk refuses.
    """
    beside = path.with_name(f".{path.name}.new")
    try:
        yield beside
        os.replace(beside, path)
    finally:
        beside.unlink(missing_ok=True)

"""What the organiser has set, in a small JSON file of the profile; readable by its owner only."""

from __future__ import annotations

import json
import os
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from poltwt_console.errors import ConsoleError


@dataclass(frozen=True, slots=True)
class Pattern:
    """A label or ignore word that the organiser added: literal text, and what it means."""

    text: str
    meaning: str
    language: str = ""


@dataclass(frozen=True, slots=True)
class Settings:
    """All of it, with what holds where nothing was set."""

    patterns: tuple[Pattern, ...] = ()
    call: str = ""  # the organiser's own call, to be known again when a mail quotes it


def load_settings(path: Path) -> Settings:
    """The settings of a profile; those that hold by default where there is no file yet."""
    try:
        values: dict[str, Any] = json.loads(path.read_text("utf-8"))
    except FileNotFoundError:
        return Settings()
    except (OSError, ValueError) as error:
        raise ConsoleError(
            f"The settings in {path.name} cannot be read.",
            "Mend or remove the file; it holds nothing but settings.",
        ) from error
    patterns = tuple(Pattern(**p) for p in values.get("patterns", []))
    return Settings(patterns, str(values.get("call", "")))


def save_settings(path: Path, settings: Settings) -> None:
    """Write beside, then rename."""
    path.parent.mkdir(parents=True, exist_ok=True)
    beside = path.with_suffix(".new")
    beside.write_text(json.dumps(asdict(settings), ensure_ascii=False, indent=1), "utf-8")
    beside.chmod(0o600)
    os.replace(beside, path)

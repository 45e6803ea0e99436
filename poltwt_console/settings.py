"""What the organiser has set, in a small JSON file of the profile; readable by its owner only.

No password and no key is ever here: those are in the system's keyring.
"""

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
    meaning: str  # a field ("address"), or "ignore"
    language: str = ""


@dataclass(frozen=True, slots=True)
class MailAccount:
    """A mail server that was read from, and up to where."""

    host: str
    user: str
    folder: str = "INBOX"
    port: int = 993
    ca_file: str = ""
    validity: int = 0
    last_uid: int = 0


@dataclass(frozen=True, slots=True)
class Online:
    """Looking places up online: off until the organiser switches it on."""

    enabled: bool = False
    service: str = "nominatim"
    server_url: str = ""


@dataclass(frozen=True, slots=True)
class Settings:
    """All of it, with what holds where nothing was set."""

    patterns: tuple[Pattern, ...] = ()
    call: str = ""  # the organiser's own call, to be known again when a mail quotes it
    mail_accounts: tuple[MailAccount, ...] = ()
    online: Online = Online()


def load_settings(path: Path) -> Settings:
    """The settings of a profile; those that hold by default where there is no file yet."""
    try:
        values: dict[str, Any] = json.loads(path.read_text("utf-8"))
        return Settings(
            patterns=tuple(Pattern(**p) for p in values.get("patterns", [])),
            call=str(values.get("call", "")),
            mail_accounts=tuple(MailAccount(**a) for a in values.get("mail_accounts", [])),
            online=Online(**values.get("online", {})),
        )
    except FileNotFoundError:
        return Settings()
    except (OSError, ValueError, TypeError, AttributeError) as error:
        raise ConsoleError(
            f"The settings in {path.name} cannot be read.",
            "Mend or remove the file; it holds nothing but settings.",
        ) from error


def save_settings(path: Path, settings: Settings) -> None:
    """Write beside, then rename."""
    path.parent.mkdir(parents=True, exist_ok=True)
    beside = path.with_suffix(".new")
    beside.write_text(json.dumps(asdict(settings), ensure_ascii=False, indent=1), "utf-8")
    beside.chmod(0o600)
    os.replace(beside, path)

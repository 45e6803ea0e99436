"""What a command says: on standard output, in words or (``--json``) in JSON alone; errors on the other."""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from poltwt_console.errors import ConsoleError, UsageError

if TYPE_CHECKING:
    from poltwt_console.domain.changes import Changes


def tell(error: ConsoleError) -> int:
    """Tell an error on standard error; returns the exit code."""
    print(f"poltwt-console: {error.sentence}" + (f"\n  {error.hint}" if error.hint else ""), file=sys.stderr)
    return 2 if isinstance(error, UsageError) else 1


def say_json(row: Mapping[str, Any]) -> None:
    """One line of JSON."""
    print(json.dumps(row, ensure_ascii=False))


def say_changes(changes: Changes, *, as_json: bool) -> int:
    """What a verb did; returns the exit code."""
    if as_json:
        say_json(
            {
                "label": changes.label,
                **changes.counts,
                "sentence": changes.sentence,
                "problems": list(changes.problems),
            }
        )
        return 0
    print(changes.sentence or changes.label + ".")
    for problem in changes.problems:
        print(f"  {problem}")
    return 0

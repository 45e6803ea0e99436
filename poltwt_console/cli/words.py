"""Own words: list, try, keep, drop, carry over."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from poltwt_console.cli.answers import say_changes, say_json
from poltwt_console.cli.context import Context
from poltwt_console.domain.counts import counted
from poltwt_console.errors import ConsoleError, UsageError

if TYPE_CHECKING:
    from poltwt_console.settings import Pattern
    from poltwt_console.workflow.rereading import Difference


def words(context: Context, arguments: Any) -> int:
    """All that is done with own words; a person sees what reads differently before it is kept."""
    from poltwt_console.settings import load_settings
    from poltwt_console.workflow import own_words

    kept = load_settings(context.profile.settings).patterns
    if arguments.what == "list":
        _say_words(kept, as_json=arguments.json)
        return 0
    if arguments.what == "export":
        if not arguments.text:
            raise UsageError("Say which file to write.")
        changes = own_words.write_words(Path(arguments.text), kept)
        return say_changes(changes, as_json=arguments.json)
    wanted = _wanted(kept, arguments)
    if arguments.what == "try" or not arguments.json:  # a program that keeps words reads one answer
        differences = own_words.try_words(
            context.store, context.reader_with, context.profile.settings, context.edition_id, wanted
        )
        _say_differences(differences, as_json=arguments.json)
    if arguments.what == "try":
        if not arguments.json:
            print(f"{counted(len(differences), 'mail')} would read differently; nothing was changed.")
        return 0
    changes, _ = own_words.keep_words(
        context.store, context.reader_with, context.profile.settings, context.edition_id, wanted
    )
    return say_changes(changes, as_json=arguments.json)


def _wanted(kept: Sequence[Pattern], arguments: Any) -> tuple[Pattern, ...]:
    """The words as they would be then."""
    from poltwt_console.workflow import own_words

    if arguments.what == "drop":
        return own_words.without_word(kept, arguments.text)
    if arguments.what == "import":
        return own_words.with_words(kept, own_words.read_words(Path(arguments.text)))
    try:
        added = own_words.checked_word(arguments.text, arguments.means)
    except ConsoleError as error:
        raise UsageError(error.sentence, f"{error.hint} --means says what follows it.") from error
    return own_words.with_words(kept, [added])


def _say_words(kept: Sequence[Pattern], *, as_json: bool) -> None:
    for word in kept:
        if as_json:
            say_json({"text": word.text, "means": word.meaning, "language": word.language})
        else:
            print(f"{word.meaning}\t{word.text}")


def _say_differences(differences: Sequence[Difference], *, as_json: bool) -> None:
    for one in differences:
        if as_json:
            say_json(
                {
                    "number": one.number,
                    "subject": one.subject,
                    "changes": list(one.changes),
                    "id": one.message_id,
                }
            )
            continue
        print(f"#{one.number} {one.subject}")
        for change in one.changes:
            print(f"    {change}")

"""An edition as a whole: its figures, its files, and whether its database is whole."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from poltwt_console.cli.answers import say_changes, say_json
from poltwt_console.cli.context import Context
from poltwt_console.domain.counts import counted


def export(context: Context, arguments: Any) -> int:
    """Write one file."""
    from poltwt_console.workflow import publish

    changes = publish.export(context.store, context.edition_id, arguments.kind, Path(arguments.to))
    return say_changes(changes, as_json=arguments.json)


def report(context: Context, arguments: Any) -> int:
    """The event's figures."""
    from dataclasses import asdict

    from poltwt_console.store.messages import UNREAD
    from poltwt_console.store.queries.figures import figures
    from poltwt_console.store.queries.inbox import queue_counts

    with context.store.read() as connection:
        seen = figures(connection, context.edition_id)
        queue = queue_counts(connection, context.edition_id)
    if arguments.json:
        say_json({**asdict(seen), "queue": queue})
        return 0
    accounts = counted(seen.agency_accounts, "agency account")
    print(f"{accounts} of {counted(seen.agencies, 'agency', 'agencies')} (confirmed)")
    print(f"{counted(seen.officers, 'individual officer')} (confirmed)")
    print(f"{counted(seen.countries, 'country', 'countries')} of confirmed accounts")
    print(f"{counted(seen.withdrawn, 'account')} withdrawn")
    waiting = f"{queue['review']:,} to review, {queue['done']:,} done, {queue['aside']:,} set aside"
    unread = f", {queue[UNREAD]:,} not read yet" if queue[UNREAD] else ""
    print(f"{counted(seen.mails, 'mail')}: {waiting}{unread}")
    return 0


def verify(context: Context, arguments: Any) -> int:
    """Each check with what it found; 1 where one found something."""
    from poltwt_console.store.verify import verify

    with context.store.read() as connection:
        found = verify(connection)
    if arguments.json:
        say_json(found)
    else:
        for check, problems in found.items():
            print(f"{'ok ' if not problems else 'NO '} {check}")
            for problem in problems:
                print(f"    {problem}")
    return 1 if any(found.values()) else 0

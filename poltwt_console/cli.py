"""The same verbs without a screen: exit code 0 done, 1 not done, 2 wrong usage; ``--json`` for programs."""

from __future__ import annotations

import argparse
import csv
import json
import os
import sys
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol, TextIO

from poltwt_console import __version__
from poltwt_console.errors import ConsoleError, UnreadableError, UsageError

if TYPE_CHECKING:
    from poltwt_console.domain.changes import Changes
    from poltwt_console.domain.intake import ReadMail
    from poltwt_console.domain.place import Location
    from poltwt_console.paths import Profile
    from poltwt_console.settings import Settings
    from poltwt_console.store import Store
    from poltwt_console.workflow.reading import MailReader


class Context(Protocol):
    """What a command is given; ``app.Console`` is one."""

    @property
    def store(self) -> Store:
        """The database, opened when asked for."""

    @property
    def edition_id(self) -> str:
        """The edition that was asked for, or the newest."""

    @property
    def reader(self) -> MailReader:
        """The reader of mails for that edition."""

    @property
    def profile(self) -> Profile:
        """The organiser's folder."""

    def reader_for(self, email: str, name: str = "") -> MailReader:
        """A reader that needs no database."""

    def reader_with(self, settings: Settings) -> MailReader:
        """A reader as these settings would make it."""


class Arguments(argparse.Namespace):
    """What was typed."""

    basedir: str | None
    database: str | None
    edition: str | None
    demo: bool
    json: bool
    command: Callable[[Context, Arguments], int] | None


#: Who reads the mails where no database says so (``extract`` opens none).
_ORGANISER = "lauri@poltwt.example"


def parse(argv: Sequence[str]) -> Arguments:
    """The arguments; argparse ends the program with code 2 where they do not fit."""
    return _parser().parse_args(argv, Arguments())


def tell(error: ConsoleError) -> int:
    """Tell an error on standard error; returns the exit code."""
    print(f"poltwt-console: {error.sentence}" + (f"\n  {error.hint}" if error.hint else ""), file=sys.stderr)
    return 2 if isinstance(error, UsageError) else 1


def screen_missing() -> ConsoleError:
    """There is no screen to open a window on."""
    return ConsoleError(
        "There is no screen to open the window on.",
        "Start it in a desktop session; the commands work without one (--help lists them).",
    )


def window_missing(what: str) -> ConsoleError:
    """The one line to run where Qt's system libraries are missing."""
    return ConsoleError(
        f"The window cannot be opened; missing: {what}.",
        "On Debian or Ubuntu run: sudo apt-get install --no-install-recommends libgl1 libegl1 libxkbcommon0 "
        "libglib2.0-0 libfontconfig1 libdbus-1-3 libxkbcommon-x11-0 libxcb-cursor0 libxcb-icccm4 "
        "libxcb-keysyms1 libxcb-shape0",
    )


def _parser() -> argparse.ArgumentParser:
    common = argparse.ArgumentParser(add_help=False)
    common.add_argument("--json", action="store_true", help="answer in JSON, one line a row")
    # Given before or after the command; SUPPRESS keeps the second from undoing the first.
    common.add_argument(
        "--edition", default=argparse.SUPPRESS, metavar="ID", help="an edition other than the newest"
    )
    parser = argparse.ArgumentParser(
        prog="poltwt-console",
        description="The console of the Global Police Tweet-a-thon. Without a command it opens the window.",
    )
    parser.add_argument("--version", action="version", version=f"poltwt-console {__version__}")
    parser.add_argument("--basedir", metavar="DIR", help="a profile folder of its own")
    parser.add_argument("--database", metavar="FILE-or-URL", help="another database than the profile's")
    parser.add_argument("--edition", metavar="ID", help="an edition other than the newest")
    parser.add_argument("--demo", action="store_true", help="a throwaway profile with an invented inbox")
    parser.set_defaults(command=None, json=False)
    commands = parser.add_subparsers(title="commands", metavar="COMMAND")

    def add(name: str, command: Callable[[Context, Any], int], words: str) -> argparse.ArgumentParser:
        sub = commands.add_parser(name, parents=[common], help=words, description=words)
        sub.set_defaults(command=command)
        return sub

    sub = add("import", _import, "read mails from files, folders and mailboxes into the database")
    sub.add_argument("paths", nargs="+", metavar="PATH", help="a file or folder; - is standard input")
    sub = add("extract", _extract, "say what mails hold, without a database")
    sub.add_argument("paths", nargs="+", metavar="PATH")
    sub.add_argument(
        "--jsonl", action="store_true", help="one JSON line a mail (the only form; may be left out)"
    )
    sub = add("accept", _accept, "accept registrations")
    sub.add_argument("--ready", action="store_true", help="all that are ready")
    sub.add_argument("ids", nargs="*", metavar="ID", help="registrations, or #number of a mail for all of it")
    sub = add("locate", _locate, "find the place of an address, offline")
    sub.add_argument("address", nargs="?")
    sub.add_argument(
        "--country", metavar="CODE", help="the country, if it is known (ISO 3166-1, two letters)"
    )
    sub.add_argument("--csv", metavar="IN", help="a file with columns id, address and maybe country")
    sub.add_argument("--to", metavar="OUT", help="where the answers go")
    sub = add("list", _list, "list messages, registrations, participants, or places to look at")
    sub.add_argument("what", choices=("messages", "registrations", "participants", "places"))
    sub = add("export", _export, "write the Twitter list, the map or the participants")
    sub.add_argument("kind", metavar="KIND", help="twitter-list, map or participants")
    sub.add_argument("--to", required=True, metavar="FILE", help="the file's ending says the form")
    sub = add("fetch", _fetch, "read new mails from a mail server (IMAP, read-only)")
    sub.add_argument("account", metavar="USER@HOST", help="the user may hold an @ of its own")
    sub.add_argument("--folder", default="INBOX")
    sub.add_argument("--port", type=int, default=993)
    sub.add_argument(
        "--ca-file", default="", metavar="PEM", help="a certificate to trust besides the system's"
    )
    sub = add("words", _words, "labels and words to ignore of your own: list, try, keep, drop, carry over")
    sub.add_argument("what", choices=("list", "try", "keep", "drop", "export", "import"))
    sub.add_argument(
        "text", nargs="?", default="", help="literal text, such as “our office is at”; or the file"
    )
    sub.add_argument("--means", default="", metavar="FIELD", help="address, handle, agency ..., or ignore")
    sub = add("refine", _refine, "look doubtful places up online, where you say so")
    sub.add_argument(
        "--service", default="", metavar="NAME", help="nominatim, photon, opencage, google, arcgis"
    )
    sub.add_argument("--server", default="", metavar="URL", help="a server of your own")
    sub.add_argument("--yes", action="store_true", help="send without asking again")
    add("report", _report, "the event's figures, with what is counted")
    add("undo", _undo, "undo the newest step")
    add("redo", _redo, "apply again what was undone last")
    add("verify", _verify, "check that the database is whole")
    return parser


# ---------------------------------------------------------------- commands


def _fetch(context: Context, arguments: Any) -> int:
    import getpass

    from poltwt_console.mailbox.imap import Account, find_password, save_password
    from poltwt_console.workflow.fetching import fetch

    user, at, host = arguments.account.rpartition("@")
    if not at or not user:
        raise UsageError("Say whose mail and where: USER@HOST.")
    account = Account(host, user, arguments.folder, arguments.port, arguments.ca_file)
    password = find_password(account)
    typed = password is None
    if password is None:
        password = getpass.getpass(f"Password of {account.key}: ")
    changes = fetch(
        context.store, context.reader, context.edition_id, context.profile.settings, account, password
    )
    if typed:
        save_password(account, password)
    return _said(changes, arguments)


def _words(context: Context, arguments: Any) -> int:
    from dataclasses import replace

    from poltwt_console.settings import load_settings
    from poltwt_console.workflow import own_words, rereading

    settings = load_settings(context.profile.settings)
    kept = settings.patterns
    if arguments.what == "list":
        for known in kept:
            print(f"{known.meaning}\t{known.text}")
        return 0
    if arguments.what == "export":
        own_words.write_words(Path(arguments.text), kept)
        print(f"{len(kept)} words written.")
        return 0
    if arguments.what == "drop":
        wanted = tuple(p for p in kept if p.text != arguments.text)
        if wanted == kept:
            raise UsageError(f"There is no word “{arguments.text}” of yours.", "`words list` shows them.")
    elif arguments.what == "import":
        wanted = own_words.with_words(kept, own_words.read_words(Path(arguments.text)))
    else:
        try:
            added = own_words.checked_word(arguments.text, arguments.means)
        except ConsoleError as error:
            raise UsageError(error.sentence, f"{error.hint} --means says what follows it.") from error
        wanted = own_words.with_words(kept, [added])
    reader = context.reader_with(replace(settings, patterns=wanted))
    differences = rereading.preview(context.store, reader, context.edition_id)
    for difference in differences:
        print(f"#{difference.number} {difference.subject}")
        for change in difference.changes:
            print(f"    {change}")
    if arguments.what == "try":
        print(f"{len(differences)} mails would read differently; nothing was changed.")
        return 0
    changes, _ = own_words.keep_words(
        context.store, context.reader_with, context.profile.settings, context.edition_id, wanted
    )
    return _said(changes, arguments)


def _refine(context: Context, arguments: Any) -> int:
    from poltwt_console.geocoding.online import OnlineGeocoder, describe_request, find_service
    from poltwt_console.geocoding.online_cache import FileCache
    from poltwt_console.geocoding.online_keys import read_api_key
    from poltwt_console.settings import load_settings
    from poltwt_console.store.queries.places import doubtful_places
    from poltwt_console.workflow.online import locate_online

    chosen = load_settings(context.profile.settings).online
    service = find_service(arguments.service or chosen.service)
    server = arguments.server or chosen.server_url
    with context.store.read() as connection:
        ids = [row.location_id for row in doubtful_places(connection, context.edition_id)]
    if not ids:
        print("No place is in doubt.")
        return 0
    print(describe_request(service, len(ids), server))
    if not arguments.yes and input("Send them? [y/N] ").strip().lower() not in ("y", "yes"):
        raise ConsoleError("Nothing was sent.")
    geocoder = context.reader.geocoder
    if geocoder is None:
        raise ConsoleError(context.reader.gazetteer_error)
    key = read_api_key(service.key) if service.needs_key else ""
    cache = FileCache(context.profile.base / "online-answers.jsonl")
    online = OnlineGeocoder(service, cache, geocoder.file, server_url=server, api_key=key)
    return _said(locate_online(context.store, online, ids), arguments)


def _import(context: Context, arguments: Any) -> int:
    from poltwt_console.mailbox import open_stream
    from poltwt_console.workflow import intake

    if arguments.paths == ["-"]:
        changes = intake.import_sources(
            context.store, context.reader, context.edition_id, open_stream(sys.stdin.buffer), "standard input"
        )
    else:
        changes = intake.import_mail(
            context.store, context.reader, context.edition_id, [Path(p) for p in arguments.paths]
        )
    code = _said(changes, arguments)
    return 1 if code == 0 and not changes.counts["new"] and not changes.counts["known"] else code


def _extract(context: Context, arguments: Any) -> int:
    from datetime import UTC, datetime

    from poltwt_console.mailbox import Unreadable, open_sources
    from poltwt_console.workflow.reading import read_all

    failed = 0
    paths = [Path(p) for p in arguments.paths]
    sources = open_sources(paths)
    for read in read_all(sources, context.reader_for(_ORGANISER), datetime.now(UTC)):
        if isinstance(read, Unreadable):
            failed += 1
            tell(UnreadableError(f"{read.origin}: {read.sentence}", read.hint))
        else:
            print(json.dumps(_extracted(read, _file_name(read.message.origin, paths)), ensure_ascii=False))
    return 1 if failed else 0


def _file_name(origin: str, paths: Sequence[Path]) -> str:
    """The mail's file below the folder that was given; with its folder where several were."""
    folders = [path for path in paths if path.is_dir()]
    for path in paths:
        base = path if path.is_dir() else path.parent
        if origin.startswith(f"{base}{os.sep}"):
            inside = origin.removeprefix(f"{base}{os.sep}")
            return f"{path}{os.sep}{inside}" if path in folders and len(folders) > 1 else inside
    return origin


def _extracted(read: ReadMail, file: str) -> dict[str, Any]:
    from poltwt_console.domain.registration import FIELD_NAMES

    registrations = []
    for one in read.extract.registrations:
        fields = {name: one.field(name) for name in FIELD_NAMES}
        registrations.append(
            {
                **{name: value.value for name, value in fields.items()},
                "intent": one.intent.value,
                "confidence": {name: value.confidence.value for name, value in fields.items()},
                "evidence": {
                    name: {
                        "part": value.evidence.part,
                        "start": value.evidence.start,
                        "end": value.evidence.end,
                        "text": value.evidence.text,
                        "rule": value.rule,
                    }
                    for name, value in fields.items()
                    if value.evidence is not None
                },
            }
        )
    return {
        "file": file,
        "message_id": read.message.message_id,
        "kind": read.extract.kind.value,
        "reason": read.extract.reason,
        "language": read.extract.language,
        "registrations": registrations,
    }


def _accept(context: Context, arguments: Any) -> int:
    from poltwt_console.store import registrations
    from poltwt_console.store.queries.inbox import find_message
    from poltwt_console.workflow import review

    if arguments.ready == bool(arguments.ids):
        raise UsageError(
            "Say either --ready or which registrations to accept.", "`list registrations` shows their ids."
        )
    if arguments.ready:
        return _said(review.accept_ready(context.store, context.edition_id), arguments)
    ids: list[str] = []
    with context.store.read() as connection:
        for given in arguments.ids:
            number = given.lstrip("#")
            plain = number.isascii() and number.isdecimal() and len(number) <= 9
            message_id = find_message(connection, int(number)) if plain else None
            if message_id is not None:
                ids += [
                    r.id for r in registrations.registrations_of(connection, message_id) if r.state == "open"
                ]
            elif registrations.get_registrations(connection, [given]):
                ids.append(given)
            else:
                raise UsageError(
                    f"There is no registration or mail “{given}”.", "`list registrations` shows them."
                )
    if not ids:
        raise ConsoleError("Nothing of these mails waits for a decision.")
    changes = review.accept(context.store, ids)
    return _said(changes, arguments) or (1 if changes.problems else 0)


def _locate(context: Context, arguments: Any) -> int:
    from poltwt_console.domain.place import Hints
    from poltwt_console.geocoding import open_geocoder

    if bool(arguments.address) == bool(arguments.csv) or bool(arguments.csv) != bool(arguments.to):
        raise UsageError("Give one address, or --csv IN with --to OUT.")
    geocoder = open_geocoder()
    if arguments.csv:
        return _locate_file(geocoder.locate, Path(arguments.csv), Path(arguments.to))
    found = geocoder.locate(arguments.address, Hints(country=(arguments.country or "").upper() or None))
    if arguments.json:
        print(json.dumps({"address": arguments.address, **_located(found)}, ensure_ascii=False))
    else:
        _show_location(found, sys.stdout)
    return 0 if found.place else 1


def _show_location(found: Location, out: TextIO) -> None:
    if found.place is None:
        print("No such place.", file=out)
        return
    for candidate in found.candidates:
        place = candidate.place
        apart = f", {candidate.distance_km:.0f} km away" if candidate.distance_km else ""
        known = f"{place.precision.value}, within {place.radius_km:.0f} km{apart}"
        point = f"{place.latitude:.4f}, {place.longitude:.4f}"
        print(f"{point}  {place.label}  ({known})  {place.timezone or 'zone unknown'}", file=out)
    print("because: " + "; ".join(found.reasons), file=out)
    for doubt in found.needs_review:
        print(f"look: {doubt}", file=out)


_LOCATED = (
    "state",
    "lat",
    "lon",
    "precision",
    "country",
    "region",
    "city",
    "timezone",
    "radius_km",
    "margin",
    "needs_review",
)


def _located(found: Location) -> dict[str, Any]:
    place = found.place
    return {
        "state": found.state.value,
        "lat": round(place.latitude, 5) if place else None,
        "lon": round(place.longitude, 5) if place else None,
        "precision": place.precision.value if place else None,
        "country": place.country if place else None,
        "region": place.region if place else None,
        "city": place.locality if place else None,
        "timezone": place.timezone if place else None,
        "radius_km": round(place.radius_km, 1) if place else None,
        "margin": found.margin,
        "needs_review": "; ".join(found.needs_review),
    }


def _locate_file(locate: Callable[..., Location], source: Path, target: Path) -> int:
    from poltwt_console.domain.place import Hints

    try:
        with source.open(encoding="utf-8-sig", newline="") as file:
            rows = list(csv.DictReader(file))
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise UnreadableError(
            f"{source} cannot be read as CSV: {error}.", "It must be UTF-8 with a header row."
        ) from error
    if rows and not {"id", "address"} <= set(rows[0]):
        raise UnreadableError(f"{source} has no columns id and address.", "Name them so in its first row.")
    try:
        with target.open("w", encoding="utf-8", newline="") as file:
            writer = csv.writer(file)
            writer.writerow(("id", "address", *_LOCATED))
            for row in rows:
                hints = Hints(country=(row.get("country") or "").strip().upper() or None)
                found = _located(locate(row["address"] or "", hints))
                writer.writerow(
                    (row["id"], row["address"], *("" if found[k] is None else found[k] for k in _LOCATED))
                )
    except OSError as error:
        raise ConsoleError(
            f"{target} cannot be written: {error.strerror}.", "Choose another folder."
        ) from error
    return 0


def _list(context: Context, arguments: Any) -> int:
    lists = {
        "messages": _messages,
        "registrations": _registrations,
        "participants": _participants,
        "places": _places,
    }
    for row in lists[arguments.what](context):
        if arguments.json:
            print(json.dumps(row, ensure_ascii=False))
        else:
            print("\t".join("" if v is None else " ".join(str(v).split()) for v in row.values()))
    return 0


def _messages(context: Context) -> Iterator[dict[str, Any]]:
    from poltwt_console.store.queries import inbox

    with context.store.read() as connection:
        ids = inbox.message_ids(connection, context.edition_id, None)
        for start in range(0, len(ids), 500):
            for m in inbox.message_rows(connection, ids[start : start + 500]):
                yield {
                    "number": m.number,
                    "date": m.date.isoformat(),
                    "state": m.state,
                    "kind": m.kind,
                    "language": m.language,
                    "sender": m.sender_email,
                    "subject": m.subject,
                    "handles": ", ".join(m.handles),
                    "wants": m.pill.text,
                    "id": m.id,
                }


def _registrations(context: Context) -> Iterator[dict[str, Any]]:
    from poltwt_console.domain.registration import FIELD_NAMES
    from poltwt_console.store import registrations

    with context.store.read() as connection:
        for r in registrations.all_registrations(connection, context.edition_id):
            place = r.location.place
            yield {
                "id": r.id,
                "state": r.state,
                "intent": r.intent.value,
                "band": r.band,
                "reason": r.band_reason,
                **{name: r.value(name) for name in FIELD_NAMES},
                "place": place.label if place else "",
                "precision": place.precision.value if place else "",
            }


def _participants(context: Context) -> Iterator[dict[str, Any]]:
    from poltwt_console.store import participants

    with context.store.read() as connection:
        for p in participants.all_participations(connection, context.edition_id):
            place = p.location.place if p.location else None
            yield {
                "handle": p.handle,
                "takes_part_as": p.kind.value,
                "name": p.name,
                "person": p.person,
                "address": p.address,
                "city": p.city,
                "country": p.country,
                "state": p.state.value,
                "lat": place.latitude if place else None,
                "lon": place.longitude if place else None,
                "precision": place.precision.value if place else "",
                "timezone": (place.timezone or "") if place else "",
                "id": p.id,
            }


def _places(context: Context) -> Iterator[dict[str, Any]]:
    from poltwt_console.store.queries.places import doubtful_places

    with context.store.read() as connection:
        for row in doubtful_places(connection, context.edition_id):
            place = row.location.place
            yield {
                "reason": row.reason,
                "handle": row.handle,
                "address": row.location.query,
                "place": place.label if place else "",
                "of": "participant" if row.participation_id else "registration",
                "id": row.location_id,
            }


def _export(context: Context, arguments: Any) -> int:
    from poltwt_console.workflow import publish

    return _said(
        publish.export(context.store, context.edition_id, arguments.kind, Path(arguments.to)), arguments
    )


def _report(context: Context, arguments: Any) -> int:
    from dataclasses import asdict

    from poltwt_console.store.queries.figures import figures
    from poltwt_console.store.queries.inbox import queue_counts

    with context.store.read() as connection:
        counted = figures(connection, context.edition_id)
        queue = queue_counts(connection, context.edition_id)
    if arguments.json:
        print(json.dumps({**asdict(counted), "queue": queue}))
        return 0
    print(f"{counted.agency_accounts} agency accounts of {counted.agencies} agencies (confirmed)")
    print(f"{counted.officers} individual officers (confirmed)")
    print(f"{counted.countries} countries of confirmed accounts")
    print(f"{counted.withdrawn} accounts withdrawn")
    waiting = f"{queue['review']} to review, {queue['done']} done, {queue['aside']} set aside"
    print(f"{counted.mails} mails: {waiting}")
    return 0


def _undo(context: Context, arguments: Any) -> int:
    from poltwt_console.workflow import undo

    return _turned(undo.undo(context.store), "There is nothing to undo.", arguments)


def _redo(context: Context, arguments: Any) -> int:
    from poltwt_console.workflow import undo

    return _turned(undo.redo(context.store), "There is nothing to do again.", arguments)


def _turned(changes: Changes | None, nothing: str, arguments: Any) -> int:
    if changes is None:
        raise ConsoleError(nothing)
    return _said(changes, arguments)


def _verify(context: Context, arguments: Any) -> int:
    from poltwt_console.store.verify import verify

    with context.store.read() as connection:
        found = verify(connection)
    if arguments.json:
        print(json.dumps(found, ensure_ascii=False))
    else:
        for check, problems in found.items():
            print(f"{'ok ' if not problems else 'NO '} {check}")
            for problem in problems:
                print(f"    {problem}")
    return 1 if any(found.values()) else 0


def _said(changes: Changes, arguments: Any) -> int:
    if arguments.json:
        answer = {
            "label": changes.label,
            **changes.counts,
            "sentence": changes.sentence,
            "problems": list(changes.problems),
        }
        print(json.dumps(answer, ensure_ascii=False))
        return 0
    print(changes.sentence or changes.label + ".")
    for problem in changes.problems:
        print(f"  {problem}")
    return 0

"""The words of the command line."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from typing import Any

from poltwt_console import __version__
from poltwt_console.cli import decisions, edition, lists, mail, places, words
from poltwt_console.cli.context import Context
from poltwt_console.compiled import is_in_use


def make_parser() -> argparse.ArgumentParser:
    """All commands with their arguments."""
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
    # Without compiled modules all is as it should be but slower, and nothing else would say why.
    runs = "compiled" if is_in_use() else "not compiled: mails are read at two thirds of the speed"
    parser.add_argument("--version", action="version", version=f"poltwt-console {__version__} ({runs})")
    parser.add_argument("--basedir", metavar="DIR", help="a profile folder of its own")
    parser.add_argument("--database", metavar="FILE-or-URL", help="another database than the profile's")
    parser.add_argument("--edition", metavar="ID", help="an edition other than the newest")
    parser.add_argument("--demo", action="store_true", help="a throwaway profile with an invented inbox")
    parser.set_defaults(command=None, json=False)
    commands = parser.add_subparsers(title="commands", metavar="COMMAND")

    def add(name: str, command: Callable[[Context, Any], int], does: str) -> argparse.ArgumentParser:
        sub = commands.add_parser(name, parents=[common], help=does, description=does)
        sub.set_defaults(command=command)
        return sub

    sub = add("import", mail.import_mail, "read mails from files, folders and mailboxes into the database")
    sub.add_argument("paths", nargs="+", metavar="PATH", help="a file or folder; - is standard input")
    sub = add("extract", mail.extract, "say what mails hold, without a database")
    sub.add_argument("paths", nargs="+", metavar="PATH")
    sub.add_argument(
        "--jsonl", action="store_true", help="one JSON line a mail (the only form; may be left out)"
    )
    sub = add("accept", decisions.accept, "accept registrations")
    sub.add_argument("--ready", action="store_true", help="all that are ready")
    sub.add_argument("ids", nargs="*", metavar="ID", help="registrations, or #number of a mail for all of it")
    sub = add("locate", places.locate, "find the place of an address, offline")
    sub.add_argument("address", nargs="?")
    sub.add_argument(
        "--country", metavar="CODE", help="the country, if it is known (ISO 3166-1, two letters)"
    )
    sub.add_argument("--csv", metavar="IN", help="a file with columns id, address and maybe country")
    sub.add_argument("--to", metavar="OUT", help="where the answers go")
    sub = add("list", lists.list_rows, "list messages, registrations, participants, or places to look at")
    sub.add_argument("what", choices=("messages", "registrations", "participants", "places"))
    sub = add("export", edition.export, "write the Twitter list, the map or the participants")
    sub.add_argument("kind", metavar="KIND", help="twitter-list, map or participants")
    sub.add_argument("--to", required=True, metavar="FILE", help="the file's ending says the form")
    sub = add("fetch", mail.fetch, "read new mails from a mail server (IMAP, read-only)")
    sub.add_argument("account", metavar="USER@HOST", help="the user may hold an @ of its own")
    sub.add_argument("--folder", default="INBOX")
    sub.add_argument("--port", type=int, default=993)
    sub.add_argument(
        "--ca-file", default="", metavar="PEM", help="a certificate to trust besides the system's"
    )
    sub = add(
        "words", words.words, "labels and words to ignore of your own: list, try, keep, drop, carry over"
    )
    sub.add_argument("what", choices=("list", "try", "keep", "drop", "export", "import"))
    sub.add_argument(
        "text", nargs="?", default="", help="literal text, such as “our office is at”; or the file"
    )
    sub.add_argument("--means", default="", metavar="FIELD", help="address, handle, agency ..., or ignore")
    sub = add("refine", places.refine, "look doubtful places up online, where you say so")
    sub.add_argument(
        "--service", default="", metavar="NAME", help="nominatim, photon, opencage, google, arcgis"
    )
    sub.add_argument("--server", default="", metavar="URL", help="a server of your own")
    sub.add_argument("--yes", action="store_true", help="send without asking again")
    add("report", edition.report, "the event's figures, with what is counted")
    add("undo", decisions.undo, "undo the newest step")
    add("redo", decisions.redo, "apply again what was undone last")
    add("verify", edition.verify, "check that the database is whole")
    return parser

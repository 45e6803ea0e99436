"""Reading registrations out of a message, in any language, each value with its words.

Decided: a pipeline of small steps, each a file.  ``view`` cuts a message into passages and lines;
``lexicon`` matches all vocabularies at once; ``labels``, ``tables``, ``handles``, ``bare_words``,
``people`` find candidates by rules; ``tagger`` reads addresses and names out of prose by features
that no language owns; ``intent``, ``meant`` and ``resolve`` choose by judges that add up whole
numbers; ``doubts`` and ``confidence`` say how far each value may be trusted and why.

Refused: a language detector (the vocabularies tell), case-by-case patterns for one mail, anything
learned that cannot be retrained from this repository by one command.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from weakref import WeakKeyDictionary

from poltwt_console import paths
from poltwt_console.domain.message import Message, Organiser
from poltwt_console.domain.place import Gazetteer
from poltwt_console.domain.registration import Extract, Kind
from poltwt_console.extraction.findings import Findings, find_all, narrow_view
from poltwt_console.extraction.intent import (
    judge_kind,
    machine_reason,
    other_reason,
    promises_account,
    speaks_of_all,
)
from poltwt_console.extraction.linear import Judge, load_judges
from poltwt_console.extraction.places import PlaceNames
from poltwt_console.extraction.registrations import build_registrations, kind_of
from poltwt_console.extraction.resolve import resolve
from poltwt_console.extraction.sender import Light, SenderCheck, check_sender
from poltwt_console.extraction.tagger import Tagger, load_tagger
from poltwt_console.extraction.view import read_view
from poltwt_console.extraction.vocabulary import OwnPattern, Vocabulary, load_vocabulary

__all__ = [
    "Light",
    "Models",
    "OwnPattern",
    "SenderCheck",
    "Vocabulary",
    "check_sender",
    "extract",
    "load_models",
    "load_vocabulary",
]

#: What names of places were found to be, for as long as their gazetteer lives.
_KNOWN: WeakKeyDictionary[Gazetteer, dict[str, str]] = WeakKeyDictionary()
_NO_PLACES = PlaceNames(None)


@dataclass(frozen=True, slots=True)
class Models:
    """The trained weights: the tagger of addresses and names, and the judges."""

    tagger: Tagger
    judges: dict[str, Judge]


@lru_cache(maxsize=2)
def load_models(folder: Path | None = None) -> Models:
    """The shipped weights, or those of a folder."""
    folder = folder or paths.resources() / "extraction"
    return Models(load_tagger(folder / "tagger.json.gz"), load_judges(folder / "judges.json.gz"))


def extract(
    message: Message,
    gazetteer: Gazetteer | None,
    vocabulary: Vocabulary,
    organiser: Organiser | None = None,
    models: Models | None = None,
) -> Extract:
    """What a message says.  Never raises for any message; the same message always gives the same answer."""
    reason = machine_reason(message)
    if reason:
        return Extract(Kind.OTHER, reason, narrow_view(read_view(message, vocabulary, organiser), vocabulary))
    models = models or load_models()
    findings = find_all(message, vocabulary, _places(gazetteer), models.tagger, organiser)
    return decide(findings, models.judges)


def decide(findings: Findings, judges: dict[str, Judge]) -> Extract:
    """What the judges make of all that was found in a message."""
    language = findings.language
    unread = tuple(passage.part.id for passage, table in findings.tables if not table.understood)
    ranked = judge_kind(findings, judges["kind"])
    kind, lead = ranked[0][1], ranked[0][0] - ranked[1][0]
    if kind == "other" and promises_account(findings, ranked):
        kind, lead = "register", 0
    if kind == "other":
        return Extract(Kind.OTHER, other_reason(findings), language, tables_to_map=unread)
    accounts, left = resolve(findings, kind, judges, lead)
    registrations = build_registrations(accounts, left, findings, judges["trust"])
    known, why = kind_of(kind, registrations, findings)
    unnamed = kind != "register" and all(account.mention is None for account in accounts)
    whole = unnamed and speaks_of_all(findings)
    return Extract(known, why, language, registrations, all_accounts=whole, tables_to_map=unread)


def _places(gazetteer: Gazetteer | None) -> PlaceNames:
    if gazetteer is None:
        return _NO_PLACES
    return PlaceNames(gazetteer, _KNOWN.setdefault(gazetteer, {}))

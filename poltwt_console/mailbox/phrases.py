"""What mail programs write around quoted and forwarded mails, in each language (resources/mail)."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from poltwt_console import paths

_LISTS = (
    "wrote",
    "forwarded",
    "original",
    "disclaimer",
    "disclaimer_heading",
    "closing",
    "sent_from",
    "no_html",
    "filler",
)


@dataclass(frozen=True, slots=True)
class Phrases:
    """All languages together: a mail is often in one language and its program in another.

    ``wrote`` finds a verb of "On ... wrote:"; ``fields`` maps a header word to from, date, to, cc or
    subject; the prefixes are those of subjects; ``mark_heads`` are the first two characters of the marks
    of forwarded and original mails.  Everything is case-folded.
    """

    wrote: re.Pattern[str]
    forwarded: tuple[str, ...]
    original: tuple[str, ...]
    mark_heads: frozenset[str]
    disclaimer: tuple[str, ...]
    disclaimer_heading: frozenset[str]
    closing: frozenset[str]
    sent_from: tuple[str, ...]
    no_html: tuple[str, ...]
    filler: frozenset[str]
    fields: dict[str, str]
    forward_prefixes: frozenset[str]
    reply_prefixes: frozenset[str]


def _whole_words(phrases: Sequence[str]) -> re.Pattern[str]:
    """Any of some phrases, the longest first; within no longer word where words stand apart.

    "Пише" (writes) is part of the Bulgarian "впишете" (register); Chinese and Thai have no spaces.
    """
    longest_first = sorted(set(phrases), key=lambda phrase: (-len(phrase), phrase))
    apart = [re.escape(phrase) for phrase in longest_first if phrase[0] < _SPACED]
    joined = [re.escape(phrase) for phrase in longest_first if phrase[0] >= _SPACED]
    return re.compile(rf"(?<!\w)(?:{'|'.join(apart)})(?!\w)|{'|'.join(joined)}")


#: Latin, Greek, Cyrillic, Armenian, Hebrew and Arabic letters stand before this one.
_SPACED = "\u0700"


@lru_cache(maxsize=1)
def load_phrases() -> Phrases:
    """Read ``resources/mail/phrases.toml`` once."""
    with (paths.resources() / "mail" / "phrases.toml").open("rb") as file:
        languages = tomllib.load(file)
    lists: dict[str, list[str]] = {name: [] for name in _LISTS}
    fields: dict[str, str] = {}
    prefixes: dict[str, set[str]] = {"forward_prefix": set(), "reply_prefix": set()}
    for entry in languages.values():
        for name in _LISTS:
            lists[name].extend(text.casefold() for text in entry.get(name, ()))
        for name in ("from", "date", "to", "cc", "subject"):
            for word in entry.get(name, ()):
                fields.setdefault(word.casefold(), name)
        for name, found in prefixes.items():
            found.update(word.casefold() for word in entry.get(name, ()))
    return Phrases(
        wrote=_whole_words(lists["wrote"]),
        forwarded=tuple(dict.fromkeys(lists["forwarded"])),
        original=tuple(dict.fromkeys(lists["original"])),
        mark_heads=frozenset(mark[:2] for mark in lists["forwarded"] + lists["original"]),
        disclaimer=tuple(dict.fromkeys(lists["disclaimer"])),
        disclaimer_heading=frozenset(lists["disclaimer_heading"]),
        closing=frozenset(lists["closing"]),
        sent_from=tuple(dict.fromkeys(lists["sent_from"])),
        no_html=tuple(dict.fromkeys(lists["no_html"])),
        filler=frozenset(lists["filler"]),
        fields=fields,
        forward_prefixes=frozenset(prefixes["forward_prefix"]),
        reply_prefixes=frozenset(prefixes["reply_prefix"]),
    )

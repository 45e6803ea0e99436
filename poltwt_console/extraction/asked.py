"""What a label asks for: "Address", "Twitter name", "City of your agency", "Street / no.".

A label is known by the vocabularies of all languages at once.  A label of two meanings ("Adres" of
a person, "Nome") takes the first of ``_ORDER`` whose value looks right.
"""

from __future__ import annotations

import re
from functools import lru_cache

from poltwt_console.extraction.lexicon import read_words
from poltwt_console.extraction.terms import Term
from poltwt_console.extraction.text import UNSPACED, fold, words
from poltwt_console.extraction.vocabulary import Vocabulary

#: Labels with two meanings are read in this order.
_ORDER = (
    "ignore",
    "handle",
    "participant",
    "postal",
    "email",
    "postcode",
    "phone",
    "contact",
    "person",
    "address",
    "street",
    "city",
    "region",
    "country",
    "name",
    "rank",
)
#: Parts of an address that forms ask for one by one, and what they are parts of.
PARTS = frozenset({"street", "postcode", "city", "region", "country"})
OF_ADDRESS = PARTS | {"address"}
WHOLES = frozenset({"address", "name"})
_OF_WHOLE = PARTS | {"phone", "email", "contact"}
#: The pieces of an address that a street may stand in.
LINES = frozenset({"street", "address"})
_MOST_WORDS = 8
#: So much of a value is looked at to tell what its label means.
_MOST_SEEN = 400
_BRACKETS = re.compile(r"\([^()]{0,80}\)|\[[^\[\]]{0,80}\]|（[^（）]{0,80}）|\*|_{2,}|[<>\"“”„'’]")
_HANDLE_VALUE = re.compile(
    r"\s{0,4}(?:@|＠|https?:|www\.|(?:mobile\.)?twitter\.com|[A-Za-z0-9_]{1,15}@?\s{0,4}$)"
)
_NOT_A_HANDLE = re.compile(r"[^\x00-\x7f]|\w\s\w+\s\w")


#: How much of a label the known words in it must be: "Number of tweeters" asks for no street number.
_LEAST_SHARE, _LEAST_SHARE_OF_PART = 1 / 3, 0.6


def classify_label(label: str, vocabulary: Vocabulary, value: str = "", loose: bool = True) -> str | None:
    """The field that a label names, or None.

    ``loose`` also accepts a label that only holds a known one ("Your Twitter name, please").
    """
    folded, parts, _ = _parts(label)
    if not parts or (len(parts) > _MOST_WORDS and not UNSPACED.search(folded)):
        return None
    part = asked_of_whole(label, value, vocabulary)
    if part is not None:
        return part
    fields = _fields(parts, vocabulary)
    if fields:
        return _choose(fields, value, vocabulary)
    several = _several_asked(folded, vocabulary)
    if several is not None:
        return several
    if not loose:
        return None
    read = read_words(folded, vocabulary)
    best: tuple[int, int, set[str]] | None = None
    for hit in read.hits:
        fields = _named(hit.term)
        if fields and (best is None or (hit.end - hit.start, hit.end) > best[:2]):
            best = (hit.end - hit.start, hit.end, fields)
    if best is None:
        return None
    share = best[0] / len(folded.strip())
    if share < (_LEAST_SHARE_OF_PART if best[2] <= PARTS else _LEAST_SHARE):
        return None
    if any("label.handle" in senses for senses in read.senses) and "ignore" not in best[2]:
        best[2].add("handle")
    return _choose(best[2], value, vocabulary)


def _fields(parts: tuple[str, ...], vocabulary: Vocabulary) -> set[str]:
    """The fields that a label of these words may name."""
    term = vocabulary.labels.get(parts)
    return set() if term is None else _named(term)


def _named(term: Term) -> set[str]:
    return {meaning.removeprefix("label.") for meaning in term.meanings if meaning.startswith("label.")}


#: Signs of a label that asks for several things at once: "Address, city".
_SEVERAL = re.compile(r"[,;&+、]")
_MOST_PART = 40
#: No phone number holds so many letters in a row.
_LETTERS = re.compile(r"[^\W\d_]{4}")
#: How many words may stand between a part and its whole: "city of your agency".
_MOST_BETWEEN = 2


def asked_of_whole(label: str, value: str, vocabulary: Vocabulary) -> str | None:
    """What a form asks for by itself, of an agency or its address: "Address - City", "Phone of your agency".

    Where the value is seen it must look like that part: "Address / City: 1 High Street, Bath" asks for both.
    """
    part = None if _SEVERAL.search(label) else _asked(_parts(label)[2], vocabulary)
    if part is None or part in LINES or not value:
        return part
    value = value.strip()
    digits = any(character.isdigit() for character in value)
    if part == "phone":
        fits = digits and not _LETTERS.search(value)
    elif part == "email":
        fits = "@" in value
    else:
        fits = len(value) <= _MOST_PART and not _SEVERAL.search(value)
        fits = (
            fits
            and not _tells(value, "police", vocabulary)
            and (part == "contact" or digits == (part == "postcode"))
        )
    return part if fits else None


def _asked(parts: tuple[str, ...], vocabulary: Vocabulary) -> str | None:
    """What these words name behind its whole, or before it; None for other labels."""
    count = len(parts)
    if not 2 <= count <= _MOST_WORDS or parts in vocabulary.labels:
        return None
    for first in range(1, count):
        before, after = _fields(parts[:first], vocabulary), _fields(parts[first:], vocabulary)
        if before & WHOLES and after and after <= _OF_WHOLE:
            return _first(after)
        if before and before <= _OF_WHOLE | {"address"}:
            for begin in range(first + 1, min(first + _MOST_BETWEEN, count - 1) + 1):
                whole = parts[begin:]
                alone = len(whole) == 1 and _tells(whole[0], "police", vocabulary)  # "Préfecture de police"
                if _fields(whole, vocabulary) & WHOLES and not alone:
                    return _first(before)
    return None


def _several_asked(label: str, vocabulary: Vocabulary) -> str | None:
    """What a label asks for that names several things at once: "Street, no.", "ZIP / City"."""
    asked = [tuple(words(part)) for part in _BETWEEN.split(label)]
    if len(asked) < 2:
        return None
    fields = [_fields(part, vocabulary) for part in asked if len("".join(part)) > _MOST_NUMBER]
    if not fields or not all(found and found <= OF_ADDRESS for found in fields):
        return None
    named = {_first(found) for found in fields}
    return "street" if named == {"street"} else "address" if named & LINES else "city"


#: What stands between the things that a label asks for; of so few letters are words for "number".
_BETWEEN = re.compile(r"[,/;&+、]|\s-\s")
_MOST_NUMBER = 3


@lru_cache(maxsize=5_000)
def _parts(label: str) -> tuple[str, tuple[str, ...], tuple[str, ...]]:
    """A label folded, without brackets, its words, and those with brackets; the same few head most lines."""
    folded = fold(_BRACKETS.sub(" ", label).replace("_", " "))
    return folded, tuple(words(folded)), tuple(words(fold(label)))


def _choose(fields: set[str], value: str, vocabulary: Vocabulary) -> str | None:
    if {"region", "name"} <= fields and _tells(value, "police", vocabulary):
        return "name"  # "Departamento: Policía Local", as against "Departamento: Antioquia"
    if {"rank", "address"} <= fields and _tells(value, "rank", vocabulary):
        return "rank"  # Turkish "Unvan", as against Azerbaijani "Ünvan"
    if "handle" in fields and len(fields) > 1 and value:
        if _HANDLE_VALUE.match(value):
            return "handle"
        if _NOT_A_HANDLE.search(value):
            fields = fields - {"handle"}
    return _first(fields)


def _first(fields: set[str]) -> str | None:
    return next((field for field in _ORDER if field in fields), None)


def _tells(value: str, meaning: str, vocabulary: Vocabulary) -> bool:
    return any(meaning in senses for senses in read_words(value[:_MOST_SEEN], vocabulary).senses)

"""An address taken apart: comma parts, their words, and the postcodes that stand in them."""

from __future__ import annotations

import re
from dataclasses import dataclass

from poltwt_console.geocoding.normalise import normalise, unspaced_runs

#: More text than this is no address; the rest is not read.
MAX_CHARACTERS = 1_000
MAX_PARTS = 24
MAX_WORDS = 20

_SEPARATORS = re.compile(r"[,;\n\r\t|،、，；·•]+|\s[-–—:/]\s|:\s")

# How much a code speaks for its country, and for its place.
CERTAIN_SHAPE, LIKELY_SHAPE, _SHARED_SHAPE = 2.0, 1.6, 1.4
LONG_NUMBER, _SHORT_NUMBER, _HOUSE_NUMBER_SHARE = 1.0, 0.7, 0.4

#: (shape, countries that write it, strength, what must stand in the text for it to be worth a look).
#: Of British, Canadian and Irish codes the first half is what the gazetteer knows.  Source of the
#: shapes: the Universal Postal Union's addressing sheets, as GeoNames stores the codes.
_SHAPES: tuple[tuple[re.Pattern[str], tuple[str, ...], float, re.Pattern[str]], ...] = tuple(
    (re.compile(shape), tuple(countries.split()), strength, re.compile(needed))
    for shape, countries, strength, needed in (
        (r"\b([A-Z]{1,2}\d[A-Z\d]?) ?\d[A-Z]{2}\b", "GB JE GG IM GI FK", CERTAIN_SHAPE, r"[A-Z]\d"),
        (r"\b([ABCEGHJ-NPRSTVXY]\d[A-Z])[ -]?\d[A-Z]\d\b", "CA", CERTAIN_SHAPE, r"[A-Z]\d"),
        (r"\b([AC-FHKNPRTV-Y]\d[\dW])[ -]?[\dAC-FHKNPRTV-Y]{4}\b", "IE", CERTAIN_SHAPE, r"[A-Z]\d"),
        (r"\b[A-HJ-NP-Z](\d{4})[A-Z]{3}\b", "AR", CERTAIN_SHAPE, r"[A-Z]\d"),
        (r"\b(\d{4}) ?[A-Z]{2}\b", "NL", LIKELY_SHAPE, r"\d ?[A-Z]"),
        (r"(?<![\d-])(\d{2}-\d{3})(?![\d-])", "PL", LIKELY_SHAPE, "-"),
        (r"(?<![\d-])(\d{4})-\d{3}(?![\d-])", "PT", LIKELY_SHAPE, "-"),
        (r"(?<![\d-])(\d{5})-?\d{3}(?![\d-])", "BR", LIKELY_SHAPE, r"\d{5}"),
        (r"(?<![\d-])(\d{3}-\d{4})(?![\d-])", "JP", LIKELY_SHAPE, "-"),
        (r"(?<![\d-])(\d{5})-\d{4}(?![\d-])", "US PR", LIKELY_SHAPE, "-"),
        (r"(?<!\d)(\d{3} \d{2})(?!\d)", "SE GR CZ SK", _SHARED_SHAPE, r"\d \d"),
    )
)

#: Letters before a code that name the country (old European practice), or belong to the code.
_PREFIXED = re.compile(r"\b([A-Z]{1,3})[- ]?(\d{3,6})\b")
PREFIX_COUNTRIES = {
    "A": "AT", "B": "BE", "BG": "BG", "CH": "CH", "CY": "CY", "CZ": "CZ", "D": "DE", "DE": "DE", "DK": "DK",
    "E": "ES", "EE": "EE", "F": "FR", "FI": "FI", "FIN": "FI", "FL": "LI", "GR": "GR", "H": "HU", "HR": "HR",
    "HU": "HU", "I": "IT", "IS": "IS", "L": "LU", "LI": "LI", "LT": "LT", "LV": "LV", "MC": "MC", "MD": "MD",
    "N": "NO", "NL": "NL", "P": "PT", "PL": "PL", "RO": "RO", "S": "SE", "SE": "SE", "SI": "SI", "SK": "SK",
    "AD": "AD", "AZ": "AZ", "SM": "SM", "VA": "VA",
}  # fmt: skip

_DIGIT = re.compile(r"\d")
_NUMBER = re.compile(r"(?<![\w-])(\d{3,7})(?![\w-])")


@dataclass(frozen=True, slots=True)
class Code:
    """What looks like a postcode: as looked up, as written, the countries of its shape (none: any)."""

    code: str
    written: str
    countries: tuple[str, ...]
    strength: float


@dataclass(frozen=True, slots=True)
class Part:
    """One comma part without its postcodes: the words as written and folded, side by side."""

    raw: tuple[str, ...]
    words: tuple[str, ...]
    runs: tuple[str, ...]  # stretches in scripts without spaces


@dataclass(frozen=True, slots=True)
class Address:
    """An address taken apart."""

    text: str
    parts: tuple[Part, ...]
    codes: tuple[Code, ...]


def _take_codes(text: str, codes: list[Code]) -> str:
    """Note the codes of a part and return it without those whose shape is certain."""
    for shape, countries, strength, needed in _SHAPES:
        if needed.search(text) is None:
            continue
        for match in shape.finditer(text):
            code = match.group(1).replace("-", "").replace(" ", "")
            codes.append(Code(code, match.group(0), countries, strength))
        if strength >= CERTAIN_SHAPE or countries == ("NL",):
            text = shape.sub(" ", text)
    for match in _PREFIXED.finditer(text):
        letters, digits = match.groups()
        codes.append(Code(letters + digits, match.group(0), (), LIKELY_SHAPE))
        if letters in PREFIX_COUNTRIES:
            codes.append(Code(digits, match.group(0), (PREFIX_COUNTRIES[letters],), LIKELY_SHAPE))
    for match in _NUMBER.finditer(text):
        digits = match.group(1)
        strength = LONG_NUMBER if len(digits) >= 5 else _SHORT_NUMBER
        if not text[: match.start()].strip() and len(text[match.end() :].split()) > 2:
            strength *= _HOUSE_NUMBER_SHARE  # a house number more likely than a postcode
        codes.append(Code(digits, digits, (), strength))
    return text


def parse_address(text: str) -> Address:
    """Take an address apart; any text will do, the longest is cut at MAX_CHARACTERS."""
    text = text[:MAX_CHARACTERS]
    parts: list[Part] = []
    codes: list[Code] = []
    for piece in _SEPARATORS.split(text):
        if not piece or piece.isspace() or len(parts) == MAX_PARTS:
            continue
        if _DIGIT.search(piece):
            piece = _take_codes(piece, codes)
        raw: list[str] = []
        words: list[str] = []
        for written in piece.split():
            folded = normalise(written)
            if folded and " " not in folded:
                raw.append(written)
                words.append(folded)
            else:
                split = folded.split()
                raw += [written] * len(split)
                words += split
        if words:
            runs = unspaced_runs(" ".join(words))
            parts.append(Part(tuple(raw[:MAX_WORDS]), tuple(words[:MAX_WORDS]), tuple(runs)))
    return Address(text, tuple(parts), tuple(codes))

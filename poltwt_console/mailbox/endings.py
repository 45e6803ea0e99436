"""The end of a mail: signature and legal footer.

Cut too little rather than too much: a registration can stand in a signature (it keeps its rank
there), but never in a legal footer.  A signature begins at ``-- `` or at closing words that only
short lines follow; a legal footer is a heading of its own, or a paragraph from the line on that
holds words only lawyers use.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from poltwt_console.mailbox.openers import Line
from poltwt_console.mailbox.phrases import Phrases, load_phrases

_SIGNATURE_LINES = 25  # with words, below ``-- ``
_CLOSING_LINES = 12  # with words, below closing words
_CLOSING_NAME_WORDS = 4  # on the line of the closing words itself
_SHORT_WORDS = 14  # of a line of a signature
_PROSE = 55  # characters: a line that long was wrapped
_HEADING_LINES = 60
_PARAGRAPH = 25  # characters: shorter ones hold no legal text
_RULE = "-_=*~—–─ #>+|:."


def find_signature(lines: Sequence[Line]) -> int | None:
    """The index of the line where the signature of one mail begins, or None."""
    worded = [index for index, line in enumerate(lines) if line.words]
    for position in range(len(worded) - 1, -1, -1):
        index = worded[position]
        if lines[index].words in ("--", "—", "–") and 0 < len(worded) - position - 1 <= _SIGNATURE_LINES:
            return index
    phrases = load_phrases()
    found = None
    for position in range(len(worded) - 1, max(len(worded) - 2 - _CLOSING_LINES, -1), -1):
        index = worded[position]
        words = lines[index].words
        if words.casefold().startswith(phrases.sent_from) and len(words.split()) <= _SHORT_WORDS:
            found = index  # ``Sent from my iPhone``
        elif position and (
            _is_signed(words) or _is_closing(words, phrases, last=position == len(worded) - 1)
        ):
            found = index
        elif len(words.split()) > _SHORT_WORDS or words.endswith("?"):
            break
    return found


def _is_closing(words: str, phrases: Phrases, *, last: bool) -> bool:
    """Whether a line is closing words, alone or with a short name after them."""
    if len(words) > 80:
        return False
    folded = words.casefold().rstrip(" ,.!;:-–—、。，！")
    if folded in phrases.closing:
        return not last  # the last words of a mail are no signature
    head, comma, name = folded.partition(",")
    if comma and head.strip() in phrases.closing:
        return len(name.split()) <= _CLOSING_NAME_WORDS
    parts = folded.split()
    for count in range(min(len(parts) - 1, 4), 0, -1):
        if " ".join(parts[:count]) in phrases.closing:
            names = words.split()[count:]
            return len(names) <= _CLOSING_NAME_WORDS and all(not name[0].islower() for name in names)
    return False


def _is_signed(words: str) -> bool:
    """Whether a line is a name behind a slash, as people sign in the North: "/Anna-Karin"."""
    name = words.removeprefix("/").removeprefix("/").lstrip()
    return name[:1].isupper() and len(name) < len(words) and len(name.split()) <= _CLOSING_NAME_WORDS


def find_disclaimers(lines: Sequence[Line]) -> list[tuple[int, int]]:
    """The stretches of lines, half open, that are legal footers."""
    phrases = load_phrases()
    for index, line in enumerate(lines):
        if _is_heading(line.words, phrases) and len(lines) - index <= _HEADING_LINES:
            return [(index, len(lines))]
    whole = " ".join(line.words.casefold() for line in lines)
    if not any(phrase in whole for phrase in phrases.disclaimer):
        return []
    found: list[tuple[int, int]] = []
    breaks = [-1, *(index for index, line in enumerate(lines) if not line.words), len(lines)]
    for before, after in pairwise(breaks):
        start = _find_legal_line(lines, before + 1, after, phrases)
        if start is not None:
            found.append((start, after))
    return found


def _is_heading(words: str, phrases: Phrases) -> bool:
    """``----- Disclaimer -----``: a heading between rules, or in capitals."""
    core = words.strip(_RULE)
    ruled = len(words) - len(core) >= 4
    return 4 < len(core) < 60 and (ruled or core.isupper()) and core.casefold() in phrases.disclaimer_heading


def _find_legal_line(lines: Sequence[Line], start: int, end: int, phrases: Phrases) -> int | None:
    """The line of a paragraph from which on it is legal text."""
    if sum(len(line.words) for line in lines[start:end]) < _PARAGRAPH:
        return None
    joined = ""
    starts: list[int] = []
    for line in lines[start:end]:
        starts.append(len(joined))
        joined += line.words.casefold() + " "
    places = [joined.find(phrase) for phrase in phrases.disclaimer if phrase in joined]
    if not places:
        return None
    first = start + max(number for number, offset in enumerate(starts) if offset <= min(places))
    while first > start and len(lines[first - 1].words) >= _PROSE and "@" not in lines[first - 1].words:
        first -= 1
    return first

"""Lines that introduce another mail: ``On ... wrote:``, ``Forwarded message``, ``From: / Sent: / To:``.

Recognised by words as data (:mod:`phrases`) and by shape, not by one pattern per language: an
attribution ends in a colon and holds a mail address or a date; a header block is a run of lines
with two or more known header words, one of them From.  No pattern here looks back or repeats
without a bound.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime

from poltwt_console.domain.message import Sender
from poltwt_console.mailbox.addresses import first_address, parse_address_text
from poltwt_console.mailbox.dates import parse_written_date
from poltwt_console.mailbox.phrases import Phrases, load_phrases

_ADDRESS = re.compile(r"[<\[(]\s{0,2}(?:mailto:)?[^\s<>@\[\]()]{1,64}@[^\s<>@\[\]()]{1,253}[>\])]")
#: A mail address with no brackets around it; "@name" is none.
_MAIL = re.compile(r"[^\s<>@]@[^\s<>@]{1,253}\.\w")
_ATTRIBUTION_LINES = 4
_ATTRIBUTION_CHARACTERS = 400
_HEADER_LINES = 12
_RULE = frozenset("-_=*~—–─ #>+|")
_LETTER_RUNS = re.compile(r"[^\W\d_]{1,40}")
_DATE_END = re.compile(r"[\d,;]")
_DIGIT = re.compile(r"\d")
_TIME = re.compile(r"\d{1,2}[:.h]\d{2}|\d{4}|\d{1,2}[./-]\d{1,2}[./-]\d{2,4}")


class Line:
    """``text[start:end]`` is the line with its line end; ``words`` are without quote marks."""

    def __init__(self, start: int, end: int, words: str, depth: int) -> None:
        self.start = start
        self.end = end
        self.words = words
        self.depth = depth


@dataclass(frozen=True, slots=True)
class Opener:
    """What introduces another mail: ``kind`` is attribution, header, original or forward."""

    kind: str
    lines: int  # that it takes
    depth: int  # of the lines that it introduces
    subject: str = ""
    author: Sender | None = None
    date: datetime | None = None
    dated: bool = False  # it has a date, understood or not


def find_opener(lines: list[Line], index: int) -> Opener | None:
    """The opener that begins at a line, or None."""
    phrases = load_phrases()
    line = lines[index]
    mark = _find_mark(line.words, phrases)
    if mark:
        return _read_mark(lines, index, mark, phrases)
    if line.depth > 1 and line.words.endswith(">>>"):
        return _read_arrows(lines, index, phrases)
    if _is_rule(line.words):
        following = _next_words(lines, index + 1, 2)
        header = _read_header(lines, following, phrases) if following >= 0 else None
        if header is not None:
            return Opener(
                "header",
                following - index + header.lines,
                header.depth,
                header.subject,
                header.author,
                header.date,
            )
        return None
    header = _read_header(lines, index, phrases)
    # Without a mark above it, an address or a date must show that it is no memo; memos begin with To.
    if header is not None and (
        (header.author and header.author.email) or (header.dated and not _begins_memo(lines, index, phrases))
    ):
        return header
    return _read_attribution(lines, index, phrases)


def _read_arrows(lines: list[Line], index: int, phrases: Phrases) -> Opener | None:
    """``>>> Name <address> 10/7/2013 7:37 AM >>>`` as GroupWise writes above what it quotes without marks."""
    words = lines[index].words
    address = _ADDRESS.search(words)
    if address is None and _TIME.search(words) is None:
        return None
    following = _next_words(lines, index + 1, 4)
    depth = lines[following].depth if following >= 0 else 0
    return Opener("attribution", 1, depth, "", _author_of(words, address, phrases), parse_written_date(words))


def _find_mark(words: str, phrases: Phrases) -> str:
    """``"forward"`` or ``"original"`` if the line is such a mark."""
    if len(words) > 150 or len(words) < 4:
        return ""
    core = words.strip("-_=*~—–─ #>+|\t").casefold()
    if core[:2] not in phrases.mark_heads:
        return ""
    ruled = not words[0].isalnum() and not words[1].isalnum()
    bare = core.rstrip(":： ")
    for kind, marks in (("forward", phrases.forwarded), ("original", phrases.original)):
        if bare.startswith(marks) and (ruled or bare in marks):
            return kind
    return ""


def _read_mark(lines: list[Line], index: int, kind: str, phrases: Phrases) -> Opener:
    following = _next_words(lines, index + 1, 3)
    header = _read_header(lines, following, phrases) if following >= 0 else None
    if header is None:
        depth = lines[following].depth if following >= 0 else lines[index].depth
        return Opener(kind, 1, max(depth, lines[index].depth))
    taken = following - index + header.lines
    return Opener(kind, taken, header.depth, header.subject, header.author, header.date)


def _next_words(lines: list[Line], index: int, reach: int) -> int:
    """The next line with words, at most ``reach`` lines on, or -1."""
    for position in range(index, min(index + reach, len(lines))):
        if lines[position].words:
            return position
    return -1


def _read_header(lines: list[Line], index: int, phrases: Phrases) -> Opener | None:
    """A block of header lines that begins here."""
    if _field_of(lines[index].words, phrases) is None:
        return None
    depth = lines[index].depth
    found: dict[str, str] = {}
    last = ""
    position = index
    while position < len(lines) and position < index + _HEADER_LINES:
        line = lines[position]
        if not line.words or line.depth != depth:
            break
        pair = _field_of(line.words, phrases)
        if pair is not None:
            last = pair[0]
            found.setdefault(last, pair[1])
        elif last and (
            found[last].endswith((",", ";")) or (last in ("to", "cc") and _MAIL.search(line.words))
        ):
            found[last] += " " + line.words
        else:
            break
        position += 1
    if "from" not in found or len(found.keys() - {"cc"}) < 2:
        return None
    author = first_address(parse_address_text(found["from"]))
    date = parse_written_date(found["date"]) if "date" in found else None
    return Opener("header", position - index, depth, found.get("subject", ""), author, date, "date" in found)


def _field_of(words: str, phrases: Phrases) -> tuple[str, str] | None:
    """The header field and the value of a line such as ``*Von:* Luc Weber``."""
    head, colon, value = words[:500].replace("：", ":", 1).partition(":")
    if not colon or len(head) > 40:
        return None
    name = phrases.fields.get(head.strip("*_ \t\xa0|>").casefold())
    return None if name is None else (name, value.strip("*_ \t\xa0|"))


def _begins_memo(lines: list[Line], index: int, phrases: Phrases) -> bool:
    """Whether a block of header lines, of which this is the first or the second, begins with To."""
    fields = [_field_of(line.words, phrases) for line in lines[max(index - 1, 0) : index + 1]]
    return any(field is not None and field[0] == "to" for field in fields)


def _is_rule(words: str) -> bool:
    return len(words) >= 5 and set(words) <= _RULE


def _read_attribution(lines: list[Line], index: int, phrases: Phrases) -> Opener | None:
    """``On <date>, <name> wrote:`` over one to four lines."""
    first = lines[index]
    if not _may_attribute(first.words):
        return None
    joined = ""
    for taken in range(1, _ATTRIBUTION_LINES + 1):
        position = index + taken - 1
        if position >= len(lines):
            return None
        line = lines[position]
        if not line.words or line.depth != first.depth:
            return None
        joined = f"{joined} {line.words}" if joined else line.words
        if len(joined) > _ATTRIBUTION_CHARACTERS:
            return None
        if line.words.endswith((":", "：", ":*")):
            return _judge_attribution(lines, index, taken, joined, phrases)
        if taken == 1 and _is_date_and_author(lines, index):
            return _judge_attribution(lines, index, taken, joined, phrases)
        if taken == 1 and not (
            line.words.endswith((",", ">")) or _ADDRESS.search(joined) or _TIME.search(joined)
        ):
            return None
    return None


def _is_date_and_author(lines: list[Line], index: int) -> bool:
    """Whether a line above a quote is a date, a name and an address, as Gmail writes in some languages."""
    words, following = lines[index].words, _next_words(lines, index + 1, 4)
    return (
        words.endswith((">", "]"))
        and _TIME.match(words) is not None
        and _ADDRESS.search(words) is not None
        and following >= 0
        and lines[following].depth > lines[index].depth
    )


def _may_attribute(words: str) -> bool:
    return len(words) >= 8 and (
        "@" in words or _DIGIT.search(words) is not None or words.endswith((":", "："))
    )


def _judge_attribution(
    lines: list[Line], index: int, taken: int, joined: str, phrases: Phrases
) -> Opener | None:
    verb = phrases.wrote.search(joined.casefold()) is not None
    address = _ADDRESS.search(joined)
    dated = bool(_TIME.search(joined))
    following = _next_words(lines, index + taken, 4)
    deeper = following >= 0 and lines[following].depth > lines[index].depth
    if deeper:
        if not (verb or address or dated):
            return None
    elif following < 0 or not (verb and (address or dated)):
        ends_in_address = joined.rstrip(":： *").endswith((">", "]", ")"))
        if following < 0 or not (dated and address and ends_in_address):
            return None
    depth = lines[following].depth if deeper else lines[index].depth
    return Opener(
        "attribution", taken, depth, "", _author_of(joined, address, phrases), parse_written_date(joined)
    )


def _author_of(joined: str, address: re.Match[str] | None, phrases: Phrases) -> Sender | None:
    """The name before the address, or between the date and the verb."""
    email = address.group().strip("<>[]() ").removeprefix("mailto:") if address else ""
    head = joined[: address.start()] if address else joined.rstrip(":： *")
    verb = phrases.wrote.search(head.casefold())
    if verb is not None:
        after = head[verb.end() :].strip(" ,:")
        names = len(_LETTER_RUNS.findall(after))
        head = after if names > 1 or (names and address) else head[: verb.start()]
    words = _DATE_END.split(head)[-1].strip(" .,:<\"'").split()
    while words and words[0].casefold() in phrases.filler:
        words.pop(0)
    name = " ".join(words)
    if not name and not email:
        return None
    return Sender(name[:100], email)

"""Where clauses and sentences begin and end."""

from __future__ import annotations

import re

from poltwt_console.extraction.text import STOPS

#: Where a clause ends: words beyond it do not speak of the handle.
CLAUSE = re.compile(rf"[{STOPS};:；]\s|\n\s{{0,8}}\n|\n\s{{0,8}}[-*•–]|[。！？；]|,\s|،|\s[–—-]\s|[()（）]")
#: Where a sentence ends.  It begins with one set of signs: that is found in a third of the time.
SENTENCE = re.compile(rf"[{STOPS}\n](?:(?<=[^\n])\s|(?<=\n)(?:\s{{0,8}}\n|\s{{0,8}}[-*•–])|(?<=[。！？]))")


def sentence_around(text: str, start: int, end: int, reach: int = 300) -> tuple[int, int]:
    """Where the sentence or list item begins and ends that holds ``text[start:end]``."""
    return (
        last_break(SENTENCE, text, start - reach, start),
        first_break(SENTENCE, text, end, min(len(text), end + reach)),
    )


def last_break(pattern: re.Pattern[str], text: str, start: int, end: int) -> int:
    """Where the last break ends that lies in ``text[start:end]``; ``start`` if none does."""
    start = max(start, 0)
    position = start
    for match in pattern.finditer(text, start, end):
        position = match.end()
    return min(position, end)


def first_break(pattern: re.Pattern[str], text: str, start: int, end: int) -> int:
    """Where the first break begins that lies in ``text[start:end]``; ``end`` if none does."""
    match = pattern.search(text, start, end)
    return match.start() if match else end

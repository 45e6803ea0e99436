"""The Twitter handles of a text that a sign, an address, a link or a label tells.

Bare words are :mod:`bare_words`.  Not handles: mail addresses, hashtags, other networks' names, reserved
paths.  What is not meant is found, too, and marked so: the organiser's own, and what the words beside it
exclude (:mod:`hints`).
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence

from poltwt_console.extraction.handle_forms import Found, find_linked, find_under_labels, find_written
from poltwt_console.extraction.hints import take_hints
from poltwt_console.extraction.labels import Labelled
from poltwt_console.extraction.mention import (
    BASE_SCORE,
    OWN_HANDLES,
    RANK,
    RESPELLED,
    SPACED,
    Mention,
    looks_like_handle,
)
from poltwt_console.extraction.view import Passage

_LONG = re.compile(r"(?<![\w.+\-@/])[@＠](\w{16,40})(?!\w)", re.ASCII)


def find_overlong(passages: Iterable[Passage]) -> str:
    """What is written as a handle and is too long for one; "" if nothing is."""
    found = (_LONG.search(passage.text) for passage in passages)
    return next((match.group(1) for match in found if match is not None), "")


def find_mentions(
    passage: Passage, labelled: Sequence[Labelled], own: frozenset[str] = OWN_HANDLES
) -> list[Mention]:
    """All handles of a passage in order, excluded ones too, each place once."""
    mentions: list[Mention] = []
    starts: list[int] = []
    linked = list(find_linked(passage))
    named = [found for found in find_under_labels(labelled) if not _is_click_here(found, linked)]
    for start, end, handle, rule in [*named, *find_written(passage), *linked]:
        line = passage.line_at(start)
        place = bisect_left(starts, start)
        if line is None or _is_there(mentions, place, start):
            continue
        mention = Mention(
            handle, passage, start, end, rule, line.origin, BASE_SCORE[rule] + RANK[line.origin]
        )
        if handle.lower() in own:
            mention.excluded = "the organiser's own"
        if rule == "@" and _goes_on(passage, start, end, handle):
            mention.hints.add(SPACED)
        if rule != "link" and handle not in passage.text[start:end].replace("\\", ""):
            mention.hints.add(RESPELLED)
        starts.insert(place, start)
        mentions.insert(place, mention)
    cells = sorted(
        (value.start, value.end) for value in labelled if value.rule == "table" or value.field == "handle"
    )
    for number, mention in enumerate(mentions):
        before = mentions[number - 1].end if number else -1
        after = mentions[number + 1].start if number + 1 < len(mentions) else len(passage.text)
        at = bisect_right(cells, (mention.start, len(passage.text))) - 1
        take_hints(mention, before, after, in_row=at >= 0 and mention.start < cells[at][1])
    return mentions


def _goes_on(passage: Passage, start: int, end: int, handle: str) -> bool:
    """Whether a plain word behind a sign may be cut at a space: "@York Police"."""
    text, read = passage.text, passage.words
    following = text[end + 1 : end + 2]
    if text[end : end + 1] != " " or not following.isupper() or looks_like_handle(handle):
        return False
    word = read.index(end + 1)
    return word < len(read) and text[start] in "@＠" and "police" in read.senses[word]


def _is_click_here(found: Found, linked: Sequence[Found]) -> bool:
    """Whether a plain word under a handle's label only shows a link to a profile: "follow"."""
    start, end, word, _ = found
    return not looks_like_handle(word) and any(
        first <= start and end <= last and handle.lower() != word.lower() for first, last, handle, _ in linked
    )


def _is_there(mentions: Sequence[Mention], place: int, start: int) -> bool:
    """Whether the mention before or at a place begins beside a position or holds it."""
    before = place > 0 and (mentions[place - 1].end > start or start - mentions[place - 1].start < 2)
    return before or (place < len(mentions) and mentions[place].start - start < 2)

"""The organiser's call in a mail: what it asks is no evidence, unless the sender typed answers into it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from poltwt_console.extraction.labels import ANSWERED, LEAST_ANSWERED, Labelled, find_asked
from poltwt_console.extraction.mention import OWN_HANDLES
from poltwt_console.extraction.view import Line, Origin, Passage, View, mark_signature
from poltwt_console.extraction.vocabulary import Vocabulary

_ACCOUNT_ALONE = re.compile(r"(?:@|(?:https?://)?(?:www\.)?twitter\.com/)(\w{3,15})[.,]?", re.ASCII)
_ACCOUNT = re.compile(r"(?:(?<![\w.])@|twitter\.com/)(\w{3,15})", re.ASCII)


def set_calls_aside(view: View, vocabulary: Vocabulary) -> None:
    """Take the organiser's call, sent on without her address, for a quote: what it asks it does not tell."""
    for passage in list(view.passages(Origin.FORWARDED)):
        items = _questions(passage, vocabulary)
        if not items or _is_answered(passage, items):
            continue
        view.evidence[:] = [
            other
            for other in view.evidence
            if other is not passage
            and (other.origin is not Origin.SENDER or other.author is not passage.author)
        ]
        _set_origin(passage, Origin.QUOTED)
        view.quoted.append(passage)


def take_answers_up(view: View, vocabulary: Vocabulary) -> bool:
    """Take the organiser's call for evidence where the sender typed answers into it; whether there are any.

    Programs that mark each quoted line show them as the sender's own; others leave no mark between the two.
    How the organiser signs it, and what else stands below the last answer, is no evidence.
    """
    replied_to = [
        passage
        for passage in view.quoted
        if view.writer(passage) == "recipient"
        and not any(_is_marked(passage, line) for line in passage.lines)
    ]
    answered = False
    for passage in (*view.calls, *replied_to):
        items = _questions(passage, vocabulary)
        if not items or not _is_account_below(passage, items):
            continue
        mark_signature(passage, view.message)
        passage.lines = list(_down_to_answer(passage, items[-1].start))
        passage.author = None  # the sender's words now
        _set_origin(passage, Origin.FORWARDED)
        view.add_evidence(passage)
        answered = True
    view.quoted[:] = [passage for passage in view.quoted if passage.origin is Origin.QUOTED]
    return answered


def _questions(passage: Passage, vocabulary: Vocabulary) -> list[Labelled]:
    """The items of a call in a passage, if it asks for two of what a registration needs."""
    items = list(find_asked(passage, vocabulary))
    return items if len({item.label for item in items} & ANSWERED) >= LEAST_ANSWERED else []


def _set_origin(passage: Passage, origin: Origin) -> None:
    passage.origin = origin
    for line in passage.lines:
        line.origin = origin


def _down_to_answer(passage: Passage, asked: int) -> Iterator[Line]:
    """The lines down to the answer to the question that begins at a position: to the next empty one."""
    begun = False
    for line in passage.lines:
        if line.start > asked and (line.origin is Origin.SIGNATURE or (begun and line.empty)):
            return
        begun = begun or (line.start > asked and not line.empty)
        yield line


def _is_marked(passage: Passage, line: Line) -> bool:
    """Whether the mail program marked a line as quoted: what is typed between such lines stands by itself."""
    text = passage.text
    return ">" in text[text.rfind("\n", 0, line.start) + 1 : line.start]


def _is_account_below(passage: Passage, items: Sequence[Labelled]) -> bool:
    """Whether below the question for the account the next line is one, and not the organiser's."""
    asked = {item.start for item in items if item.label == "handle"}
    for line, below in pairwise(line for line in passage.lines if not line.empty):
        answer = _ACCOUNT_ALONE.fullmatch(passage.text, below.start, below.end)
        if line.start in asked and answer is not None and answer.group(1).lower() not in OWN_HANDLES:
            return True
    return False


def _is_answered(passage: Passage, items: Sequence[Labelled]) -> bool:
    """Whether something stands between the items of a list, or an account below them."""
    starts = {item.start for item in items}
    between = any(
        not line.empty and line.start not in starts and items[0].start < line.start < items[-1].start
        for line in passage.lines
    )
    below = _ACCOUNT.findall(passage.text, items[-1].end, passage.lines[-1].end)
    return between or any(handle.lower() not in OWN_HANDLES for handle in below)

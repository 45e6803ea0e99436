"""A body's lines told apart: the sender's own words, quotes, forwards, signature, disclaimer, call.

What is marked wrongly as quoted is lost as evidence, so the doubtful stays BODY.  Whether a mail
below a header block is quoted or forwarded follows from the subject it stands under: ``Fwd:`` makes
a forward, ``Re:`` a reply, and what the organiser wrote is always a quote.  Answers between
quoted lines are BODY.  Inside a forward the same rules hold again.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from poltwt_console.domain.message import Organiser, Segment, SegmentKind, Sender
from poltwt_console.mailbox import limits
from poltwt_console.mailbox.endings import find_disclaimers, find_signature
from poltwt_console.mailbox.openers import Line, Opener, find_opener
from poltwt_console.mailbox.phrases import load_phrases

_PREFIX = re.compile(
    r"\A\s{0,5}([^\W\d_]{1,12}(?: [^\W\d_]{1,8})?)(?:\[\d{1,3}\]|\(\d{1,3}\)|\^\d{1,3})?\s{0,2}[:：]"
)
_MARKS = re.compile(r"(?:[ \t]{0,3}[>＞]){1,40}")
_CALL_LINE = 12  # characters: a shorter line of the call proves nothing alone


@dataclass(frozen=True, slots=True)
class Context:
    """The mail that the lines from ``depth`` on belong to."""

    depth: int
    kind: SegmentKind
    subject: str
    author: Sender | None = None
    date: datetime | None = None


@dataclass(frozen=True, slots=True)
class _Label:
    kind: SegmentKind
    author: Sender | None = None
    date: datetime | None = None
    opens: bool = False  # the line only introduces what is below it

    def continues(self, other: _Label) -> bool:
        """Whether its line goes with one that is labelled so."""
        return self is other or (
            self.kind is other.kind and self.author == other.author and self.date == other.date
        )


def read_prefix(subject: str) -> str:
    """``"forward"``, ``"reply"`` or ``""``, by the first prefix of a subject."""
    found = _PREFIX.match(subject[:60])
    if found:
        word = found.group(1).casefold()
        phrases = load_phrases()
        if word in phrases.forward_prefixes:
            return "forward"
        if word in phrases.reply_prefixes:
            return "reply"
    return ""


def find_segments(
    text: str,
    *,
    subject: str = "",
    is_answer: bool = False,
    quotes: Sequence[tuple[int, int]] = (),
    organiser: Organiser | None = None,
    whole: SegmentKind = SegmentKind.BODY,
    author: Sender | None = None,
    date: datetime | None = None,
    most_lines: int = limits.TEXT_LINES,
) -> tuple[Segment, ...]:
    """The segments of a body, in order, covering all of it.

    ``is_answer``: the mail has In-Reply-To or References.  ``quotes`` are stretches that HTML
    marks as quoted.  ``whole`` with ``author`` and ``date`` is what the text is to begin with:
    FORWARDED for an enclosed mail.  Lines past ``most_lines`` go with the last one.
    """
    if not text:
        return ()
    lines = split_lines(text, quotes, max(most_lines, 1))
    organiser = organiser or Organiser()
    labels = _label_lines(lines, Context(-1, whole, subject, author, date), is_answer, organiser)
    _mark_calls(lines, labels, organiser.calls)
    _mark_ends(lines, labels)
    segments: list[Segment] = []
    first, start, end, head = labels[0], 0, 0, 0
    for line, label in zip(lines, labels, strict=True):
        if line.words and not label.continues(first):  # an empty line belongs to what it follows
            segments.append(Segment(first.kind, start, end, first.author, first.date, head))
            first, start, end, head = label, line.start, line.start, 0
        if label.opens and end == start + head:
            head = line.end - start
        end = line.end
    segments.append(Segment(first.kind, start, len(text), first.author, first.date, head))
    return tuple(segments)


def split_lines(text: str, quotes: Sequence[tuple[int, int]], most: int) -> list[Line]:
    """The lines with their depth in quotes; ``end`` is after the line end, words are without marks."""
    lines: list[Line] = []
    position = 0
    for raw in text.split("\n", most)[:most]:
        end = min(position + len(raw) + 1, len(text))
        marks = _MARKS.match(raw) if raw[:4].lstrip()[:1] in (">", "＞") else None
        if marks and raw.startswith("---", marks.end()):
            marks = None  # the frame that Lotus Notes draws around a header
        depth = marks.group().count(">") + marks.group().count("＞") if marks else 0
        words = raw[marks.end() if marks else 0 : limits.LINE_CHARACTERS].strip()
        lines.append(Line(position, end, words, depth))
        position = end
    for start, stop in quotes[:100]:
        for index, line in enumerate(lines):
            if line.start >= stop:
                break
            if line.start >= start:
                lines[index] = Line(line.start, line.end, line.words, line.depth + 1)
    return lines


def _label_lines(lines: list[Line], whole: Context, is_answer: bool, organiser: Organiser) -> list[_Label]:
    contexts = [whole]
    labels: list[_Label] = []
    plain = _Label(whole.kind, whole.author, whole.date)  # of the lines in the same context as the last
    pending: Context | None = None  # an attribution waits for the deeper lines that it introduces
    index = 0
    while index < len(lines):
        line = lines[index]
        if line.words:
            while contexts[-1].depth > line.depth:
                contexts.pop()
        opener = find_opener(lines, index) if line.words else None
        if opener is not None:
            context = _decide(opener, contexts, is_answer, organiser)
            if context.depth > line.depth and opener.kind == "attribution":
                pending = context
            elif (
                context.kind is SegmentKind.QUOTED
                and opener.kind != "attribution"
                and _is_answered_below(lines, index + opener.lines)
            ):
                pending = replace(context, depth=line.depth + 1)
            else:
                contexts.append(context)
            label = _Label(context.kind, context.author, context.date, opens=True)
            labels.extend([label] * opener.lines)
            index += opener.lines
            continue
        if line.words and line.depth > max(contexts[-1].depth, 0):
            if pending is None or pending.depth > line.depth:
                kind = SegmentKind.QUOTED
                if contexts[-1].kind is SegmentKind.BODY and read_prefix(contexts[-1].subject) == "forward":
                    kind = SegmentKind.FORWARDED
                pending = Context(line.depth, kind, "")
            contexts.append(pending)
            pending = None
        current = contexts[-1]
        if (current.kind, current.author, current.date) != (plain.kind, plain.author, plain.date):
            plain = _Label(current.kind, current.author, current.date)
        labels.append(plain)
        index += 1
    return labels


#: How many stretches with marks make a conversation.
_TURNS = 2


def _is_answered_below(lines: list[Line], index: int) -> bool:
    """Whether marked lines below a header block are answered in between, by lines without marks.

    The marked ones are then what the block introduces, the others the sender's own.
    """
    depth = lines[index - 1].depth
    turns, marked = 0, False
    for number in range(index, len(lines)):
        line = lines[number]
        if not line.words:
            continue
        if line.depth > depth:
            marked = True
        elif find_opener(lines, number) is not None:
            return False  # what is below is another mail
        elif marked:
            turns, marked = turns + 1, False
            if turns == _TURNS:
                return True
        elif not turns:
            return False  # it begins with plain lines: they are the mail that was answered
    return False


def _decide(opener: Opener, contexts: list[Context], is_answer: bool, organiser: Organiser) -> Context:
    """Whether what an opener introduces is a quote or a forward."""
    outer = contexts[-1]
    prefix = read_prefix(outer.subject)
    author = opener.author
    own = author is not None and organiser.wrote(author)
    if own or outer.kind is SegmentKind.QUOTED:
        kind = SegmentKind.QUOTED
    elif opener.kind == "forward" or prefix == "forward":
        kind = SegmentKind.FORWARDED
    elif (
        opener.kind == "attribution" or prefix == "reply" or is_answer or outer.kind is SegmentKind.FORWARDED
    ):
        kind = SegmentKind.QUOTED
    else:
        kind = SegmentKind.FORWARDED
    return Context(opener.depth, kind, opener.subject, author, opener.date)


def _mark_calls(lines: list[Line], labels: list[_Label], calls: tuple[str, ...]) -> None:
    """Mark the lines of the organiser's own call, wherever they stand."""
    known = {_fold(line) for call in calls for line in call.splitlines()}
    known = {line for line in known if len(line) >= _CALL_LINE}
    if not known:
        return
    for index, line in enumerate(lines):
        if _fold(line.words) in known:
            labels[index] = _Label(SegmentKind.CALL)


def _fold(line: str) -> str:
    return " ".join(line.casefold().split())


def _mark_ends(lines: list[Line], labels: list[_Label]) -> None:
    """Mark signature and legal footer of each mail in the body."""
    start = 0
    while start < len(lines):
        label = labels[start]
        end = start + 1
        while end < len(lines) and (labels[end] is label or labels[end] == label):
            end += 1
        if label.kind in (SegmentKind.BODY, SegmentKind.FORWARDED):
            run = lines[start:end]
            signature = find_signature(run)
            if signature is not None:
                signing = _Label(SegmentKind.SIGNATURE, label.author, label.date)
                labels[start + signature : end] = [signing] * (len(run) - signature)
            for first, last in find_disclaimers(run):
                legal = _Label(SegmentKind.DISCLAIMER, label.author, label.date)
                labels[start + first : start + last] = [legal] * (last - first)
        start = end

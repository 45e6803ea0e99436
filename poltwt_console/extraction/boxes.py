"""Lists and answers in which boxes are ticked: "[x] @RivertonPD", "☐ @RivertonFD", "[x] Officer [ ] Team"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from poltwt_console.extraction.view import Line, Passage

_TICKS = "xX✓✔хХ×"
#: (signs of ticked boxes, of empty ones of the same sort)
_SIGNS = (("☑☒", "☐"), ("✓✔✅", "✗✘❌"), ("■▣", "□"))
#: (what a ticked box looks like, what an empty one of the same sort does)
_SORTS = (
    (rf"\[\s?[{_TICKS}]\s?\]", r"\[[\s_]{0,3}\]"),
    (rf"\(\s?[{_TICKS}]\s?\)", r"\([\s_]{1,3}\)"),
    *((f"[{ticked}]", f"[{empty}]") for ticked, empty in _SIGNS),
)
_LEAD = r"[\s>*•-]{0,8}"
_LINES = [(re.compile(_LEAD + ticked), re.compile(_LEAD + empty)) for ticked, empty in _SORTS]
_TICKED_SIGNS = "".join(ticked for ticked, _ in _SIGNS)
#: What a text with any ticked box holds; it begins with a set of signs, which is sought for quickly.
_TICKED = re.compile(rf"[\[({_TICKED_SIGNS}](?:(?<=[{_TICKED_SIGNS}])|\s?[{_TICKS}]\s?[\])])")
_ANSWERS = [(re.compile(ticked), re.compile(f"(?={ticked}|{empty})")) for ticked, empty in _SORTS]


def find_unticked(passage: Passage) -> Iterator[tuple[int, int]]:
    """The entries (start, end) whose box is empty: a line, with those below it that are set in farther.

    Where no box of the same sort is ticked the boxes tell nothing.
    """
    text = passage.text
    if _TICKED.search(text) is None:
        return  # as in most mails
    for ticked, empty in _LINES:
        if not any(ticked.match(text, line.start, line.end) for line in passage.lines):
            continue
        depth = -1  # of the entry that is open
        start = end = 0
        for line in passage.lines:
            if depth >= 0 and (line.empty or _depth(line, text) <= depth):
                yield start, end
                depth = -1
            if empty.match(text, line.start, line.end):
                depth, start = _depth(line, text), line.start
            end = line.end
        if depth >= 0:
            yield start, end


def _depth(line: Line, text: str) -> int:
    """How far a line is set in."""
    return line.start - (text.rfind("\n", 0, line.start) + 1)


def ticked_part(answer: str) -> str:
    """What is ticked of an answer that begins with a box, "Officer" of "[x] Officer [ ] Agency"; or all."""
    for ticked, box in _ANSWERS:
        if box.match(answer.lstrip()):
            return "".join(choice for choice in box.split(answer) if ticked.match(choice)) or answer
    return answer

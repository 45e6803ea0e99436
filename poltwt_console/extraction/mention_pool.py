"""The handles of a mail to choose from, with what is asked of all of them together.

A list may hold hundreds: what one handle's features need of the others is looked up, never searched
for one by one.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from heapq import nlargest

from poltwt_console.domain.message import TextPart
from poltwt_console.extraction.clues import is_own
from poltwt_console.extraction.mention import WRITTEN, Mention
from poltwt_console.extraction.view import Line, Origin, Passage

_AGAINST = frozenset({"former before", "former after", "negation before", "negation after"})
_FOR = frozenset({"mine", "ours", "label.handle", "register"})
#: What a handle's letters may have in common with the agency: some of a mail's handles have it, others not.
TRAITS = ("police letters True", "agency letters True", "initials True", "domain True")
_POSTSCRIPT = re.compile(r"(?:^|\n)\s{0,8}(?:P\.?\s?S\.?|N\.?B\.?)(?!\w)")


class Row:
    """Mentions in the order in which they stand in one text."""

    def __init__(self, mentions: Sequence[Mention]) -> None:
        self.mentions = sorted(mentions, key=lambda mention: mention.start)
        self.starts = [mention.start for mention in self.mentions]
        keys = [mention.key for mention in self.mentions]
        count = len(keys)
        self._next = [count] * count  # the first one behind that is of another handle
        self._last = [-1] * count  # the last one before that is of another handle
        for n in range(count - 2, -1, -1):
            self._next[n] = n + 1 if keys[n + 1] != keys[n] else self._next[n + 1]
        for n in range(1, count):
            self._last[n] = n - 1 if keys[n - 1] != keys[n] else self._last[n - 1]

    def between(self, low: int, high: int, key: str) -> bool:
        """Whether a mention of another handle than ``key`` begins in ``low`` to ``high`` (half open)."""
        first, end = bisect_left(self.starts, low), bisect_left(self.starts, high)
        if first >= end:
            return False
        return self.mentions[first].key != key or self._next[first] < end

    def count_between(self, low: int, high: int, key: str, most: int) -> int:
        """How many mentions of other handles begin behind ``low`` and before ``high``, up to ``most``."""
        found = 0
        for n in range(bisect_right(self.starts, low), bisect_left(self.starts, high)):
            found += self.mentions[n].key != key
            if found == most:
                break
        return found

    def closest(self, position: int) -> Mention:
        """The mention that begins nearest to a position, the first of equals."""
        n = bisect_left(self.starts, position)
        near = self.mentions[max(n - 1, 0) : n + 1]
        return min(near, key=lambda mention: abs(mention.start - position))

    def before(self, position: int, key: str) -> Mention | None:
        """The nearest mention of another handle that begins before a position."""
        n = bisect_left(self.starts, position) - 1
        if n >= 0 and self.mentions[n].key == key:
            n = self._last[n]
        return self.mentions[n] if n >= 0 else None

    def behind(self, position: int, key: str) -> Mention | None:
        """The nearest mention of another handle that begins at a position or behind it."""
        n = bisect_left(self.starts, position)
        if n < len(self.mentions) and self.mentions[n].key == key:
            n = self._next[n]
        return self.mentions[n] if n < len(self.mentions) else None

    def any_before(self, position: int, key: str) -> bool:
        """Whether another handle's mention begins at a position or before it."""
        n = bisect_right(self.starts, position) - 1
        return n >= 0 and (self.mentions[n].key != key or self._last[n] >= 0)

    def any_behind(self, position: int, key: str) -> bool:
        """Whether another handle's mention begins at a position or behind it."""
        n = bisect_left(self.starts, position)
        return n < len(self.mentions) and (self.mentions[n].key != key or self._next[n] < len(self.mentions))


class Meant:
    """The handles that are meant, in the order of the mail, with what a name or address asks of them."""

    def __init__(self, mentions: Sequence[Mention]) -> None:
        self.mentions = mentions
        self._keys = {mention.key for mention in mentions}
        self._rows: dict[int, Row] = {}
        self._holders: dict[str, int] = {}

    def __len__(self) -> int:
        return len(self.mentions)

    def row(self, part: TextPart) -> Row:
        """Those in one text, by their place."""
        row = self._rows.get(id(part))
        if row is None:
            here = [mention for mention in self.mentions if mention.passage.part is part]
            row = self._rows[id(part)] = Row(here)
        return row

    def holders(self, word: str) -> int:
        """How many handles hold a word."""
        count = self._holders.get(word)
        if count is None:
            count = self._holders[word] = sum(word in key for key in self._keys)
        return count


@dataclass(slots=True)
class MentionPool:
    """``mentions`` in the order of the mail, the usable ones are not excluded; ``letters`` of each handle."""

    mentions: list[Mention]
    letters: Mapping[str, Collection[str]]
    places: dict[str, int] = field(init=False)  # the number of each usable handle
    times: Counter[str] = field(init=False)  # how often each usable handle stands
    in_body: set[str] = field(init=False)  # usable handles where people write what they mean
    doubted: set[str] = field(init=False)  # usable handles that the words beside them speak against
    usable: int = field(init=False)
    _traits: Counter[str] = field(init=False)  # how many usable handles have each trait
    _own: set[str] = field(init=False)  # usable handles whose letters are the agency's or a person's
    _cued: list[tuple[int, str]] = field(init=False)  # the two handles with the most cues
    _rows: dict[tuple[int, Origin | None], Row] = field(init=False)
    _alike: Counter[tuple[object, ...]] = field(init=False)
    _postscripts: dict[int, int] = field(default_factory=dict)
    _led_in: dict[int, dict[int, Line]] = field(default_factory=dict)  # by passage and start of the line

    def __post_init__(self) -> None:
        usable = [mention for mention in self.mentions if not mention.excluded]
        self.usable = len(usable)
        self.places = {}
        for mention in usable:
            self.places.setdefault(mention.key, len(self.places))
        self.times = Counter(mention.key for mention in usable)
        self.in_body = {mention.key for mention in usable if mention.origin in WRITTEN}
        self.doubted = {mention.key for mention in usable if not mention.hints.isdisjoint(_AGAINST)}
        self._traits = Counter(
            trait for key in self.places for trait in TRAITS if trait in self.letters.get(key, ())
        )
        self._own = {key for key in self.places if is_own(self.letters.get(key, ()))}
        cued: dict[str, int] = {}
        for mention in usable:
            cued[mention.key] = max(cues(mention), cued.get(mention.key, 0))
        self._cued = nlargest(2, ((count, key) for key, count in cued.items()))
        rows: defaultdict[tuple[int, Origin | None], list[Mention]] = defaultdict(list)
        self._alike = Counter()
        for mention in usable:
            part = id(mention.passage.part)
            rows[part, None].append(mention)
            rows[part, mention.origin].append(mention)
            shape, start = self._opening(mention), line_head(mention)[0]
            self._alike.update(
                ((*shape,), (*shape, start), (*shape, mention.key), (*shape, mention.key, start))
            )
        self._rows = {place: Row(own) for place, own in rows.items()}

    def __iter__(self) -> Iterator[Mention]:
        return iter(self.mentions)

    def others(self, mention: Mention) -> int:
        """How many usable mentions there are of other handles."""
        return self.usable - self.times[mention.key]

    def rival_cues(self, mention: Mention) -> int:
        """The cues of the other handle that has most of them; -1 where there is none."""
        return next((count for count, key in self._cued if key != mention.key), -1)

    def rivals_with(self, trait: str, mention: Mention) -> bool:
        """Whether the letters of another handle have a trait."""
        return self._traits[trait] > (trait in self.letters.get(mention.key, ()))

    def is_own(self, mention: Mention) -> bool:
        """Whether a handle's letters are those of the agency or of a person, see ``clues.is_own``."""
        return mention.key in self._own

    def rivals_own(self, mention: Mention) -> bool:
        """Whether those of another handle are."""
        return len(self._own) > (mention.key in self._own)

    def row(self, part: TextPart, origin: Origin | None = None) -> Row:
        """The usable mentions of a part, of one origin if that is given."""
        return self._rows.get((id(part), origin), _EMPTY)

    def alike(self, mention: Mention) -> int:
        """How many other handles' mentions open a line of their own with the same sign as this one does."""
        shape, start = self._opening(mention), line_head(mention)[0]
        return (
            self._alike[(*shape,)]
            - self._alike[(*shape, start)]
            - self._alike[(*shape, mention.key)]
            + self._alike[(*shape, mention.key, start)]
        )

    @staticmethod
    def _opening(mention: Mention) -> tuple[object, ...]:
        """Where it stands, its form, and what its line begins with: a bullet, any number, or nothing."""
        sign = line_head(mention)[1][:1]
        return id(mention.passage.part), mention.rule, "9" if sign.isdigit() else sign

    def led_in(self, mention: Mention) -> Line | None:
        """The line that leads in the list which a handle stands in: "We follow:"."""
        passage = mention.passage
        lines = self._led_in.get(id(passage))
        if lines is None:
            lines = self._led_in[id(passage)] = _lead_ins(passage)
        return lines.get(line_head(mention)[0]) if lines else None

    def in_postscript(self, mention: Mention) -> bool:
        """Whether a P.S. stands before it in its text."""
        part = mention.passage.part
        end = self._postscripts.get(id(part))
        if end is None:
            match = _POSTSCRIPT.search(part.text)
            end = self._postscripts[id(part)] = match.end() if match else len(part.text) + 1
        return end <= mention.start


_EMPTY = Row(())
_COLONS = (":", "：")


def _lead_ins(passage: Passage) -> dict[int, Line]:
    """The line above that ends in a colon, for each line down to the next empty one, by where it begins."""
    text = passage.text
    found: dict[int, Line] = {}
    lead: Line | None = None
    used = False
    for line in passage.lines:
        if line.empty:
            lead = None if used else lead
        elif text.endswith(_COLONS, line.start, line.end) and text.find("@", line.start, line.end) < 0:
            lead, used = line, False
        elif lead is not None:
            found[text.rfind("\n", 0, line.start) + 1] = lead
            used = True
    return found


def cues(mention: Mention) -> int:
    """How many kinds of words in its sentence give a handle as the account: "our", "Twitter", "register"."""
    return len(_FOR & mention.hints)


def line_head(mention: Mention) -> tuple[int, str]:
    """Where a handle's line begins, and what stands before the handle on it."""
    text = mention.passage.text
    start = text.rfind("\n", 0, mention.start) + 1
    return start, text[start : mention.start].strip()

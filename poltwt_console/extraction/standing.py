"""A second look at each handle: how it stands beside the others, by the points that the first look gave.

"A, B and C", "follow A, our own is B": a handle joined to one that is meant mostly is meant too, and one
far behind another mostly is not.  The first look sees each handle by itself, and of the others only what
they are like.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from poltwt_console.extraction.linear import Feature
from poltwt_console.extraction.mention import WRITTEN, Mention
from poltwt_console.extraction.mention_pool import MentionPool

#: A mention and the points that a look at it gave.
Looked = tuple[Mention, int]


@dataclass(slots=True)
class Standing:
    """What the first look at the handles of a mail gave: each one's best mention, and the two best of all."""

    looked: Sequence[Looked]
    best: dict[str, int] = field(default_factory=dict)
    #: The number of each handle, from the best one on.
    ranks: dict[str, int] = field(default_factory=dict)
    _top: list[Looked] = field(default_factory=list)

    def __post_init__(self) -> None:
        mentions: dict[str, Mention] = {}
        for mention, points in self.looked:
            known = self.best.get(mention.key)
            if known is None or points > known:
                self.best[mention.key] = points
                mentions[mention.key] = mention
        keys = sorted(self.best, key=lambda key: -self.best[key])
        self.ranks = {key: number for number, key in enumerate(keys)}
        self._top = [(mentions[key], self.best[key]) for key in keys[:2]]

    def rival(self, mention: Mention) -> Looked | None:
        """The best mention of another handle."""
        return next((looked for looked in self._top if looked[0].key != mention.key), None)


def describe_standing(
    mention: Mention, points: int, standing: Standing, pool: MentionPool, kind: str, said: Sequence[int]
) -> list[Feature]:
    """The features of the second look at a mention that the first gave so many points.

    ``said``: the numbers of accounts that the mail may speak of.
    """
    features: list[Feature] = ["bias"]
    features += [("from", least) for least in STEPS if points >= least]
    rival = standing.rival(mention)
    if rival is None:
        return features
    other, best = rival
    count, own, top = min(len(standing.best), 4), _step(points, 100), _step(best, 100)
    lead = _step(points - best, 100)
    features += [
        ("lead in fifties", _step(points - best, 50)),
        ("lead", lead, "best", _step(best, 200)),
        ("lead", lead, "kind", kind),
        ("points", own, "best", top),
        ("points", own, "best", top, "count", count),
        ("bare", mention.rule == "bare word", "best", top),
        ("own", pool.is_own(mention), "best", top),
        (
            "like the best",
            mention.origin is other.origin,
            mention.rule == other.rule,
            "best",
            _step(best, 200),
        ),
    ]
    number = max((number for number in said if number <= len(standing.best)), default=0)
    if number:
        among = standing.ranks[mention.key] < number
        features += [("said", among, "points", own), ("said", among, "of", len(standing.best) == number)]
    beside = pool.row(mention.passage.part)
    before, behind = beside.before(mention.start, mention.key), beside.behind(mention.end, mention.key)
    left = ("nothing", 0) if before is None else (joint(before, mention), standing.best[before.key])
    right = ("nothing", 0) if behind is None else (joint(mention, behind), standing.best[behind.key])
    for side, neighbour, (tie, its) in (("before", before, left), ("behind", behind, right)):
        if neighbour is not None:
            features += [
                (side, tie, "points", _step(its, 100)),
                (side, tie, "points", _step(its, 150), "own", _step(points, 150)),
                (side, tie, "points", _step(its, 150), "same form", mention.rule == neighbour.rule),
            ]
    between = ("between", left[0], _step(left[1], 200), right[0], _step(right[1], 200))
    features += [between, (*between, "own", _step(points, 150))]
    return features


#: The points of the first look, in steps.
STEPS = (-200, -100, -50, 0, 25, 50, 100, 150, 200, 300, 400)


def _step(points: int, size: int) -> int:
    return max(min(points, 400), -400) // size


def joint(one: Mention, other: Mention) -> str:
    """What lies between a mention and the next: a comma, "and", a few words, the end of the line ..."""
    text = one.passage.text
    low, high = one.end, other.start
    if high - low > _FAR:
        return "far"
    between = text[low:high]
    if "\n\n" in between:
        return "paragraph"
    if "\n" in between:
        return "lines" if between.strip() else "next line"
    if not any(map(str.isalnum, between)):
        return "comma" if any(sign in between for sign in _COMMAS) else "beside"
    senses = one.passage.words.senses_in(low, high)
    if len(senses) <= _AND and all("and" in meanings for meanings in senses):
        return "and"
    if len(senses) <= _FEW:
        return "few words"
    return "sentence" if ". " in between else "line"


def follows_as_item(one: Mention, other: Mention) -> bool:
    """Whether another handle stands on the next line, and both lines hold nothing else but a list's sign."""
    if one.passage is not other.passage or one.key == other.key or other.start - one.end > _FAR:
        return False
    if one.origin not in WRITTEN:
        return False  # below a signature stands whatever its writer runs
    text = one.passage.text
    above = text[text.rfind("\n", 0, one.start) + 1 : one.start]
    below = text[other.end : other.end + _FAR].partition("\n")[0]
    return (
        _ITEM.fullmatch(above) is not None
        and _NEXT_ITEM.fullmatch(text, one.end, other.start) is not None
        and _ITEM_END.fullmatch(below) is not None
    )


#: What may stand before a handle on its line in a list, behind it, and from one to the next.
_ITEM = re.compile(r"[ \t>]{0,12}(?:[-*+•–·‣▪►]|\(?\d{1,2}[.)])?\s{0,4}")
_ITEM_END = re.compile(r"\s{0,4}[,;.]?\s{0,4}")
_NEXT_ITEM = re.compile(rf"[ \t]{{0,4}}[,;.]?\s{{0,2}}\n{_ITEM.pattern}")
_FAR, _AND, _FEW = 200, 3, 4
_COMMAS = ",،、;"

"""What speaks for a name or an address being that of an account.

What it looks like by itself (:mod:`candidate_looks`), and for a handle: which side, how near, what lies
between, and whether both are the third of three.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence

from poltwt_console.extraction.candidate_looks import bucket, describe_candidate
from poltwt_console.extraction.candidate_pool import Pool
from poltwt_console.extraction.candidates import Candidate
from poltwt_console.extraction.linear import Feature, Judge
from poltwt_console.extraction.mention import Mention
from poltwt_console.extraction.mention_pool import Meant
from poltwt_console.extraction.text import EMPTY_LINE
from poltwt_console.extraction.view import Origin


def describe_pair(
    mention: Mention | None,
    candidate: Candidate | None,
    pool: Pool,
    meant: Meant,
    officer: bool,
) -> list[Feature]:
    """The features of whether a name or address belongs to a handle; None: the mail gives none."""
    if candidate is None:
        best = max((choice.margin for choice in pool.choices), default=0)
        return [
            "none",
            ("none kind", pool.kind),
            ("none choices", min(len(pool.choices), 3)),
            ("none read", min(len(pool.read), 2)),
            ("none officer", officer),
            ("none best", bucket(best)),
        ]
    features = _described(candidate, pool, officer)
    return features if mention is None else features + _describe_bond(mention, candidate, pool, meant)


def score_pair(
    mention: Mention | None,
    candidate: Candidate | None,
    pool: Pool,
    meant: Meant,
    officer: bool,
    judge: Judge,
) -> int:
    """The judge's points for those features; of a candidate by itself it is asked once."""
    if candidate is None:
        return judge.score(describe_pair(mention, None, pool, meant, officer))
    known = (id(candidate), officer)
    points = pool.points.get(known)
    if points is None:
        points = pool.points[known] = judge.score(_described(candidate, pool, officer))
    return (
        points if mention is None else points + judge.score(_describe_bond(mention, candidate, pool, meant))
    )


def _described(candidate: Candidate, pool: Pool, officer: bool) -> list[Feature]:
    known = (id(candidate), officer)
    features = pool.described.get(known)
    if features is None:
        features = pool.described[known] = describe_candidate(candidate, pool, officer)
    return features


def _describe_bond(mention: Mention, candidate: Candidate, pool: Pool, meant: Meant) -> list[Feature]:
    """The features of what ties a name or address to a handle: where both stand, their letters."""
    several = min(len(meant), 3)
    words = pool.words_of(candidate)
    shared = [word for word in words if len(word) > 3 and word in mention.key]
    distinct = any(meant.holders(word) == 1 for word in shared)
    letters = "".join(word[0] for word in words)
    initials = len(letters) > 1 and letters in mention.key
    reach = min(pool.reach(candidate, mention.key), _MOST_REACH)
    ahead = reach - min(pool.reach_of_others(candidate, mention), _MOST_REACH)
    return [
        *_relation(mention, candidate, pool, meant, several),
        ("reach", reach, several > 1),
        ("reach ahead", max(-_FAR_AHEAD, min(ahead, _FAR_AHEAD)), reach > 0, several > 1),
        ("in handle", bool(shared), several > 1, distinct),
        ("initials in handle", initials, several > 1),
    ]


#: A longer reach tells no more.
_MOST_REACH = 7
_FAR_AHEAD = 3


def _relation(
    mention: Mention, candidate: Candidate, pool: Pool, meant: Meant, several: int
) -> list[Feature]:
    part = mention.passage.part
    if part is not candidate.passage.part or mention.origin is Origin.QUOTED:
        return [("elsewhere", several), ("elsewhere", candidate.origin, mention.origin)]
    low, high = sorted((mention.start, candidate.start))
    here = meant.row(part)
    between = here.count_between(low, high, mention.key, 2)
    spans, starts = pool.spans.get(part.id, []), pool.span_starts.get(part.id, [])
    rivals = _count_rivals(candidate, spans, bisect_right(starts, low), bisect_left(starts, high))
    text = candidate.passage.text
    lines = text.count("\n", low, high)
    side = "after" if candidate.start > mention.start else "before"
    blank = lines > 1 and EMPTY_LINE.search(text, low, high) is not None
    near = "same line" if not lines else "near" if lines < 3 and not blank else "far"
    features: list[Feature] = [
        ("side", side, near, several),
        ("side between", side, between, several),
        ("side rivals", side, rivals, several),
        ("side both", side, between, rivals, near),
        ("blank", blank, several),
        ("near", near, candidate.rule),
    ]
    if several > 1:
        number = bisect_left(here.starts, mention.start)
        ordinal = bisect_right(starts, candidate.end - 1) - 1
        even = "even" if len(spans) == len(here.mentions) else "one" if len(spans) == 1 else "odd"
        ahead = bool(spans) and spans[0][1] <= here.mentions[0].start
        behind = bool(spans) and spans[-1][0] >= here.mentions[-1].end
        closest = here.closest((candidate.start + candidate.end) // 2)
        features += [
            ("ordinal", even, ordinal == number),
            ("ordinal", even, ordinal == number, side, between),
            ("closest", closest.key == mention.key, even),
            ("layout", side, between, ahead, behind),
            ("layout", side, between, ahead, behind, candidate.kind, near),
            ("even", even, side, between, min(rivals, 1)),
        ]
    return features


def _count_rivals(candidate: Candidate, spans: Sequence[tuple[int, int, str]], first: int, last: int) -> int:
    """How many of some spans are other words than the candidate's, up to two."""
    found = 0
    for start, end, key in spans[first:last]:
        found += key != candidate.key and not (start < candidate.end and candidate.start < end)
        if found == 2:
            break
    return found

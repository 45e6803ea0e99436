"""Which of a mail's handles are meant: each is looked at by itself, then beside the others."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from poltwt_console.extraction.findings import Findings
from poltwt_console.extraction.linear import Judge
from poltwt_console.extraction.matching import describe_mention, numbers_said
from poltwt_console.extraction.mention import DOUBTS, SAID_NOT, Mention
from poltwt_console.extraction.mention_pool import MentionPool, line_head
from poltwt_console.extraction.records import in_table
from poltwt_console.extraction.standing import Looked, Standing, describe_standing, follows_as_item, joint
from poltwt_console.extraction.view import Passage


def meant_mentions(
    findings: Findings, kind: str, judges: dict[str, Judge]
) -> tuple[list[Looked], list[Looked]]:
    """(handles that are meant, in the order of the mail; those that are not), each with its points."""
    pool = mention_pool(findings, kind)
    standing = Standing(first_look(pool, findings, kind, judges["mention"]))
    said = numbers_said(findings)
    looked = [
        (mention, judges["standing"].score(describe_standing(mention, first, standing, pool, kind, said)))
        for mention, first in standing.looked
    ]
    best: dict[str, tuple[int, int, Mention]] = {}
    for number, (mention, points) in enumerate(_share(looked, pool)):
        points = _bounded(points, mention, findings, kind)
        known = best.get(mention.key)
        if known is None or points > known[1]:
            best[mention.key] = (known[0] if known else number, points, mention)
    top = max((points for _, points, _ in best.values()), default=0)
    enough = _MEANT if len(best) < _CROWD else _MEANT_IN_CROWD
    least = min(max(top, _LEAST), enough)  # a mail means one of its handles, if any may be
    if kind == "update":
        least = max(least, top - _NEARLY)  # beside the account that changes stands its former name
    meant = [
        (mention, points)
        for _, points, mention in sorted(best.values(), key=lambda entry: entry[0])
        if points >= least
    ]
    left = [(mention, points) for _, points, mention in best.values() if points < least]
    return meant, left


def _share(looked: Sequence[Looked], pool: MentionPool) -> Iterator[Looked]:
    """Those of one list share their points: all are meant, or none is."""
    start = 0
    while start < len(looked):
        end, is_list = _end_of_lines(looked, start, pool)
        if not is_list:
            end, is_list = _end_of_words(looked, start)
        listed = looked[start:end]
        if is_list:
            mean = sum(points for _, points in listed) // len(listed)
            yield from ((mention, mean) for mention, _ in listed)
        else:
            yield from listed
        start = end


def _end_of_words(looked: Sequence[Looked], start: int) -> tuple[int, bool]:
    """Where handles that commas join end, and whether they are a list: "@A, @B and @C"."""
    end, tie = start + 1, ""
    while end < len(looked) and tie != "and":
        one, other = looked[end - 1][0], looked[end][0]
        tie = joint(one, other) if one.passage is other.passage and one.key != other.key else ""
        if tie not in ("comma", "and"):
            break
        end += 1
    return end, tie == "and" and end - start >= _LIST


def _end_of_lines(looked: Sequence[Looked], start: int, pool: MentionPool) -> tuple[int, bool]:
    """Where handles that have a line each end, and whether they are a list: led in, or with its signs."""
    first, end = looked[start][0], start + 1
    if pool.led_in(first) is None and line_head(first)[1] == "":
        return end, False
    while end < len(looked) and follows_as_item(looked[end - 1][0], looked[end][0]):
        end += 1
    return end, end - start >= _LIST


#: Of so many handles a list is one.
_LIST = 3


def first_look(pool: MentionPool, findings: Findings, kind: str, judge: Judge) -> list[Looked]:
    """The mentions that may be meant, each with what speaks for it by itself."""
    return [
        (
            mention,
            _bounded(judge.score(describe_mention(mention, pool, findings, kind)), mention, findings, kind),
        )
        for mention in pool
        if not mention.excluded
    ]


def _bounded(points: int, mention: Mention, findings: Findings, kind: str) -> int:
    if kind == "register" and in_table(mention, findings) and mention.hints.isdisjoint(DOUBTS):
        points = max(points, _LISTED)
    if kind != "withdrawal" and SAID_NOT in mention.hints:
        points = min(points, _DENIED)
    return points


#: What a handle in a row of a list of accounts is worth at least.
_LISTED = 200
#: And one right behind "not" at most.
_DENIED = -1000
#: From how many points on a handle is meant: once it is likelier than not.  On the development sets, each
#: read with weights of the other two, -75 found seven right and three wrong ones more, and 25 one right one
#: less; on 2,486 mails of 23 other authors -75 found 15 right and 22 wrong ones more (with the weights of
#: the taggers that knew no words).
_MEANT = 0
#: Of so many handles or more each must be a little likelier.
_CROWD, _MEANT_IN_CROWD = 30, 25
#: In a mail about a change a handle so far behind the best is not the one that changes.  On the same mails
#: three wrong ones go that 300 lets in, and one right one.
_NEARLY = 100
#: How doubtful the best handle of a mail may be.
_LEAST = -250


def mention_pool(findings: Findings, kind: str) -> MentionPool:
    """The handles to choose from: quoted ones only where a mail changes, ends or completes a registration."""
    pool = list(findings.mentions)
    if findings.quoted is not None and (
        kind != "register" or not any(not mention.excluded for mention in pool)
    ):
        pool.extend(
            mention
            for mention in findings.quoted.mentions
            if kind != "register" or by_sender(mention.passage, findings)
        )
    return MentionPool(pool, findings.letters)


def by_sender(passage: Passage, findings: Findings) -> bool:
    """Whether a quoted passage is an earlier mail of the sender's."""
    return findings.view.writer(passage) == "sender"

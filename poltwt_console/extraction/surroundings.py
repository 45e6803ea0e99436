"""Where a handle stands: in a list with others, in brackets, beside a name or an address, after a P.S.

"Follow the force on @x", "(Belize, @y, will write to you itself)": such handles seldom have a name
and an address beside them, and seldom stand where the others do.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from poltwt_console.extraction.candidates import Candidate
from poltwt_console.extraction.clues import person_letters
from poltwt_console.extraction.findings import Findings
from poltwt_console.extraction.lexicon import Words
from poltwt_console.extraction.linear import Feature
from poltwt_console.extraction.mention import Mention
from poltwt_console.extraction.mention_pool import MentionPool, Row, line_head
from poltwt_console.extraction.records import record_of
from poltwt_console.extraction.sentences import sentence_around

#: Meanings that tell something of a handle from its sentence or the next one.
_TELLING = (
    "former",
    "negation",
    "others",
    "outsider",
    "remains",
    "refusal",
    "withdraw",
    "later",
    "no_account",
    "register",
    "same",
    "mine",
    "ours",
    "update",
)
_READ = {"read", "label"}


def describe_surroundings(
    mention: Mention, pool: MentionPool, findings: Findings, kind: str
) -> Iterator[Feature]:
    """The features of a handle's place among the others that may be meant."""
    others = pool.others(mention)
    several = others > 0
    yield "record", record_of(mention, findings) is not None, several
    yield "list", min(pool.alike(mention), 3), line_head(mention)[1] == "", several
    yield from _describe_brackets(mention, others)
    yield from _describe_name(mention)
    beside = pool.row(mention.passage.part)
    for sort, candidates in (("A", findings.addresses), ("N", findings.names)):
        near = _nearness(mention, candidates, beside)
        yield "near", sort, near, several
        yield "near", sort, near, mention.origin, min(others, 2)
    sentence = sentence_around(mention.passage.text, mention.start, mention.end)
    if several:
        yield from _describe_order(mention, pool)
        yield from _describe_rivals(mention, beside, sentence, kind)
    yield from _describe_sentence(mention, sentence, several)
    yield from _describe_lead_in(mention, pool, kind)
    yield from describe_words(mention)


def _describe_brackets(mention: Mention, others: int) -> Iterator[Feature]:
    text = mention.passage.text
    low = max(0, mention.start - 60)
    inside = text.rfind("(", low, mention.start) > text.rfind(")", low, mention.start)
    yield "brackets", inside, others > 0
    yield "brackets alone", is_in_brackets(mention), min(others, 2)


def is_in_brackets(mention: Mention) -> bool:
    """Whether a handle is all that stands in its brackets."""
    text = mention.passage.text
    return text[mention.start - 1 : mention.start] == "(" and text.startswith(")", mention.end)


def _describe_name(mention: Mention) -> Iterator[Feature]:
    """Whether words like a person's name stand right before it, rank or none: "Resi Aumer (@ResiUndArko)"."""
    read, text = mention.passage.words, mention.passage.text
    last = read.index(mention.start)
    if last == 0 or text[read.ends[last - 1] : mention.start].strip(" \n(（[-–—:,") != "":
        return
    first = last
    while first > 0 and last - first < _LONGEST_NAME and _may_be_name(read, first - 1):
        if first < last and text[read.ends[first - 1] : read.starts[first]] != " ":
            break
        first -= 1
    own = person_letters(mention.handle, text[read.starts[max(last - 2, 0)] : read.ends[last - 1]])
    enclosed = is_in_brackets(mention)
    yield "name before", min(last - first, 2), own, enclosed
    yield "name before", min(last - first, 2), mention.origin


#: How many words of a person's name are looked for; what none of them means.
_LONGEST_NAME = 3
_NO_NAME = frozenset({"police", "unit", "label.handle", "link", "building", "event", "outsider"})


def _may_be_name(read: Words, i: int) -> bool:
    return read.text[read.starts[i]].isupper() and read.senses[i].isdisjoint(_NO_NAME)


#: Steps of nearness: overlapping, on the line or the next, in the paragraph, farther; 4 more behind a handle.
_HERE, _LINE, _PARAGRAPH, _FAR, _BEHIND = 0, 1, 2, 3, 4


def _nearness(mention: Mention, candidates: Sequence[Candidate], beside: Row) -> int:
    """How near the nearest name or address that was read is; -1 where there is none.

    What lies between only grows with the distance, so the next one on either side tells.
    """
    ends, starts = [], []
    for candidate in candidates:
        if candidate.passage.part is not mention.passage.part or _READ.isdisjoint(candidate.rules):
            continue
        if candidate.end <= mention.start:
            ends.append(candidate.end)
        elif candidate.start >= mention.end:
            starts.append(candidate.start)
        else:
            return _HERE
    gaps = [(max(ends), mention.start)] if ends else []
    if starts:
        gaps.append((mention.end, min(starts)))
    text = mention.passage.text
    return min(
        (_distance(text, low, high) + _BEHIND * beside.between(low, high, mention.key) for low, high in gaps),
        default=-1,
    )


def _distance(text: str, low: int, high: int) -> int:
    if text.find("\n\n", low, high) >= 0:
        return _FAR
    if text.count("\n", low, high) > 1 or text.find(". ", low, high) >= 0:
        return _PARAGRAPH
    return _LINE


def _describe_order(mention: Mention, pool: MentionPool) -> Iterator[Feature]:
    """Whether it is the first or last of its kind, after a gap, in a later paragraph, in a postscript."""
    part, start = mention.passage.part, mention.start
    same = pool.row(part, mention.origin)
    last = not same.any_behind(start, mention.key)
    first = not same.any_before(start, mention.key)
    before = pool.row(part).before(start, mention.key)
    gap = before is not None and part.text.find("\n\n", before.end, start) >= 0
    yield "order", last, first, gap
    yield "later paragraph", part.text.find("\n\n", 0, start) >= 0, mention.origin
    yield "postscript", pool.in_postscript(mention)


def _describe_rivals(
    mention: Mention, beside: Row, sentence: tuple[int, int], kind: str
) -> Iterator[Feature]:
    """The handles before and behind it in its sentence, and whether they share letters with it.

    Of two in a sentence one is often the other's former name, in a mail about a change.
    """
    start, end = sentence
    before, behind = beside.before(mention.start, mention.key), beside.behind(mention.end, mention.key)
    near = before is not None and before.start >= start, behind is not None and behind.start < end
    yield "rivals", *near, kind
    alike = before is not None and _alike(mention, before), behind is not None and _alike(mention, behind)
    yield "rivals alike", *near, *alike, kind


def _alike(one: Mention, other: Mention) -> bool:
    """Whether two handles share four letters in a row: @PCSmith and @SgtSmith, @CA_CaMau and @CA_CaMau69."""
    a, b = one.key.replace("_", ""), other.key.replace("_", "")
    return any(a[n : n + 4] in b for n in range(len(a) - 3))


def describe_words(mention: Mention) -> Iterator[Feature]:
    """The words beside it, on its line or the next: what no list of phrases holds."""
    words = mention.passage.words
    text = mention.passage.text
    first, last = words.index(mention.start), words.index(mention.end - 1) + 1
    bare = mention.rule == "bare word"
    if first > 0:
        yield "right before", words.forms[first - 1], bare
        yield (
            "signs before",
            text[max(words.ends[first - 1], mention.start - 3) : mention.start].strip(),
            bare,
        )
    if last < len(words):
        yield "right behind", words.forms[last], bare
        yield "signs behind", text[mention.end : min(words.starts[last], mention.end + 2)].strip(), bare
    for n in range(max(first - _BESIDE, 0), first):
        if not words.forms[n].isdigit() and text.find("\n\n", words.ends[n], mention.start) < 0:
            yield "word before", words.forms[n]
    for n in range(last, min(last + _BESIDE, len(words))):
        if not words.forms[n].isdigit() and text.find("\n\n", mention.end, words.starts[n]) < 0:
            yield "word behind", words.forms[n]


#: How many words on either side tell something of a handle.
_BESIDE = 8


def _describe_lead_in(mention: Mention, pool: MentionPool, kind: str) -> Iterator[Feature]:
    """What the line says that leads in its list: "Our friends, who are not with us:"."""
    line = pool.led_in(mention)
    if line is None:
        return
    read = mention.passage.words
    said = frozenset().union(*read.senses[line.first : line.last])
    for meaning in _TELLING:
        if meaning in said:
            yield "led in", meaning
            yield "led in", meaning, "kind", kind
    for form in read.forms[max(line.first, line.last - _BESIDE) : line.last]:
        yield "led in by", form


def _describe_sentence(mention: Mention, sentence: tuple[int, int], several: bool) -> Iterator[Feature]:
    """What its sentence says before and behind it, and what the next sentence says."""
    passage = mention.passage
    start, end = sentence
    _, after = sentence_around(passage.text, min(end + 2, len(passage.text)), min(end + 2, len(passage.text)))
    for place, low, high in (
        ("before", start, mention.start),
        ("behind", mention.end, end),
        ("next", min(end + 1, len(passage.text)), after),
    ):
        said = passage.words.meanings_in(low, high)
        for meaning in _TELLING:
            if meaning in said:
                yield "sentence", place, meaning, several

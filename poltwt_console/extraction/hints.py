"""What the words around a handle say of it: hints for the judges, and whether it is certainly not meant."""

from __future__ import annotations

import re

from poltwt_console.extraction.mention import SAID_NOT, Mention
from poltwt_console.extraction.sentences import CLAUSE, SENTENCE, first_break, last_break
from poltwt_console.extraction.text import IDEOGRAPH, STOPS

#: A network with a name or address of its own: "facebook.com/riverton | @RivertonPD".
_OWN_VALUE = re.compile(r"(?:\.\w{2,3})?\s?(?:/|[:：]\s{0,2})[\w.\-]{2,60}\s{0,3}[|,;/·•\t]", re.ASCII)
#: What ends what is said of a network: "we are on Facebook. Our account: @name", "..., but we are @name".
_TURNS = re.compile(rf"[{STOPS}]\s|[;,،，；、]\s?(?=\w)|[)）]")
_ARROW = re.compile(r"-{1,2}>|=>|→|➔|⇒|»|>")


def take_hints(mention: Mention, before: int, after: int, in_row: bool = False) -> None:
    """Note what the words around a mention say of it; exclude it where they say it is not meant.

    ``before`` is where the handle before it ends (-1: there is none), ``after`` where the next one begins.
    """
    passage, text = mention.passage, mention.passage.text
    row = passage.line_at(mention.start) if in_row else None
    first, last = (row.start, row.end) if row is not None else (0, len(text))
    if row is not None:  # the rows above and below speak of others
        before = before if before > first else -1
        after = after if after < last else len(text)
    if mention.rule in ("@", "@ behind", "bare word") and _is_of_network(mention, before, after):
        mention.excluded = mention.excluded or "another network"
    if passage.words.spelling.example.search(text, max(before, mention.start - 24, 0), mention.start):
        mention.excluded = mention.excluded or "an example"
    _take_from_clause(mention, max(before, first), min(after, last))
    if before >= 0 and mention.start - before < _BETWEEN_HANDLES:
        said = _BETWEEN & passage.words.meanings_in(before, mention.start)
        mention.hints.update(_AFTER_HANDLE + meaning for meaning in said)
        if _ARROW.search(text, before, mention.start):
            mention.hints.add("arrow before")
    if after < len(text) and after - mention.end < _BETWEEN_HANDLES:
        said = _BETWEEN & passage.words.meanings_in(mention.end, after)
        mention.hints.update(f"before {meaning} and handle" for meaning in said)
        if _ARROW.search(text, mention.end, after):
            mention.hints.add("arrow after")


def _take_from_clause(mention: Mention, first: int, last: int) -> None:
    """What the clause and the sentence say, of both no more than ``text[first:last]``."""
    text, read, start, end = mention.passage.text, mention.passage.words, mention.start, mention.end
    clause_start = last_break(CLAUSE, text, max(first, start - 90), start)
    clause_end = first_break(CLAUSE, text, end, min(last, end + 90))
    sentence_start = last_break(SENTENCE, text, max(first, start - 250), start)
    sentence_end = first_break(SENTENCE, text, end, min(last, end + 250))
    # A Chinese character or a kana is a third of a word.
    wide = 3 if IDEOGRAPH.search(text, clause_start, clause_end) else 1
    around = read.senses_in(sentence_start, start)[-14 * wide :]
    around += read.senses_in(end, sentence_end)[: 12 * wide]
    mention.hints |= _AROUND & frozenset().union(*around)
    before = read.senses_in(clause_start, start)[-5 * wide :]
    after = read.senses_in(end, clause_end)[: 6 * wide]
    word = read.index(start) - 1
    if word >= 0 and read.starts[word] >= clause_start and not _DENYING.isdisjoint(read.senses[word]):
        mention.hints.add(SAID_NOT)
    for meaning, reach in _REACHES:
        if any(meaning in senses for senses in before[-reach * wide :]):
            mention.hints.add(f"{meaning} before")
        if any(meaning in senses for senses in after[: (reach + 1) * wide]):
            mention.hints.add(f"{meaning} after")


def forget_line_above(mention: Mention) -> None:
    """Forget what only the line above said on the way from its handle to this one: that was said of it."""
    passage = mention.passage
    line = passage.line_at(mention.start)
    if line is not None:
        own = passage.words.meanings_in(line.start, mention.start)
        mention.hints -= {_AFTER_HANDLE + meaning for meaning in _BETWEEN - own}


#: How hints of what lies between the handle before and this one begin.
_AFTER_HANDLE = "after handle and "
#: What lies between two handles that are farther apart says nothing of either.
_BETWEEN_HANDLES = 200
#: Meanings that say something of a handle from anywhere in its sentence.
_AROUND = frozenset(
    {"mine", "ours", "label.handle", "register", "update", "withdraw", "rank", "same", "no_account"}
)
#: And those that do from so many words off in its clause.
_REACHES = (("former", 4), ("negation", 4), ("others", 3), ("outsider", 4), ("remains", 5))
_DENYING = frozenset({"negation", "former"})
#: Meanings that tell which of two handles is the new one.
_BETWEEN = frozenset(
    {"former", "negation", "update", "withdraw", "remains", "others", "outsider", "register", "link"}
)


def _is_of_network(mention: Mention, before: int, after: int) -> bool:
    """Whether a handle is said to be another network's: "Instagram: @name", "@name on Facebook"."""
    text, spelling = mention.passage.text, mention.passage.words.spelling
    # Up to the sign of the next handle: "and" before it joins handles, not networks.
    if spelling.on_network.match(text, mention.end, min(after + 1, mention.end + 60)) is not None:
        return True
    said = spelling.on_network.match(text, before, mention.start + 1) if before > 0 else None
    start = max(before, mention.start - 60, text.rfind("\n", 0, mention.start), 0)
    if said is not None:  # of the handle before this one: "@name (Facebook) and @name"
        start = max(start, said.end())
    networks = list(spelling.networks.finditer(text, start, mention.start))
    if not networks or networks[-1].start() < mention.start - 40:
        return False
    behind = networks[-1].end()
    if _TURNS.search(text, behind, mention.start) is not None:
        return False
    if spelling.twitter.search(text, behind, mention.start) or _OWN_VALUE.match(text, behind, mention.start):
        return False
    while len(networks) > 1 and spelling.shared.fullmatch(text, networks[-2].end(), networks[-1].start()):
        networks.pop()  # "Twitter/Facebook/Instagram: @name"
    return spelling.twitter_and.search(text, start, networks[-1].start()) is None

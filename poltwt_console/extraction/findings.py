"""All that is found in a message before anything is decided: candidates with their words."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import partial
from itertools import chain, islice, pairwise

from poltwt_console.domain.message import Message, Organiser, Sender, TextPart
from poltwt_console.domain.registration import Field
from poltwt_console.extraction.address_parts import before_box, is_other_address, join_parts
from poltwt_console.extraction.address_proposals import propose_addresses
from poltwt_console.extraction.asked import LINES
from poltwt_console.extraction.bare_words import find_bare
from poltwt_console.extraction.boxes import find_unticked
from poltwt_console.extraction.calls import set_calls_aside, take_answers_up
from poltwt_console.extraction.candidates import Candidate
from poltwt_console.extraction.clues import Clues, find_clues, handle_clues, is_own
from poltwt_console.extraction.ditto import points_above
from poltwt_console.extraction.edges import span_of, trim
from poltwt_console.extraction.features import Tagged, describe
from poltwt_console.extraction.handles import find_mentions
from poltwt_console.extraction.hints import forget_line_above
from poltwt_console.extraction.labels import (
    Labelled,
    find_answers,
    find_asked,
    find_labelled,
)
from poltwt_console.extraction.language import likely_languages, rank_languages
from poltwt_console.extraction.lexicon import read_words
from poltwt_console.extraction.local_part import find_local_part
from poltwt_console.extraction.mention import BY_LETTERS, EARLIER, WRITTEN, Mention
from poltwt_console.extraction.name_proposals import Proposal, propose_names
from poltwt_console.extraction.parting import part_stretches
from poltwt_console.extraction.people import (
    Person,
    count_called,
    find_people,
    is_person,
    personal_words,
    signing_people,
)
from poltwt_console.extraction.pieces import cut_pieces
from poltwt_console.extraction.places import PlaceNames
from poltwt_console.extraction.sentences import sentence_around
from poltwt_console.extraction.tables import ReadTable, Span, find_tables, takes_off
from poltwt_console.extraction.tagger import Stretch, Tagger
from poltwt_console.extraction.terms import NO_LANGUAGE
from poltwt_console.extraction.view import Origin, Passage, View, read_view
from poltwt_console.extraction.vocabulary import Vocabulary

Record = dict[str, Labelled]


@dataclass(slots=True)
class Findings:
    """The candidates of a message; ``quoted`` ones may only complete an update or answer."""

    view: View
    language: str = ""
    answered: bool = False  # in the organiser's call, below each question
    mentions: list[Mention] = field(default_factory=list)
    names: list[Candidate] = field(default_factory=list)
    addresses: list[Candidate] = field(default_factory=list)
    people: list[Person] = field(default_factory=list)
    labelled: list[Labelled] = field(default_factory=list)
    tables: list[tuple[Passage, ReadTable]] = field(default_factory=list)
    groups: list[Record] | None = None  # of labelled values, an account each, once asked for
    lone_town: Field | None = None  # that stands alone on a line, once asked for
    quoted: Findings | None = None
    clues: Clues = field(default_factory=Clues)
    letters: dict[str, list[str]] = field(default_factory=dict)  # features of each handle's letters
    tagged: dict[int, Tagged] = field(default_factory=dict)  # what is known of words, by passage
    echoes: dict[Origin, str] = field(default_factory=dict)  # all words of each origin, once asked for
    said: dict[tuple[Origin, ...], frozenset[str]] = field(default_factory=dict)  # meanings of some origins
    denied: list[tuple[Passage, int]] | None = None  # words right behind "not" or "except", once asked for
    single: frozenset[str] | None = None  # handles beside "only", once asked for
    changing: bool | None = None  # whether it tells of an account and of change, once asked for
    unread: list[Callable[[], None]] = field(
        default_factory=list
    )  # prose that is read only when it is asked for

    @property
    def message(self) -> Message:
        return self.view.message

    def read_on(self) -> None:
        """Read the prose that was left: few mails need what they quote."""
        while self.unread:
            self.unread.pop(0)()

    def echo(self, candidate: Candidate) -> tuple[int, bool]:
        """In how many other places the mail says the same words, and whether its sender is called so."""
        if not self.echoes:
            for passage in self.view.evidence:
                for line in passage.lines:
                    said = " ".join(passage.words.forms[line.first : line.last])
                    self.echoes[line.origin] = f"{self.echoes.get(line.origin, '')} {said} "
        words = f" {' '.join(candidate.passage.words.forms[candidate.first : candidate.last])} "
        elsewhere = sum(
            words in said for origin, said in self.echoes.items() if origin is not candidate.origin
        )
        return elsewhere, self.echoes.get(Origin.SENDER, "").startswith(words)

    def behind_denials(self) -> list[tuple[Passage, int]]:
        """The words right behind "not", "except" and the like in what people write, by passage and number."""
        if self.denied is None:
            self.denied = [
                (passage, i)
                for passage in self.view.passages(Origin.BODY, Origin.FORWARDED)
                for i in range(1, len(passage.words))
                if "negation" in passage.words.senses[i - 1]
            ]
        return self.denied

    def singled_out(self) -> frozenset[str]:
        """The handles beside which a mail says "only", on the same line."""
        if self.single is None:
            self.single = frozenset(
                mention.key
                for mention in self.mentions
                if mention.origin in (Origin.BODY, Origin.FORWARDED) and _is_said_only(mention)
            )
        return self.single

    def tells_of_change(self) -> bool:
        """Whether a sentence without a handle says of an account that it changes: "the name is old"."""
        if self.changing is None:
            self.changing = any(
                _tells_of_change(passage, sorted(m.start for m in self.mentions if m.passage is passage))
                for passage in self.view.passages(Origin.BODY, Origin.FORWARDED)
            )
        return self.changing

    def meanings(self, *origins: Origin) -> frozenset[str]:
        """All that the words of some origins mean."""
        said = self.said.get(origins)
        if said is None:
            senses = (passage.words.senses for passage in self.view.passages(*origins))
            said = self.said[origins] = frozenset().union(*chain.from_iterable(senses))
        return said

    def labels(self, *fields: str) -> Iterator[Labelled]:
        for value in self.labelled:
            if value.field in fields:
                yield value


def find_all(
    message: Message,
    vocabulary: Vocabulary,
    places: PlaceNames,
    tagger: Tagger,
    organiser: Organiser | None = None,
) -> Findings:
    """Read a message and find every candidate."""
    view = read_view(message, vocabulary, organiser)
    set_calls_aside(view, vocabulary)
    answered = take_answers_up(view, vocabulary)
    findings = Findings(view, narrow_view(view, vocabulary), answered=answered)
    asked = [list(find_asked(passage, vocabulary)) for passage in view.quoted]
    answers = find_answers(view, asked)
    for passage in view.evidence:
        labelled = _find_marks(passage, findings, vocabulary, answers.get(id(passage)))
        _read_prose(passage, labelled, findings, places, tagger, message)
    _add_bare(findings, view.evidence)
    if view.quoted:
        findings.quoted = Findings(view, tagged=findings.tagged)
        rests = [
            [*_find_marks(passage, findings.quoted, vocabulary), *items]
            for passage, items in zip(view.quoted, asked, strict=True)
        ]
        _add_bare(findings.quoted, view.quoted, any(not mention.excluded for mention in findings.mentions))
        for passage, labelled in zip(view.quoted, rests, strict=True):
            read = partial(_read_prose, passage, labelled, findings.quoted, places, tagger, message)
            findings.quoted.unread.append(read)
    _read_letters(findings, vocabulary)
    if all(mention.excluded for mention in findings.mentions):
        described = find_local_part(view)
        if described is not None:
            findings.mentions.append(described)
            findings.letters[described.key] = handle_clues(described.handle, findings.clues, vocabulary)
    return findings


def _add_bare(findings: Findings, passages: Sequence[Passage], elsewhere: bool = False) -> None:
    """Handles without a sign, in their places; ``elsewhere`` signed ones stand too."""
    signed = elsewhere or any(
        not mention.excluded and mention.origin in WRITTEN for mention in findings.mentions
    )
    known = {mention.key for mention in findings.mentions if not mention.excluded}
    bare = [
        mention
        for passage in passages
        for mention in find_bare(passage, signed)
        if not signed or mention.key not in known
    ]
    if bare:
        order = {id(passage): number for number, passage in enumerate(passages)}
        findings.mentions = sorted(
            [*findings.mentions, *bare], key=lambda mention: (order[id(mention.passage)], mention.start)
        )


def narrow_view(view: View, vocabulary: Vocabulary) -> str:
    """Read a mail's words in its own languages only; returns the first of them."""
    ranked = rank_languages(view, vocabulary)
    likely = likely_languages(ranked)
    for read in {id(passage.words): passage.words for passage in (*view.evidence, *view.quoted)}.values():
        read.narrow(likely)
    return ranked[0][1] if ranked else ""


def _persons(findings: Findings) -> Iterator[str]:
    """The names, word by word, of whoever writes, signs or is named with a rank."""
    for passage in findings.view.evidence:
        read = passage.words
        author = passage.author or findings.message.sender
        if passage.origin is Origin.SENDER and is_person(author.name, read):
            yield from personal_words(read, 0, count_called(read))
        for start, end, _ in signing_people(passage):
            yield from personal_words(read, read.index(start), read.index(end - 1) + 1)
    for person in findings.people:
        read = person.passage.words
        yield from personal_words(read, read.index(person.start), read.index(person.end - 1) + 1)


def _read_letters(findings: Findings, vocabulary: Vocabulary) -> None:
    names = [candidate.value for candidate in findings.names if candidate.rule in ("read", "label")]
    sender = _speaker(findings)
    findings.clues = find_clues(names, sender.name, sender.email, _persons(findings), vocabulary)
    pools = [findings.mentions, *([findings.quoted.mentions] if findings.quoted is not None else [])]
    for mention in (mention for pool in pools for mention in pool):
        if mention.key not in findings.letters:
            findings.letters[mention.key] = handle_clues(mention.handle, findings.clues, vocabulary)
    for pool in pools:
        pool[:] = [
            mention
            for mention in pool
            if BY_LETTERS not in mention.hints
            or (is_own(findings.letters[mention.key]) and not _names_agency(mention, findings))
        ]


def _names_agency(mention: Mention, findings: Findings) -> bool:
    """Whether a word is part of what was read as an agency's name."""
    return any(
        name.passage is mention.passage and name.start <= mention.start and mention.end <= name.end
        for name in findings.names
        if name.rule in ("read", "label") and name.last - name.first > 1
    )


def _speaker(findings: Findings) -> Sender:
    """Who speaks for the accounts: the author of the forwarded mail that names them all, else the sender."""
    authors = {mention.passage.author for mention in findings.mentions if not mention.excluded}
    author = authors.pop() if len(authors) == 1 else None
    return author if author is not None and author.name else findings.message.sender


def _find_marks(
    passage: Passage, findings: Findings, vocabulary: Vocabulary, answer: Labelled | None = None
) -> list[Labelled]:
    """Tables, labelled values, handles and persons; returns the labelled values.

    ``answer`` is a value below a quoted question; labels of the passage's own come before it.
    """
    tables = find_tables(passage, vocabulary)
    labelled = [
        value
        for value in find_labelled(passage, vocabulary)
        if not any(table.understood and table.start <= value.start < table.end for table in tables)
    ]
    if answer is not None and all(value.start >= answer.end for value in labelled):
        labelled.insert(0, answer)
    findings.tables.extend((passage, table) for table in tables)
    findings.labelled.extend(labelled)
    cells = [value for table in tables for record in table.records for value in record.values()]
    mentions = find_mentions(passage, [*labelled, *cells])
    others = [(*row, "a row that says no") for table in tables for row in table.refused]
    others += [(*entry, "a box that is not ticked") for entry in find_unticked(passage)]
    others += [(*entry, _TAKEN_OFF) for entry in _taken_off(passage, mentions)]
    others += [(*cell, "under another heading") for table in tables for cell in table.others]
    others += [(value.start, value.end, reason) for value in labelled if (reason := _other_account(value))]
    for start, end, reason in others:
        for mention in mentions:
            if start <= mention.start < end:
                mention.excluded = mention.excluded or reason
    for above, below in pairwise(mentions):
        if above.excluded == _TAKEN_OFF:
            forget_line_above(below)
    if passage.origin is Origin.ATTACHMENT and _is_earlier(passage.part, findings, vocabulary):
        for mention in mentions:
            mention.hints.add(EARLIER)
    findings.mentions.extend(mentions)
    findings.people.extend(find_people(passage))
    _add_labelled(passage, labelled, findings)
    return labelled


def _is_earlier(part: TextPart, findings: Findings, vocabulary: Vocabulary) -> bool:
    """Whether the name of an attached list says so: "Last year", "accounts_2012.csv", not "Old Saybrook"."""
    name = part.name.replace("_", " ")
    years = [int(year) for year in _YEAR.findall(name)]
    if years:
        return max(years) < findings.message.date.year
    read = read_words(name, vocabulary)
    read.narrow(frozenset({findings.language, NO_LANGUAGE}))
    return any(
        "former" in senses and not (i + 1 < len(read) and read.text[read.starts[i + 1]].isupper())
        for i, senses in enumerate(read.senses)
    )


_YEAR = re.compile(r"(?<!\d)20\d\d(?!\d)")


def _taken_off(passage: Passage, mentions: Sequence[Mention]) -> Iterator[Span]:
    """The lines of accounts whose last words, in brackets, say that they take no part, if not all say so."""
    lines = {line.start: line for mention in mentions if (line := passage.line_at(mention.start)) is not None}
    off = []
    for line in lines.values():
        remark = _REMARK.search(passage.text, max(line.start, line.end - _LONGEST_REMARK), line.end)
        if remark is not None and takes_off(passage, remark.span(1)):
            off.append((line.start, line.end))
    if len(off) < len(lines):
        yield from off


_TAKEN_OFF = "a remark that says no"
_REMARK = re.compile(r"[(\[（]([^()\[\]（）\n]{3,60})[)\]）][.,;]?$")
_LONGEST_REMARK = 80


#: Why a handle under "Old account" is not meant.
FORMER_ACCOUNT = "under the label of a former account"


def _other_account(value: Labelled) -> str:
    """Why an account under a label does not count: "Former account", "Instagram account"; "" if it does."""
    if value.field != "ignore":
        return ""
    asked = frozenset[str]().union(*value.asked)
    if "former" in asked:
        return FORMER_ACCOUNT
    other = "label.handle" in asked and value.passage.words.spelling.twitter.search(value.label) is None
    return "under another heading" if other else ""


def _read_prose(
    passage: Passage,
    labelled: list[Labelled],
    findings: Findings,
    places: PlaceNames,
    tagger: Tagger,
    message: Message,
) -> None:
    """Names and addresses by the tagger and by rules of shape."""
    tagged = describe(passage, labelled, places, findings.view.named(passage), message.subject)
    tagged.writer = _writer(passage, findings.view)
    stretches = list(part_stretches(tagger.tag(tagged), tagged))
    findings.tagged[id(passage)] = tagged
    read = passage.words
    handles = [
        read.index(mention.start)
        for mention in findings.mentions
        if mention.passage is passage and mention.rule != "link"
    ]
    pieces = cut_pieces(tagged, frozenset(handles))
    for kind, own in (("A", findings.addresses), ("N", findings.names)):
        found = [stretch for stretch in stretches if stretch.kind == kind]
        read_as = [(stretch.first, stretch.last) for stretch in found]
        proposals = (
            propose_addresses(tagged, pieces, read_as)
            if kind == "A"
            else propose_names(tagged, pieces, handles, read_as)
        )
        taken = [(value.start, value.end) for value in labelled if _is_nothing(value, labelled)]
        known = {(other.start, other.end) for other in own if other.passage is passage}
        own.extend(
            candidate
            for candidate in _candidates(kind, tagged, found, proposals, taken)
            if (candidate.start, candidate.end) not in known and not _is_all_person(candidate, findings)
        )


def _is_nothing(value: Labelled, labelled: Sequence[Labelled]) -> bool:
    """Whether a labelled value holds no name and no address: a former one, or a postal one beside another."""
    if value.field == "postal":
        return any(other.field in LINES for other in labelled)
    return value.rule == "own" or (value.field == "ignore" and is_other_address(value))


def _is_all_person(candidate: Candidate, findings: Findings) -> bool:
    """Whether what may be an agency's name is all a person's: "Sgt Ty Bracken", no "Policía de Mendoza"."""
    return (
        candidate.kind == "N"
        and any(
            person.passage is candidate.passage
            and person.start <= candidate.start
            and candidate.end <= person.end
            for person in findings.people
        )
        and all(
            senses.isdisjoint(("police", "unit"))
            for senses in candidate.passage.words.senses[candidate.first : candidate.last]
        )
    )


def _is_said_only(mention: Mention) -> bool:
    """Whether "only" stands right before a handle or right behind it, on its line."""
    read, text = mention.passage.words, mention.passage.text
    first, last = read.span(mention.start, mention.end)
    before, behind = range(max(first - _BEFORE_ONLY, 0), first), range(last, min(last + 1, len(read)))
    return any(
        "only" in read.senses[i] and "\n" not in text[read.starts[i] : mention.start] for i in before
    ) or any("only" in read.senses[i] and "\n" not in text[mention.end : read.ends[i]] for i in behind)


#: How many words lie between "only" and a handle at most, with it.
_BEFORE_ONLY = 3


def _tells_of_change(passage: Passage, handles: Sequence[int]) -> bool:
    """Whether a sentence of a passage does; ``handles`` are the places, in order, where its handles begin."""
    read = passage.words
    for hit in read.hits:
        if "label.handle" not in hit.term.meanings:
            continue
        start, end = sentence_around(passage.text, hit.start, hit.end)
        named = bisect_left(handles, start) < bisect_left(handles, end)
        if not named and not _OF_CHANGE.isdisjoint(read.meanings_in(start, end)):
            return True
    return False


#: Meanings that say that an account is another one, or will be.
_OF_CHANGE = frozenset({"former", "negation", "no_account", "later", "update", "withdraw", "ignore"})


def _writer(passage: Passage, view: View) -> frozenset[str]:
    """The words of the name of who wrote a passage, if that is a person's."""
    for sender in view.passages(Origin.SENDER):
        read = sender.words
        if sender.author is passage.author and is_person(view.named(passage), read):
            first = sender.lines[0].first
            called = range(first, first + count_called(read))
            return frozenset(read.forms[i] for i in called if "rank" not in read.senses[i])
    return frozenset()


def _candidates(
    kind: str,
    tagged: Tagged,
    stretches: Sequence[Stretch],
    proposals: Iterator[Proposal],
    taken: Sequence[tuple[int, int]],
) -> Iterator[Candidate]:
    """A candidate for each run of words that was read or proposed, in order, but where a label rules."""
    rules: dict[tuple[int, int], list[str]] = {}
    margins: dict[tuple[int, int], int] = {}
    for stretch in stretches:
        words = trim(kind, tagged, stretch.first, stretch.last)
        if words[0] < words[1]:
            rules[words] = ["read"]
            margins[words] = stretch.margin
    for first, last, rule in islice(proposals, _MOST_PROPOSALS):
        words = trim(kind, tagged, first, last) if first < last else (first, last)
        if words in rules:
            rules[words].append(rule)
        elif words[0] < words[1] and not _hopeless(tagged, kind, *words):
            rules[words] = [rule]
    passage = tagged.passage
    for (first, last), names in sorted(rules.items()):
        start, end = span_of(tagged, first, last)
        if any(start < stop and begin < end for begin, stop in taken):
            continue
        if kind == "N" and last - first == 1 and "_" in passage.text[start:end]:
            continue  # a handle
        line = passage.line_at(start)
        origin = line.origin if line is not None else passage.origin
        margin = margins.get((first, last), 0)
        yield Candidate(
            kind, passage, start, end, names[0], origin, margin, rules=tuple(dict.fromkeys(names))
        )


#: How little the tagger may make of a word on average, in its points, for the words to be considered.
_LEAST_LEAD = -300


def _hopeless(tagged: Tagged, kind: str, first: int, last: int) -> bool:
    """Whether the tagger is so sure that the words are nothing that no judge need look at them."""
    tag = 1 if kind == "A" else 3
    rows = tagged.scores[first - tagged.first : last - tagged.first]
    lead = sum(row[tag] if row[tag] > row[tag + 1] else row[tag + 1] for row in rows)
    return lead - sum(row[0] for row in rows) < _LEAST_LEAD * len(rows)


_MOST_PROPOSALS = 60


def _add_labelled(passage: Passage, labelled: list[Labelled], findings: Findings) -> None:
    joined = list(join_parts(labelled))
    pieces = {id(part) for parts in joined for part in parts}
    for value in labelled:
        pool = {"name": findings.names, "address": findings.addresses}.get(value.field)
        if pool is not None and id(value) not in pieces and not points_above(value):
            kind, end = ("N", value.end) if value.field == "name" else ("A", before_box(value))
            pool.append(Candidate(kind, passage, value.start, end, "label", value.origin, 5000))
    for parts in joined:
        begin, end = parts[0].start, parts[-1].end
        findings.addresses.append(Candidate("A", passage, begin, end, "label", parts[0].origin, 5000, parts))

"""From candidates to registrations: which handles are meant, and the name, address and person of each.

Every choice is a judge's: the choice with the most points wins, equal points go to the earlier
words, and how far the runner-up lies behind decides the confidence (:mod:`confidence`).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from poltwt_console.extraction.candidates import Candidate
from poltwt_console.extraction.findings import Findings, Record
from poltwt_console.extraction.fitting import Pool, describe_pair, score_pair
from poltwt_console.extraction.handles import DOUBTS, SAID_NOT, Mention
from poltwt_console.extraction.labels import Labelled
from poltwt_console.extraction.linear import Feature, Judge
from poltwt_console.extraction.matching import describe_mention, describe_officer, person_near
from poltwt_console.extraction.mention_pool import Meant, MentionPool
from poltwt_console.extraction.people import Person
from poltwt_console.extraction.records import in_table, record_of
from poltwt_console.extraction.view import Passage


@dataclass(slots=True)
class Choice:
    """What was chosen for a field (None: the mail gives none), its points over the next, the runners-up."""

    chosen: Candidate | None
    lead: int
    points: int
    others: list[Candidate] = field(default_factory=list)
    rivals: int = 0  # how many of the others come near it
    features: Sequence[Feature] = ()  # what spoke for it


@dataclass(slots=True)
class Account:
    """One account with all that was chosen for it."""

    mention: Mention | None
    points: int
    officer: bool
    officer_points: int
    name: Choice
    address: Choice
    person: Person | None
    record: Record | None = None
    kind: str = "register"
    kind_lead: int = 0
    count: int = 1
    left: int = 0


def meant_mentions(
    findings: Findings, kind: str, judge: Judge
) -> tuple[list[tuple[Mention, int]], list[Mention]]:
    """(handles that are meant with their points, in the order of the mail; those that are not)."""
    pool = mention_pool(findings, kind)
    best: dict[str, tuple[int, int, Mention]] = {}
    for number, mention in enumerate(pool):
        if mention.excluded:
            continue
        points = judge.score(describe_mention(mention, pool, findings, kind))
        if kind == "register" and in_table(mention, findings) and mention.hints.isdisjoint(DOUBTS):
            points = max(points, _LISTED)
        if kind != "withdrawal" and SAID_NOT in mention.hints:
            points = min(points, _DENIED)
        known = best.get(mention.key)
        if known is None or points > known[1]:
            best[mention.key] = (known[0] if known else number, points, mention)
    top = max((points for _, points, _ in best.values()), default=0)
    doubtful = _LEAST_OF_CHANGE if kind == "update" else _LEAST
    least = min(max(top, doubtful), _MEANT)  # a mail means one of its handles, if any may be
    if kind == "update":
        least = max(least, top - _NEARLY)  # beside the account that changes stands its former name
    meant = [
        (mention, points)
        for _, points, mention in sorted(best.values(), key=lambda entry: entry[0])
        if points >= least
    ]
    left = [mention for _, points, mention in best.values() if points < least]
    return meant, left


#: What a handle in a row of a list of accounts is worth at least.
_LISTED = 200
#: And one right behind "not" at most.
_DENIED = -1000
#: From how many points on a handle is meant.  On the three development sets, each read with weights of the
#: other two, 0 lets in four right ones more and no wrong one, 60 misses three right ones and one wrong; on
#: mails of five other authors 0 lets in one wrong one more, 60 misses one right one and five wrong.
_MEANT = 25
#: In a mail about a change a handle so far behind the best is not the one that changes.  On the development
#: sets and three by other authors, read with weights that had not seen them, 9 wrong ones go, no right one.
_NEARLY = 100
#: How doubtful the best handle of a mail may be; a change is a change of something ("use @a instead of @b").
_LEAST, _LEAST_OF_CHANGE = -250, -600


def mention_pool(findings: Findings, kind: str) -> MentionPool:
    """The handles to choose from: quoted ones only where a mail changes, ends or completes a registration."""
    pool = list(findings.mentions)
    if findings.quoted is not None and (
        kind != "register" or not any(not mention.excluded for mention in pool)
    ):
        pool.extend(
            mention
            for mention in findings.quoted.mentions
            if kind != "register" or _own(mention.passage, findings)
        )
    return MentionPool(pool, findings.letters)


def _own(passage: Passage, findings: Findings) -> bool:
    """Whether a quoted passage is an earlier mail of the sender's."""
    return findings.view.writer(passage) == "sender"


def candidate_pools(findings: Findings, kind: str) -> tuple[Pool, Pool]:
    """(names, addresses) to choose from."""
    names, addresses = list(findings.names), list(findings.addresses)
    quoted = findings.quoted
    if quoted is not None and (kind != "register" or any(_own(p, findings) for p in findings.view.quoted)):
        quoted.read_on()
        names.extend(c for c in quoted.names if kind != "register" or _own(c.passage, findings))
        addresses.extend(c for c in quoted.addresses if kind != "register" or _own(c.passage, findings))
    return Pool(kind, findings, names), Pool(kind, findings, addresses)


def choose(
    mention: Mention | None,
    pool: Pool,
    meant: Meant,
    officer: bool,
    judge: Judge,
) -> Choice:
    """The best of a pool for a handle, or none of it."""
    options = pool.options(mention)
    ranked = sorted(
        (-score_pair(mention, option, pool, meant, officer, judge), n) for n, option in enumerate(options)
    )
    points, chosen = -ranked[0][0], options[ranked[0][1]]
    others: list[Candidate] = []
    rivals = 0
    lead = 10_000
    for loss, other in ranked[1:]:
        own, option = -loss, options[other]
        if option is not None and chosen is not None and option.key == chosen.key:
            continue
        lead = min(lead, points - own)
        if option is not None:
            others.append(option)
            rivals += points - own <= _NEAR
    features = describe_pair(mention, chosen, pool, meant, officer)
    return Choice(chosen, lead, points, others[:4], rivals, features)


#: How many points behind the best a reading may be to be offered beside it.
_NEAR = 400


def resolve(
    findings: Findings, kind: str, judges: dict[str, Judge], kind_lead: int = 0
) -> tuple[list[Account], list[Mention]]:
    """The accounts of a mail of a kind, and the handles that were left out."""
    meant, left = meant_mentions(findings, kind, judges["mention"])
    names, addresses = candidate_pools(findings, kind)
    mentions = [mention for mention, _ in meant]
    all_meant = Meant(mentions)
    accounts: list[Account] = []
    entries: list[tuple[Mention | None, int]] = [*meant] if meant else [(None, 0)]
    for mention, points in entries:
        record = record_of(mention, findings) if mention is not None else None
        if mention is None:
            near = findings.people[0] if findings.people else None
        else:
            near = person_near(mention, findings, all_meant.row(mention.passage.part))
        officer_points = (
            judges["officer"].score(describe_officer(mention, len(mentions), findings, near))
            if mention is not None
            else -100
        )
        if record is not None and len(mentions) > 1:
            near = _person_in(record, findings) or near
            if near is not None and "name" in record and _heads(near, record["name"]):
                record = {name: value for name, value in record.items() if name != "name"}
                officer_points = 200
            elif "person" in record and "name" not in record:
                officer_points = 200
        officer = officer_points > 0
        name = _from_record(record, "N") or choose(mention, names, all_meant, officer, judges["name"])
        address = _from_record(record, "A") or choose(
            mention, addresses, all_meant, officer, judges["address"]
        )
        address = _without_name(address, name)
        accounts.append(
            Account(
                mention,
                points,
                officer,
                officer_points,
                name,
                address,
                near,
                record,
                kind,
                kind_lead,
                max(len(meant), 1),
                len(left),
            )
        )
    return accounts, left


def _heads(person: Person, name: Labelled) -> bool:
    """Whether a cell begins with a person, not with a word for rank and agency: "Policía de Turismo"."""
    read = person.passage.words
    return name.start == person.start and read.senses[read.index(person.start)].isdisjoint(("police", "unit"))


def _person_in(record: Record, findings: Findings) -> Person | None:
    """The person whom a record's name or person cell holds."""
    for name in ("person", "name"):
        cell = record.get(name)
        if cell is not None:
            for person in findings.people:
                if person.passage is cell.passage and cell.start <= person.start < cell.end:
                    return person
    return None


def _without_name(address: Choice, name: Choice) -> Choice:
    """An address that begins with the agency's name, without it."""
    chosen, agency = address.chosen, name.chosen
    if chosen is None or agency is None or chosen.parts or not chosen.key.startswith(agency.key + " "):
        return address
    read = chosen.passage.words
    start = read.index(chosen.start) + len(agency.key.split())
    if start >= len(read) or read.starts[start] >= chosen.end:
        return address
    shorter = Candidate(
        "A",
        chosen.passage,
        read.starts[start],
        chosen.end,
        chosen.rule,
        chosen.origin,
        chosen.margin,
        rules=chosen.rules,
    )
    return replace(address, chosen=shorter)


def _from_record(record: Record | None, kind: str) -> Choice | None:
    if record is None:
        return None
    wanted = ("name",) if kind == "N" else ("address", "street", "postcode", "city", "region", "country")
    parts: list[Labelled] = [record[name] for name in wanted if name in record]
    if kind == "A" and not any(part.field in ("address", "street") for part in parts):
        return None
    if not parts:
        return None
    first = min(parts, key=lambda part: part.start)
    last = max(parts, key=lambda part: part.end)
    ordered = tuple(sorted(parts, key=lambda part: part.start))
    found = Candidate(
        kind,
        first.passage,
        first.start,
        last.end,
        "table",
        first.origin,
        5000,
        ordered if len(parts) > 1 else (),
    )
    return Choice(found, 10_000, 10_000)

"""From candidates to registrations: which handles are meant, and the name, address and person of each.

Every choice is a judge's: the choice with the most points wins, equal points go to the earlier
words, and how far the runner-up lies behind decides the confidence (:mod:`confidence`).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from itertools import islice

from poltwt_console.extraction.address_parts import says_nothing
from poltwt_console.extraction.asked import LINES, OF_ADDRESS
from poltwt_console.extraction.candidate_pool import Pool
from poltwt_console.extraction.candidates import Candidate
from poltwt_console.extraction.clues import person_letters
from poltwt_console.extraction.findings import Findings, Record
from poltwt_console.extraction.fitting import describe_pair, score_pair
from poltwt_console.extraction.linear import Feature, Judge
from poltwt_console.extraction.matching import describe_officer, owner_near
from poltwt_console.extraction.meant import by_sender, meant_mentions
from poltwt_console.extraction.mention import Mention
from poltwt_console.extraction.mention_pool import Meant
from poltwt_console.extraction.people import Person
from poltwt_console.extraction.records import heads, record_of
from poltwt_console.extraction.standing import Looked


@dataclass(slots=True)
class Choice:
    """What was chosen for a field (None: the mail gives none), its points over the next, the runners-up.

    ``clear``: its points over the best that says something else, by more than a word at an edge.
    """

    chosen: Candidate | None
    lead: int
    clear: int
    points: int
    others: list[Candidate] = field(default_factory=list)
    rivals: int = 0  # how many of the others come near it
    features: Sequence[Feature] = ()  # what spoke for it
    crossed: bool = False  # some of its words are another account's, as part of another value


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
    lead: int | None = None  # the handle's points over those of the best that was left out
    owner: Sequence[Feature] = ()  # what spoke for an officer or an agency


def candidate_pools(findings: Findings, kind: str) -> tuple[Pool, Pool]:
    """(names, addresses) to choose from."""
    names, addresses = list(findings.names), list(findings.addresses)
    quoted = findings.quoted
    if quoted is not None and (
        kind != "register" or any(by_sender(p, findings) for p in findings.view.quoted)
    ):
        quoted.read_on()
        names.extend(c for c in quoted.names if kind != "register" or by_sender(c.passage, findings))
        addresses.extend(c for c in quoted.addresses if kind != "register" or by_sender(c.passage, findings))
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
    lead = clear = _ALONE
    for loss, other in ranked[1:]:
        own, option = -loss, options[other]
        if option is not None and chosen is not None and option.key == chosen.key:
            continue
        lead = min(lead, points - own)
        if clear == _ALONE and (option is None or chosen is None or not chosen.says_same(option)):
            clear = points - own
        if option is not None:
            others.append(option)
            rivals += points - own <= _NEAR
    features = describe_pair(mention, chosen, pool, meant, officer)
    return Choice(chosen, lead, clear, points, others[:4], rivals, features)


#: The points of an account that a row gives to a person.
_OWNED = 200
#: The lead of what has no rival.
_ALONE = 10_000
#: How many points behind the best a reading may be to be offered beside it.
_NEAR = 400


def resolve(
    findings: Findings, kind: str, judges: dict[str, Judge], kind_lead: int = 0
) -> tuple[list[Account], list[Looked]]:
    """The accounts of a mail of a kind, and the handles that were left out with the points of each."""
    meant, left = meant_mentions(findings, kind, judges)
    best_left = max((points for _, points in left), default=None)
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
            near = owner_near(mention, findings, all_meant.row(mention.passage.part), record)
        owner = (
            describe_officer(mention, len(mentions), findings, near, record) if mention is not None else []
        )
        officer_points = judges["officer"].score(owner) if mention is not None else -100
        if record is not None and mention is not None and _is_persons(mention, record):
            officer_points = _OWNED
        if record is not None and len(mentions) > 1:
            if near is not None and "name" in record and heads(near, record["name"]):
                record = {name: value for name, value in record.items() if name != "name"}
                officer_points = _OWNED
            elif "person" in record and "name" not in record:
                officer_points = _OWNED
        officer = officer_points > 0
        name = _from_record(record, "N") or choose(mention, names, all_meant, officer, judges["name"])
        address = _from_record(record, "A") or choose(
            mention, addresses, all_meant, officer, judges["address"]
        )
        address = _without_name(address, name)
        accounts.append(
            Account(
                mention=mention,
                points=points,
                officer=officer,
                officer_points=officer_points,
                name=name,
                address=address,
                person=near,
                record=record,
                kind=kind,
                kind_lead=kind_lead,
                count=max(len(meant), 1),
                left=len(left),
                lead=None if best_left is None else points - best_left,
                owner=owner,
            )
        )
    if len(accounts) > 1:
        _mark_crossed(accounts)
    return accounts, left


def _mark_crossed(accounts: Sequence[Account]) -> None:
    """Mark the names and addresses that share words with another value of another account.

    A force's name may well stand within that of its station, and a street within the address of a floor;
    what is put together from pieces has other values between them.
    """
    users: dict[tuple[int, int, int, str], set[int]] = {}  # which accounts use the words of a value
    choices = [choice for account in accounts for choice in (account.name, account.address)]
    for n, choice in enumerate(choices):
        if choice.chosen is not None and not choice.chosen.parts:
            users.setdefault(_place(choice.chosen), set()).add(n // 2)
    places = sorted(users)
    crossed: set[tuple[int, int, int, str]] = set()
    for n, place in enumerate(places):
        for other in islice(places, n + 1, None):
            if other[0] != place[0] or other[1] >= place[2]:
                break
            nested = other[3] == place[3] and (other[1] == place[1] or other[2] <= place[2])
            if not nested and len(users[place] | users[other]) > 1:
                crossed.update((place, other))
    for choice in choices:
        choice.crossed = choice.chosen is not None and _place(choice.chosen) in crossed


def _place(chosen: Candidate) -> tuple[int, int, int, str]:
    return id(chosen.passage), chosen.start, chosen.end, chosen.kind


def _is_persons(mention: Mention, record: Record) -> bool:
    """Whether a row's handle holds the name of the person in it, and no word of the agency's."""
    person, name = record.get("person"), record.get("name")
    if person is None or "participant" in record or not person_letters(mention.handle, person.value):
        return False
    return name is None or not person_letters(mention.handle, name.value)


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
    wanted = {"name"} if kind == "N" else OF_ADDRESS
    parts = [value for value in record.values() if value.field in wanted and not says_nothing(value)]
    if kind == "A" and not any(part.field in LINES for part in parts):
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
    return Choice(found, _ALONE, _ALONE, _ALONE)

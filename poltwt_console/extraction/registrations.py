"""Accounts as registrations: each field with its words, rule, confidence and runners-up."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import islice

from poltwt_console.domain.registration import (
    Confidence,
    Evidence,
    Field,
    Intent,
    Kind,
    Reading,
    Registration,
    TakesPartAs,
)
from poltwt_console.extraction.candidates import Candidate
from poltwt_console.extraction.confidence import trust
from poltwt_console.extraction.countries import find_city, find_country
from poltwt_console.extraction.findings import FORMER_ACCOUNT, Findings
from poltwt_console.extraction.handles import find_overlong
from poltwt_console.extraction.linear import Judge
from poltwt_console.extraction.mention import DOUBTS, Mention
from poltwt_console.extraction.people import count_called, is_person, plain_name, signing_people
from poltwt_console.extraction.resolve import Account, Choice
from poltwt_console.extraction.standing import Looked
from poltwt_console.extraction.towns import find_town, labelled_town
from poltwt_console.extraction.view import Origin, Passage

_INTENTS = {"register": Intent.REGISTER, "update": Intent.UPDATE, "withdrawal": Intent.WITHDRAW}


def build_registrations(
    accounts: Sequence[Account],
    left: Sequence[Looked],
    findings: Findings,
    judge: Judge,
) -> tuple[Registration, ...]:
    """The registrations of a mail in its order; ``left`` are the handles that were left out."""
    contact_name, contact_email = _contact(findings)
    texts = [
        passage.text[line.start : line.end]
        for passage in findings.view.evidence
        for line in passage.lines
        if line.origin is not Origin.QUOTED
    ]
    built = []
    for account, beside in zip(accounts, _may_be_meant(accounts, left), strict=True):
        address = _field(account.address, "address", account, findings, judge)
        where = address.value or ""
        code = find_country(where, findings.message.sender.email, texts, findings.language)
        city = labelled_town(account, findings) or (
            _within(address, find_city(where)) if where else find_town(account.name.chosen, findings)
        )
        person = account.person if account.officer else None
        built.append(
            Registration(
                intent=_INTENTS[account.kind],
                handle=_handle_field(account, beside, left, findings, judge),
                name=_field(account.name, "name", account, findings, judge),
                person=_person_field(account, findings),
                participant=_participant_field(account, findings, judge),
                address=address,
                city=city,
                country=Field(
                    code, Confidence.LOOK, "guess", reason="from address, mail domain, phone or language"
                )
                if code
                else Field(),
                contact_name=Field(
                    person.name, Confidence.LOOK, "rank", _evidence(person.passage, person.start, person.end)
                )
                if person and len(accounts) > 1
                else contact_name,
                contact_email=contact_email,
                former_handle=_former(account.kind, left, findings),
            )
        )
    return tuple(built)


def kind_of(kind: str, registrations: Sequence[Registration], findings: Findings) -> tuple[Kind, str]:
    """The kind of the mail and the reason in words."""
    if kind == "update":
        return Kind.UPDATE, "speaks of a change to a registration"
    if kind == "withdrawal":
        return Kind.WITHDRAWAL, "asks to take an account off"
    missing = sorted(
        {
            name
            for registration in registrations
            for name in ("handle", "name", "address")
            if registration.field(name).value is None and not registration.field(name).others
        }
    )
    if missing:
        words = {"handle": "Twitter name", "name": "agency", "address": "address"}
        return Kind.INCOMPLETE, "meant to register; missing: " + ", ".join(words[name] for name in missing)
    return Kind.REGISTRATION, "asks to take part and gives account, agency and address"


def _evidence(passage: Passage, start: int, end: int) -> Evidence:
    return Evidence(passage.part.id, start, end, passage.part.text[start:end])


def _reading(candidate: Candidate) -> Reading:
    return Reading(
        candidate.value,
        _rule(candidate.rule, candidate.origin),
        _evidence(candidate.passage, candidate.start, candidate.end),
    )


def _rule(rule: str, origin: Origin) -> str:
    if rule in ("label", "table", "link"):
        return rule
    return {
        Origin.SIGNATURE: "signature",
        Origin.SUBJECT: "subject",
        Origin.SENDER: "sender",
        Origin.QUOTED: "quoted",
        Origin.FORWARDED: "forwarded",
        Origin.ATTACHMENT: "attachment",
    }.get(origin, rule)


#: How many points behind the only account of a mail another handle may be to be offered beside it.  On
#: 2,740 mails of 26 other authors the one that was chosen among such was wrong in 8 cases of 23.
_NEAR = 400
#: And how likely it must be by itself, whatever the others: 2,909 mails of 19 other authors and a tester held
#: 48 such handles, and 18 of those should have been meant.
_LIKELY = -200


def _handle_field(
    account: Account,
    beside: Sequence[Mention],
    left: Sequence[Looked],
    findings: Findings,
    judge: Judge,
) -> Field:
    mention = account.mention
    if mention is None:
        long = find_overlong(findings.view.evidence)
        reason = f"@{long} is no Twitter name: more than 15 letters" if long else "no Twitter name is given"
        return Field(reason=reason, others=_offered(other for other, _ in left))
    others = _offered(beside)
    confidence, reason = trust("handle", account, findings, judge)
    if others and confidence is Confidence.READY:
        confidence, reason = Confidence.LOOK, "another account in the mail is nearly as likely"
    return Field(
        mention.handle,
        confidence,
        _rule(mention.rule, mention.origin),
        _evidence(*_place(mention)),
        others,
        reason,
    )


def _may_be_meant(accounts: Sequence[Account], left: Sequence[Looked]) -> list[list[Mention]]:
    """For each account the handles, likeliest first, that were left out and may be meant with it.

    One that is likely by itself is told of once: beside the account before it in its text, else the first.
    """
    found: list[list[Mention]] = [[] for _ in accounts]
    only = accounts[0] if len(accounts) == 1 else None
    for other, points in sorted(left, key=lambda looked: -looked[1]):
        near = only is not None and only.points - points <= _NEAR and other.hints.isdisjoint(DOUBTS)
        if accounts[0].kind == "register" and (near or points >= _LIKELY):
            found[_before(other, accounts)].append(other)
    return found


def _before(mention: Mention, accounts: Sequence[Account]) -> int:
    """The number of the account that stands last before a handle in its text; 0 where none does."""
    last, place = 0, -1
    for number, account in enumerate(accounts):
        own = account.mention
        if own is not None and own.passage is mention.passage and place < own.start < mention.start:
            last, place = number, own.start
    return last


def _offered(mentions: Iterable[Mention]) -> tuple[Reading, ...]:
    """The first three of some handles as readings."""
    return tuple(
        Reading(mention.handle, _rule(mention.rule, mention.origin), _evidence(*_place(mention)))
        for mention in islice(mentions, 3)
    )


def _place(mention: Mention) -> tuple[Passage, int, int]:
    return mention.passage, mention.start, mention.end


def _field(choice: Choice, name: str, account: Account, findings: Findings, judge: Judge) -> Field:
    others = tuple(_reading(other) for other in choice.others[: min(choice.rivals, 3)])
    if choice.chosen is None:
        return Field(others=others, reason=f"the mail gives no {name}")
    if choice.lead == 0 and others:
        return Field(
            None,
            Confidence.LOOK,
            others=(_reading(choice.chosen), *others),
            reason="two readings are equally good",
        )
    confidence, reason = trust(name, account, findings, judge)
    chosen = choice.chosen
    return Field(
        chosen.value,
        confidence,
        _rule(chosen.rule, chosen.origin),
        _evidence(chosen.passage, chosen.start, chosen.end),
        others,
        reason,
    )


def _participant_field(account: Account, findings: Findings, judge: Judge) -> Field:
    confidence, reason = trust("participant", account, findings, judge)
    if confidence is Confidence.READY and not account.officer:
        reason = "nothing speaks of an officer's own account"
    value = TakesPartAs.OFFICER if account.officer else TakesPartAs.AGENCY
    evidence = None
    if account.officer and account.person is not None:
        evidence = _evidence(account.person.passage, account.person.start, account.person.end)
    return Field(value.value, confidence, "words" if evidence else "default", evidence, reason=reason)


def _person_field(account: Account, findings: Findings) -> Field:
    if not account.officer:
        return Field()
    if account.record is not None and "person" in account.record:
        cell = account.record["person"]
        return Field(cell.value, Confidence.READY, "table", _evidence(cell.passage, cell.start, cell.end))
    if account.person is not None:
        person = account.person
        return Field(
            person.value,
            Confidence.LOOK,
            "rank",
            _evidence(person.passage, person.start, person.end),
            reason="named with a rank beside the account",
        )
    for value in findings.labels("person"):
        return Field(value.value, Confidence.READY, "label", _evidence(value.passage, value.start, value.end))
    sender = findings.message.sender.name
    return Field(sender, Confidence.LOOK, "sender", reason="the sender's name") if sender else Field()


def _contact(findings: Findings) -> tuple[Field, Field]:
    """Who wrote, and from where: a label, the sender, whoever signs."""
    message = findings.message
    author = next(
        (
            p.author
            for p in findings.view.passages(Origin.FORWARDED)
            if p.author is not None and p.author.email
        ),
        None,
    )
    sender_words = next((p.words for p in findings.view.passages(Origin.SENDER) if p.author == author), None)
    if author is None and message.reply_to is not None and message.reply_to.email:
        author = message.reply_to
    sender = author or message.sender
    email, name = sender.email, Field()
    for value in findings.labels("contact"):
        person = next(
            (
                p
                for p in findings.people
                if p.passage is value.passage and value.start <= p.start <= value.end
            ),
            None,
        )
        text = person.name if person is not None else value.value
        name = Field(text, Confidence.READY, "label", _evidence(value.passage, value.start, value.end))
        break
    else:
        called = count_called(sender_words) if sender_words is not None else 0
        if sender_words is not None and called > 1 and is_person(sender.name, sender_words):
            name = Field(
                _without_rank(plain_name(sender.name), findings),
                Confidence.LOOK,
                "sender",
                reason="the sender's name",
            )
        else:
            for passage in findings.view.evidence:
                signer = next(iter(signing_people(passage)), None)
                if signer is not None:
                    start, end, text = signer
                    name = Field(
                        text, Confidence.LOOK, "signature", _evidence(passage, start, end), reason="who signs"
                    )
                    break
    return name, Field(email or None, Confidence.READY if email else Confidence.MISSING, "sender")


def _without_rank(name: str, findings: Findings) -> str:
    for person in findings.people:
        if person.passage.origin is Origin.SENDER and person.name and person.name in name:
            return person.name
    return name


def _within(address: Field, city: str | None) -> Field:
    if city is None:
        return Field()
    evidence = address.evidence
    if evidence is not None:
        place = evidence.text.find(city)
        if place >= 0:
            start = evidence.start + place
            evidence = Evidence(evidence.part, start, start + len(city), city)
            return Field(city, Confidence.LOOK, "address", evidence, reason="the locality of the address")
    return Field(city, Confidence.LOOK, "address", reason="the locality of the address")


def _former(kind: str, left: Sequence[Looked], findings: Findings) -> str:
    """The name that an account had before, where a mail changes it."""
    if kind != "update":
        return ""
    said = [mention.handle for mention, _ in left if not mention.hints.isdisjoint(_SAID_FORMER)]
    headed = [mention.handle for mention in findings.mentions if mention.excluded == FORMER_ACCOUNT]
    return next(iter(said + headed), "")


_SAID_FORMER = frozenset({"former before", "former after", "negation before", "negation after"})

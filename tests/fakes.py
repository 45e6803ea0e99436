"""Fakes for the clock and for reading: what a test says, so that it depends on nothing else."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta

from poltwt_console.domain.intake import ReadMail, SenderCheck
from poltwt_console.domain.message import Message, Role, Sender, TextPart
from poltwt_console.domain.message_json import dump_parts
from poltwt_console.domain.place import Candidate, Hints, Location, LocationState, Place, Precision
from poltwt_console.domain.registration import (
    Confidence,
    Evidence,
    Extract,
    Field,
    Intent,
    Kind,
    Registration,
)
from poltwt_console.workflow.reading import MailReader, ReadingSettings


class Clock:
    """A clock that a test turns."""

    def __init__(self) -> None:
        self.now = datetime(2013, 10, 14, 10, 0, tzinfo=UTC)

    def __call__(self) -> datetime:
        self.now += timedelta(seconds=1)
        return self.now


BIRMINGHAM = Place(
    52.4814,
    -1.8998,
    Precision.POSTCODE,
    3.0,
    "Birmingham, England, United Kingdom",
    "GB",
    "England",
    "Birmingham",
    52.48142,
    -1.89983,
    "Europe/London",
)
CHICAGO = Place(
    41.85,
    -87.65,
    Precision.LOCALITY,
    12.0,
    "Chicago, Illinois, United States",
    "US",
    "Illinois",
    "Chicago",
    41.85003,
    -87.65005,
    "America/Chicago",
)
_KNOWN = {"birmingham": BIRMINGHAM, "chicago": CHICAGO}


def place_of(address: str) -> Location:
    """A location for an address that names Birmingham or Chicago; NONE for any other."""
    if not address:
        return Location(LocationState.NOT_TRIED)
    for word, place in _KNOWN.items():
        if word in address.casefold():
            other = CHICAGO if place is BIRMINGHAM else BIRMINGHAM
            both = (Candidate(place, 9.0), Candidate(other, 4.0, 6000.0))
            return Location(LocationState.FOUND, address, place, both, 5.0, reasons=(f"city {word.title()}",))
    return Location(LocationState.NONE, address)


class FakeReader(MailReader):
    """Reads mails for real, but knows two cities only."""

    def __init__(self) -> None:
        super().__init__(ReadingSettings(processes=1))

    def place(self, address: str, hints: Hints) -> Location:
        return place_of(address)


def message(
    text: str, *, sender: str = "k.blakeman@wmp.example", number: int = 1, message_id: str = ""
) -> Message:
    """A plain mail with that body."""
    raw = f"From: {sender}\nSubject: #poltwt {number}\n\n{text}".encode("utf-8", "surrogatepass")
    return Message(
        message_id=message_id or f"{number}@wmp.example",
        digest=hashlib.sha256(raw).hexdigest(),
        raw=raw,
        subject=f"#poltwt {number}",
        sender=Sender("Kerry Blakeman", sender),
        date=datetime(2013, 10, 1, tzinfo=UTC) + timedelta(hours=number),
        parts=(TextPart("body", Role.BODY, text),),
        origin=f"inbox.mbox#{number}",
    )


def field_in(text: str, value: str | None, confidence: Confidence = Confidence.READY) -> Field:
    """A field whose words stand in the text."""
    if value is None:
        return Field()
    start = text.find(value)
    evidence = Evidence("body", start, start + len(value), value) if start >= 0 else None
    return Field(value, confidence, "label" if evidence else "default", evidence)


def read_mail(
    *accounts: Mapping[str, str | None],
    intent: Intent = Intent.REGISTER,
    kind: Kind = Kind.REGISTRATION,
    all_accounts: bool = False,
    former_handle: str = "",
    sender: str = "k.blakeman@wmp.example",
    number: int = 1,
    sender_check: str = "green",
    text: str | None = None,
) -> ReadMail:
    """A mail that says just this; each account gives handle, name, address and so on."""
    lines = [v for one in accounts for v in one.values() if v]
    body = text if text is not None else "\n".join(["Hi Lauri,", *lines, "Regards"])
    mail = message(body, sender=sender, number=number)
    registrations = []
    for one in accounts:
        values = {"participant": "agency", **one}
        fields = {name: field_in(body, value) for name, value in values.items()}
        registrations.append(Registration(intent=intent, former_handle=former_handle, **fields))
    return ReadMail(
        message=mail,
        extract=Extract(kind, "said so", "en", tuple(registrations), all_accounts),
        sender=SenderCheck(sender_check, "the domain fits"),
        locations=tuple(place_of(one.get("address") or "") for one in accounts),
        source_id=hashlib.sha256(mail.raw).hexdigest(),
        parts=dump_parts(mail.parts),
    )


WMP = {
    "handle": "WMPolice",
    "name": "West Midlands Police",
    "address": "Lloyd House, Birmingham B4 6NQ",
    "city": "Birmingham",
    "country": "GB",
    "contact_email": "k.blakeman@wmp.example",
}
CPD = {
    "handle": "Chicago_Police",
    "name": "Chicago Police Department",
    "address": "3510 S Michigan Ave, Chicago, IL 60653",
    "city": "Chicago",
    "country": "US",
    "contact_email": "news@cpd.example",
}

"""Reading a mail: bytes -> Message -> what it says -> the places of its addresses.

Pure work without a database, so that a thousand mails can be read in processes of their own
(``workflow.readers``).
"""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Callable
from copy import copy
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING

from poltwt_console.domain.intake import ParsedMail, ReadMail, SenderCheck
from poltwt_console.domain.message import Message, Organiser, Role, phone_of
from poltwt_console.domain.message_json import dump_parts
from poltwt_console.domain.place import Hints, Location, LocationState, Place, Precision
from poltwt_console.domain.registration import (
    DERIVED,
    PLACE_RULE,
    Confidence,
    Evidence,
    Extract,
    Field,
    Kind,
    Registration,
    follows_address,
)
from poltwt_console.errors import ConsoleError, GazetteerError

if TYPE_CHECKING:
    from poltwt_console.extraction import OwnPattern, Vocabulary
    from poltwt_console.geocoding import Geocoder, PlaceNames

_MOST_LOCATED = 2_000


@dataclass(frozen=True, slots=True)
class ReadingSettings:
    """What reading depends on; crosses into the worker processes."""

    organiser: Organiser = field(default_factory=Organiser)
    patterns: tuple[OwnPattern, ...] = ()
    processes: int = 2


class MailReader:
    """Reads mails; opens vocabulary and gazetteer on first use and keeps them."""

    def __init__(self, settings: ReadingSettings) -> None:
        self.settings = settings

    def for_organiser(self, email: str, name: str) -> MailReader:
        """The same reader for another organiser; what it has opened stays open."""
        organiser = replace(
            self.settings.organiser,
            emails=frozenset({email.casefold()} - {""}),
            names=frozenset({name.casefold()} - {""}),
        )
        other = copy(self)
        other.settings = replace(self.settings, organiser=organiser)
        return other

    @cached_property
    def vocabulary(self) -> Vocabulary:
        """The words of all languages, with the organiser's own."""
        from poltwt_console.extraction import load_vocabulary

        return load_vocabulary(own=self.settings.patterns)

    @cached_property
    def geocoder(self) -> Geocoder | None:
        """The offline geocoder; None where the file of places is missing or damaged."""
        from poltwt_console.geocoding import open_geocoder

        try:
            return open_geocoder()
        except GazetteerError as error:
            self.gazetteer_error = error.sentence
            return None

    @cached_property
    def place_names(self) -> PlaceNames | None:
        """The same places as extraction asks for them."""
        from poltwt_console.geocoding import PlaceNames

        return PlaceNames(self.geocoder.file) if self.geocoder else None

    gazetteer_error = ""

    def open(self) -> None:
        """Open now what else the first mail would wait for."""
        from poltwt_console.extraction import load_models

        load_models()
        _ = self.vocabulary, self.place_names

    def parse(self, raw: bytes, origin: str, now: datetime) -> ParsedMail:
        """Parse one mail; never fails on its content.  ``now`` stands in for a missing date."""
        return _parsed(self._message(raw, origin, now))

    def read(self, raw: bytes, origin: str, now: datetime) -> ReadMail:
        """Read one mail; never fails on its content.  ``now`` stands in for a missing date."""
        return self.digest(self._message(raw, origin, now))

    def read_stored(self, raw: bytes, origin: str, date: datetime) -> ReadMail:
        """Read one mail of thousands that are stored: a fault of the program at it is told, and stops none.

        The mail then waits for a person.  What is no fault of the program, and what a person can mend, is
        a ConsoleError as ever.
        """
        try:
            return self.read(raw, origin, date)
        except ConsoleError:
            raise
        except Exception as error:
            logging.getLogger(__name__).exception("Reading %s failed", origin)
            message = self._message(raw, origin, date)
            return _read_mail(message, _failed(error), (Location(LocationState.NOT_TRIED),))

    def _message(self, raw: bytes, origin: str, now: datetime) -> Message:
        from poltwt_console.mailbox import read_message

        return read_message(raw, origin=origin, now=now, organiser=self.settings.organiser)

    def digest(self, message: Message) -> ReadMail:
        """What a message says, and where its addresses are."""
        from poltwt_console.extraction import extract

        said = extract(message, self.place_names, self.vocabulary, self.settings.organiser)
        if is_table(message) and not any(one.handle.value for one in said.registrations):
            said = replace(said, tables_to_map=tuple(p.id for p in message.parts if p.tables))
        return _read_mail(message, *self.placed(said, message))

    def placed(self, said: Extract, message: Message) -> tuple[Extract, tuple[Location, ...]]:
        """The registrations with the city and country that follow from their places, and the places."""
        about = Hints(
            mail_domain=message.sender.email.rpartition("@")[2],
            phone=phone_of(message.parts),
            language=said.language,
        )
        placed = [self._placed(registration, about) for registration in said.registrations]
        completed = tuple(registration for registration, _ in placed)
        return replace(said, registrations=completed), tuple(found for _, found in placed)

    def _placed(self, registration: Registration, about: Hints) -> tuple[Registration, Location]:
        found = self.locate(registration, about)
        if registration.address.value is None and registration.city.rule in DERIVED:
            # A town of the agency's name, no address: worth having in the country that the mail speaks from.
            country = found.place.country if found.place is not None else ""
            spoken = registration.country.value or ""
            if not country or (country != spoken and (spoken or found.needs_review)):
                return replace(registration, city=Field()), Location(LocationState.NOT_TRIED)
        return _complete(registration, found, self.place_names), found

    def locate(self, registration: Registration, about: Hints) -> Location:
        """The place of a registration's address, or of its city where it has none; ``about`` its mail.

        A city or country that was guessed from the address is no hint: it would make a wrong guess sure.
        """
        said = {
            name: "" if follows_address(registration.address, field) else field.value or ""
            for name, field in (("city", registration.city), ("country", registration.country))
        }
        return self.place(
            registration.address.value or registration.city.value or "",
            replace(
                about,
                country=said["country"] or None,
                agency=registration.name.value or "",
                city=said["city"],
            ),
        )

    def place(self, address: str, hints: Hints) -> Location:
        """The place of an address; "failed" says that it could not be looked up, never "none"."""
        if not address.strip():
            return Location(LocationState.NOT_TRIED)
        if self.geocoder is None:
            return Location(LocationState.FAILED, query=address, error=self.gazetteer_error)
        return self._locate(address, hints)

    @cached_property
    def _locate(self) -> Callable[[str, Hints], Location]:
        """The geocoder, remembering: the accounts of a mail share an address, reminders repeat it."""
        assert self.geocoder is not None
        return lru_cache(maxsize=_MOST_LOCATED)(self.geocoder.locate)


def is_table(message: Message) -> bool:
    """Whether it is a table that was imported by itself: it waits for a person where it gave no account."""
    by_itself = not message.sender.email and not any(part.role is Role.BODY for part in message.parts)
    return by_itself and any(part.tables for part in message.parts)


def _failed(error: Exception) -> Extract:
    """What is said of a mail at which the program failed: an account to fill in, and why."""
    reason = f"the program failed at this mail, read it yourself ({type(error).__name__}: {error})"
    return Extract(Kind.INCOMPLETE, reason, "", (Registration(),))


def _parsed(message: Message) -> ParsedMail:
    return ParsedMail(message, hashlib.sha256(message.raw).hexdigest(), dump_parts(message.parts))


def _read_mail(message: Message, said: Extract, places: tuple[Location, ...]) -> ReadMail:
    parsed = _parsed(message)
    return ReadMail(
        message, parsed.source_id, parsed.parts, said, sender=_check(message, said), locations=places
    )


def _check(message: Message, said: Extract) -> SenderCheck:
    from poltwt_console.extraction import check_sender

    agency = next((r.name.value for r in said.registrations if r.name.value), "")
    found = check_sender(message, agency)
    return SenderCheck(found.light.value, found.reason)


def _complete(registration: Registration, found: Location, names: PlaceNames | None) -> Registration:
    """City and country from the place where the mail gives none itself: it knows more than a guess."""
    place = found.place
    if place is None or names is None or found.state is not LocationState.FOUND:
        return registration
    sure = not found.needs_review
    guessed = registration.country.value is None or registration.country.rule in DERIVED
    if guessed and not registration.country.others:
        registration = replace(registration, country=_from_place(place.country, sure))
    city = registration.city
    if city.value is not None and sure and follows_address(registration.address, city):
        registration = replace(registration, city=replace(city, confidence=Confidence.READY, reason=""))
    elif city.value is None and _has_locality(place):
        registration = replace(registration, city=_city(registration.address, place, sure, names))
    return registration


def _city(address: Field, place: Place, sure: bool, names: PlaceNames) -> Field:
    """The locality of a place, with its words in the address."""
    written = town(place, address.value or "", names)
    found = _from_place(written, sure)
    evidence = address.evidence
    start = evidence.text.find(written) if evidence is not None else -1
    if evidence is None or start < 0:
        return found
    start += evidence.start
    within = Evidence(evidence.part, start, start + len(written), written)
    return replace(found, rule="address", evidence=within)


def town(place: Place, address: str, names: PlaceNames | None) -> str:
    """The locality of a place in the words that the address has for it, by its own name if it has none."""
    span = names.words_for(place, address) if names is not None else None
    return address[slice(*span)] if span is not None else place.locality


def _has_locality(place: Place) -> bool:
    return bool(place.locality) and place.precision in (Precision.LOCALITY, Precision.POSTCODE)


def _from_place(value: str, sure: bool) -> Field:
    confidence = Confidence.READY if sure else Confidence.LOOK
    return Field(value, confidence, rule=PLACE_RULE, reason="" if sure else "the place is in doubt")

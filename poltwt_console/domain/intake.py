"""What parsing and reading one mail gave, ready to be stored."""

from __future__ import annotations

from dataclasses import dataclass

from poltwt_console.domain.message import Message
from poltwt_console.domain.place import Location
from poltwt_console.domain.registration import Extract


@dataclass(frozen=True, slots=True)
class SenderCheck:
    """Whether the sender fits the rule "from the police or government address".

    ``colour`` is green (the domain fits), amber (a free mail service, or unknown) or red (looks
    like an official domain but is not one); a sender can be forged, so green never means verified.
    """

    colour: str
    reason: str


@dataclass(frozen=True, slots=True)
class ParsedMail:
    """A message out of its bytes, ready to be stored; what it says comes later."""

    message: Message
    source_id: str  # SHA-256 of the raw bytes, hex
    parts: str  # JSON of the text parts, see domain.message_json


@dataclass(frozen=True, slots=True)
class ReadMail(ParsedMail):
    """A message with what it says, and the place of each registration's address in order."""

    extract: Extract
    sender: SenderCheck
    locations: tuple[Location, ...]

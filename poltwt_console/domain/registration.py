"""A Registration: what one message says about one account, each value with its words."""

from __future__ import annotations

from dataclasses import dataclass, fields
from enum import StrEnum

from poltwt_console.domain.sending import Sent


class Kind(StrEnum):
    """The kind of a mail."""

    REGISTRATION = "registration"
    UPDATE = "update"
    WITHDRAWAL = "withdrawal"
    INCOMPLETE = "incomplete"
    OTHER = "other"


class Intent(StrEnum):
    """What a registration asks for."""

    REGISTER = "register"
    UPDATE = "update"
    WITHDRAW = "withdraw"


class TakesPartAs(StrEnum):
    """The column ``participant`` of the corpus; "takes part as" on the screen."""

    AGENCY = "agency"
    OFFICER = "officer"


class Confidence(StrEnum):
    """How far a value may be trusted; never a percentage."""

    READY = "ready"
    LOOK = "look"
    MISSING = "missing"


@dataclass(frozen=True, slots=True)
class Evidence(Sent):
    """The exact words: ``text == message.part(part).text[start:end]``."""

    part: str
    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Reading(Sent):
    """One possible value with its words and the rule that read it so."""

    value: str
    rule: str  # a word or two for the screen: "label", "signature", "subject", "link", "default" ...
    evidence: Evidence | None = None  # None for a default or a guess from sender, domain or language


@dataclass(frozen=True, slots=True)
class Field(Sent):
    """A value of a registration; ``value`` is None when missing or when two readings tie.

    ``others`` are the runners-up, best first.  ``reason`` says in words why it is only LOOK.
    """

    value: str | None = None
    confidence: Confidence = Confidence.MISSING
    rule: str = ""
    evidence: Evidence | None = None
    others: tuple[Reading, ...] = ()
    reason: str = ""


#: The rules of values that no words of the mail stand behind: they follow from others, and change with them.
PLACE_RULE = "place of the address"
DERIVED = frozenset({PLACE_RULE, "guess", "default"})

#: The rule of values that stand in a column which a person said the meaning of.
MAPPED_RULE = "column, by you"

FIELD_NAMES = (
    "handle",
    "name",
    "person",
    "participant",
    "address",
    "city",
    "country",
    "contact_name",
    "contact_email",
)


def follows_address(address: Field, other: Field) -> bool:
    """Whether a value was derived from the address, or its words are some of the address's.

    Such a value says nothing of the place that the address does not say itself.
    """
    there, words = address.evidence, other.evidence
    inside = (
        there is not None
        and words is not None
        and words.part == there.part
        and there.start <= words.start
        and words.end <= there.end
    )
    return other.value is None or other.rule in DERIVED or inside


@dataclass(frozen=True, slots=True)
class Registration(Sent):
    """One account as one message gives it.

    ``handle`` without "@" in the mail's case; ``name`` is the agency, for an officer too;
    ``person`` the officer with rank; ``participant`` "agency" or "officer"; ``address`` lines
    joined by ", "; ``country`` ISO 3166-1 alpha-2.  For an update the values after the change,
    with what is known of the old in ``former_handle``; for a withdrawal the account that leaves.
    """

    intent: Intent = Intent.REGISTER
    handle: Field = Field()
    name: Field = Field()
    person: Field = Field()
    participant: Field = Field()
    address: Field = Field()
    city: Field = Field()
    country: Field = Field()
    contact_name: Field = Field()
    contact_email: Field = Field()
    former_handle: str = ""
    notes: tuple[str, ...] = ()

    def field(self, name: str) -> Field:
        """The field of that name (one of FIELD_NAMES)."""
        if name not in FIELD_NAMES:
            raise KeyError(name)
        value: Field = getattr(self, name)
        return value

    @property
    def ready(self) -> bool:
        """True when handle, name, takes part as and address are all READY.

        City and country are looked at again when the address is placed; contact and person are
        not needed to accept.
        """
        needed = ("handle", "name", "participant", "address")
        return all(self.field(name).confidence is Confidence.READY for name in needed)


@dataclass(frozen=True, slots=True)
class Extract:
    """All that one message says: its kind with the reason in words, its language, its registrations."""

    kind: Kind
    reason: str
    language: str  # ISO 639-1, "" when unknown
    registrations: tuple[Registration, ...] = ()
    all_accounts: bool = False  # a withdrawal or update that speaks of "all of ours" without naming them
    tables_to_map: tuple[str, ...] = ()  # ids of parts whose table columns were not understood


assert set(FIELD_NAMES) <= {f.name for f in fields(Registration)}

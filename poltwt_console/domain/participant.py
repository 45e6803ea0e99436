"""Participants and their participation in an edition."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

from poltwt_console.domain.place import Location
from poltwt_console.domain.registration import TakesPartAs


class ParticipationState(StrEnum):
    """Where a participation stands."""

    INVITED = "invited"
    CONFIRMED = "confirmed"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"


class Visibility(StrEnum):
    """How closely an account may be shown in public."""

    DEFAULT = "default"  # an agency at its address, an officer at the locality
    EXACT = "exact"
    LOCALITY = "locality"
    LIST_ONLY = "list only"  # on the Twitter list, not on the map
    HIDDEN = "hidden"  # in no public file


@dataclass(frozen=True, slots=True)
class Participation:
    """A participant in an edition, as of that edition.

    ``name`` is the agency's, for an officer too; ``person`` the officer's, with rank.
    """

    id: str
    participant_id: str
    handle: str
    kind: TakesPartAs
    name: str
    person: str = ""
    address: str = ""
    city: str = ""
    country: str = ""
    contact_name: str = ""
    contact_email: str = ""
    language: str = ""
    state: ParticipationState = ParticipationState.CONFIRMED
    visibility: Visibility = Visibility.DEFAULT
    visibility_by: str = "default"  # or "person"
    note: str = ""
    agency_id: str | None = None
    location_id: str | None = None
    location: Location | None = None
    row_version: int = 1

    @property
    def title(self) -> str:
        """The name to show: the officer's, or the agency's."""
        return self.person or self.name if self.kind is TakesPartAs.OFFICER else self.name


#: The values of a participation that come from a registration's field of the same name
#: (``kind`` from ``participant``), in the order of the form.
VALUES = ("handle", "name", "kind", "person", "address", "city", "country", "contact_name", "contact_email")
FIELD_OF_VALUE = {value: value for value in VALUES} | {"kind": "participant"}


class Effect(StrEnum):
    """What accepting a registration would do."""

    NEW = "new"
    RETURNING = "returning"  # known from another edition
    CHANGE = "change"
    KNOWN = "known"  # says nothing new about a known account
    RENAME = "rename"
    REJOIN = "rejoin"  # withdrew or declined before
    WITHDRAW = "withdraw"
    UNCLEAR = "unclear"  # which account is meant must be said by a person


@dataclass(frozen=True, slots=True)
class ValueChange:
    """One value, old beside new."""

    name: str
    old: str
    new: str


@dataclass(frozen=True, slots=True)
class Likeness:
    """A participant that a registration may double, with a score (0 to 100) and reasons in words."""

    participation_id: str
    handle: str
    name: str
    score: int
    certain: bool
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Proposal:
    """What accepting one registration would do, with the doubts that keep it from being ready."""

    registration_id: str
    effect: Effect
    participation_ids: tuple[str, ...] = ()  # whom it concerns
    changes: tuple[ValueChange, ...] = ()
    warnings: tuple[str, ...] = ()
    likenesses: tuple[Likeness, ...] = field(default=())
    ready: bool = False

"""What accepting a registration would do: asked before a person decides, never stored.

Rules: a known handle never becomes a second participant; updates and withdrawals
open as changes, old beside new; one that comes from another sender is never ready; two readings
that are too close say "look".
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from poltwt_console.domain.folding import handle_key, sort_key
from poltwt_console.domain.matching import KnownAccounts, Likened
from poltwt_console.domain.participant import (
    FIELD_OF_VALUE,
    VALUES,
    Effect,
    Likeness,
    Participation,
    ParticipationState,
    Proposal,
    ValueChange,
)
from poltwt_console.domain.registration import Intent
from poltwt_console.store import participants
from poltwt_console.store.registrations import StoredRegistration

if TYPE_CHECKING:
    from poltwt_console.store import Snapshot

#: A Twitter name: 1 to 15 of these (twitter-text allows 20 in URLs; the limit of 15 is Twitter's own).
HANDLE = re.compile(r"[A-Za-z0-9_]{1,15}")
_MOST_LIKENESSES = 5
#: Rules of fields that no words of the mail stand behind; they change nothing that is known.
_NOT_SAID = ("default", "place of the address")


def known_accounts(connection: Snapshot, edition_id: str) -> KnownAccounts:
    """What registrations are compared with; made once where many are proposed."""
    return KnownAccounts(participants.candidates_for_likeness(connection, edition_id))


def likened(registration: StoredRegistration) -> Likened:
    """What of a registration is compared."""
    return Likened(
        registration.value("handle"),
        registration.value("name"),
        registration.value("city"),
        registration.value("country"),
        registration.sender_email,
    )


def propose(
    connection: Snapshot, registration: StoredRegistration, accounts: KnownAccounts | None = None
) -> Proposal:
    """The effect of accepting it now, whom it concerns, the values old beside new, and the doubts."""
    if registration.intent is Intent.WITHDRAW:
        return _withdrawal(connection, registration)
    known = _concerned(connection, registration)
    if len(known) > 1:
        warning = f"{len(known)} accounts were registered from this address: say which one is meant"
        return _proposal(registration, Effect.UNCLEAR, known, warnings=(warning,))
    if known:
        return _change(connection, registration, known[0])
    return _new(connection, registration, accounts or known_accounts(connection, registration.edition_id))


def _concerned(connection: Snapshot, registration: StoredRegistration) -> list[Participation]:
    """The participations of this edition that the registration speaks of."""
    edition = registration.edition_id
    if registration.participation_id:  # accepted before and opened again: a correction of what it became
        return participants.participations_by_id(connection, [registration.participation_id])
    for key in (registration.handle_key, handle_key(registration.former_handle)):
        participant = participants.find_participant(connection, key) if key else None
        if participant:
            found = participants.participation_of(connection, edition, participant)
            if found:
                return [found]
    if not registration.handle_key or registration.intent is not Intent.REGISTER:
        return participants.registered_by(connection, edition, registration.sender_email)
    return []


def _withdrawal(connection: Snapshot, registration: StoredRegistration) -> Proposal:
    if registration.all_accounts and not registration.handle_key:
        known = participants.registered_by(connection, registration.edition_id, registration.sender_email)
        warnings = (f"withdraws all {len(known)} accounts of this sender",) if known else ()
    else:
        known = _concerned(connection, registration)
        warnings = ()
    if not known:
        return _proposal(
            registration, Effect.UNCLEAR, (), warnings=("no account of this sender or name is known",)
        )
    if len(known) > 1 and not registration.all_accounts:
        warning = f"{len(known)} accounts were registered from this address: say which one withdraws"
        return _proposal(registration, Effect.UNCLEAR, known, warnings=(warning,))
    changes = tuple(ValueChange("state", p.state.value, ParticipationState.WITHDRAWN.value) for p in known)
    others = _sender_warnings(connection, registration, known)
    return _proposal(registration, Effect.WITHDRAW, known, changes, warnings + others)


def _change(connection: Snapshot, registration: StoredRegistration, known: Participation) -> Proposal:
    changes = tuple(
        ValueChange(name, _current(known, name), new)
        for name in VALUES
        if (new := _said(registration, name)) and not _same(name, _current(known, name), new)
    )
    effect = Effect.CHANGE if changes else Effect.KNOWN
    if any(c.name == "handle" and handle_key(c.old) != handle_key(c.new) for c in changes):
        effect = Effect.RENAME
    if known.state in (ParticipationState.WITHDRAWN, ParticipationState.DECLINED):
        effect = Effect.REJOIN
        changes = (*changes, ValueChange("state", known.state.value, ParticipationState.CONFIRMED.value))
    return _proposal(
        registration, effect, [known], changes, _sender_warnings(connection, registration, [known])
    )


def _current(known: Participation, name: str) -> str:
    return known.kind.value if name == "kind" else str(getattr(known, name))


def _said(registration: StoredRegistration, name: str) -> str:
    """The value that the mail or a person gives; "" where it is only a default or a guess."""
    field = registration.fields[FIELD_OF_VALUE[name]]
    return "" if not field.edited_at and field.read.rule in _NOT_SAID else field.value


def _same(name: str, old: str, new: str) -> bool:
    return old == new if name == "handle" else sort_key(old) == sort_key(new)


def _sender_warnings(
    connection: Snapshot, registration: StoredRegistration, known: list[Participation]
) -> tuple[str, ...]:
    for participation in known:
        senders = participants.senders_of(connection, participation.id)
        if registration.message_id and senders and registration.sender_email not in senders:
            return (f"from another sender than the registration of @{participation.handle}",)
    return ()


def _new(connection: Snapshot, registration: StoredRegistration, accounts: KnownAccounts) -> Proposal:
    warnings: list[str] = []
    handle = registration.value("handle")
    if not handle:
        warnings.append("no Twitter name")
    elif not HANDLE.fullmatch(handle):
        warnings.append(f"@{handle} is no Twitter name: 1 to 15 letters, digits and _")
    if registration.intent is Intent.UPDATE:
        warnings.append("a correction, but no account of this sender or name is known")
    for holder in participants.former_holders(connection, registration.handle_key):
        warnings.append(f"@{handle} was the former name of {participants.handle_of(connection, holder)}")
    likenesses = _likenesses(registration, accounts)
    returning = (
        participants.find_participant(connection, registration.handle_key)
        if registration.handle_key
        else None
    )
    effect = Effect.RETURNING if returning else Effect.NEW
    return _proposal(registration, effect, (), (), tuple(warnings), likenesses)


def _likenesses(registration: StoredRegistration, accounts: KnownAccounts) -> tuple[Likeness, ...]:
    return tuple(
        Likeness(participation_id, known.handle, known.name, score, score == 100, reasons)
        for participation_id, known, score, reasons in accounts.like(likened(registration))[:_MOST_LIKENESSES]
    )


def _proposal(
    registration: StoredRegistration,
    effect: Effect,
    known: list[Participation] | tuple[()],
    changes: tuple[ValueChange, ...] = (),
    warnings: tuple[str, ...] = (),
    likenesses: tuple[Likeness, ...] = (),
) -> Proposal:
    red = registration.sender_check == "red"
    if red:
        warnings = (*warnings, f"sender: {registration.sender_reason}")
    ready = (
        registration.band == "ready"
        and registration.intent is Intent.REGISTER
        and effect in (Effect.NEW, Effect.RETURNING)
        and not warnings
        and not likenesses
    )
    return Proposal(registration.id, effect, tuple(p.id for p in known), changes, warnings, likenesses, ready)

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
from poltwt_console.domain.registration import DERIVED, Intent
from poltwt_console.store import participants
from poltwt_console.store.registrations import StoredRegistration

if TYPE_CHECKING:
    from poltwt_console.store import Snapshot

#: A Twitter name: 1 to 15 of these (twitter-text allows 20 in URLs; the limit of 15 is Twitter's own).
HANDLE = re.compile(r"[A-Za-z0-9_]{1,15}")
_MOST_LIKENESSES = 5


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
    if registration.participation_id and registration.intent is not Intent.WITHDRAW:
        # Accepted before and opened again: a correction of what it became.
        return participants.participations_by_id(connection, [registration.participation_id])
    former = handle_key(registration.former_handle)
    for key in (former, registration.handle_key):
        participant = participants.find_participant(connection, key) if key else None
        if participant:
            found = participants.participation_of(connection, edition, participant)
            if found:
                return [found]
    named = registration.handle_key or former
    if not named or registration.intent is Intent.UPDATE:
        return participants.registered_by(connection, edition, registration.sender_email)
    return []


def _withdraws(accounts: int) -> str:
    return f"withdraws {'the one account' if accounts == 1 else f'all {accounts:,} accounts'} of this sender"


def _withdrawal(connection: Snapshot, registration: StoredRegistration) -> Proposal:
    if registration.all_accounts and not registration.handle_key:
        known = participants.registered_by(connection, registration.edition_id, registration.sender_email)
        warnings: tuple[str, ...] = (_withdraws(len(known)),) if known else ()
    else:
        known = _concerned(connection, registration)
        warnings = ()
    if not known:
        handle = registration.value("handle")
        warning = f"@{handle} is not known" if handle else "no account of this sender is known"
        return _proposal(registration, Effect.UNCLEAR, (), warnings=(warning,))
    if len(known) > 1 and not registration.all_accounts:
        warning = f"{len(known)} accounts were registered from this address: say which one withdraws"
        return _proposal(registration, Effect.UNCLEAR, known, warnings=(warning,))
    changes = tuple(ValueChange("state", p.state.value, ParticipationState.WITHDRAWN.value) for p in known)
    others = _sender_warnings(connection, registration, known)
    return _proposal(registration, Effect.WITHDRAW, known, changes, warnings + others)


def _change(connection: Snapshot, registration: StoredRegistration, known: Participation) -> Proposal:
    changes = _value_changes(registration, known)
    warnings = list(_sender_warnings(connection, registration, [known]))
    effect = Effect.CHANGE if changes else Effect.KNOWN
    renamed = next((c for c in changes if c.name == "handle"), None)
    if renamed and handle_key(renamed.old) != handle_key(renamed.new):
        effect = Effect.RENAME
        holder = participants.find_participant(connection, handle_key(renamed.new))
        if holder not in (None, known.participant_id):
            warnings.append(f"@{renamed.new} is held by another participant")
        elif handle_key(registration.former_handle) != handle_key(known.handle):
            warnings.append(f"@{renamed.new} is not known yet: taken as the new name of @{known.handle}")
    if known.state is not ParticipationState.CONFIRMED:
        if registration.intent is Intent.REGISTER:
            effect = Effect.REJOIN
            state = ValueChange("state", known.state.value, ParticipationState.CONFIRMED.value)
            changes = (*changes, state)
        else:
            warnings.append(f"@{known.handle} is {known.state.value}; that stays")
    return _proposal(registration, effect, [known], changes, tuple(warnings))


def _value_changes(registration: StoredRegistration, known: Participation) -> tuple[ValueChange, ...]:
    changes = []
    moved = False  # a new address brings the city and country that follow from it
    for name in ("address", *(n for n in VALUES if n != "address")):
        new = _said(registration, name, derived=moved)
        old = known.kind.value if name == "kind" else str(getattr(known, name))
        if new is None or _same(registration, name, old, new):
            continue
        changes.append(ValueChange(name, old, new))
        moved = moved or name == "address"
    return tuple(sorted(changes, key=lambda change: VALUES.index(change.name)))


def _said(registration: StoredRegistration, name: str, *, derived: bool) -> str | None:
    """The value that a person or the mail gives, None where neither says anything; "" takes one away."""
    field = registration.fields[FIELD_OF_VALUE[name]]
    if field.edited_at:
        return None if name in ("handle", "kind") and not field.value else field.value
    if field.read.rule in DERIVED and not (derived and name in ("city", "country")):
        return None
    return field.value or None


def _same(registration: StoredRegistration, name: str, old: str, new: str) -> bool:
    """Whether nothing changes: to the letter for what a person typed, as read for what a mail repeats."""
    if name == "handle" or registration.fields[FIELD_OF_VALUE[name]].edited_at:
        return old == new
    if name == "contact_email":
        return old.casefold() == new.casefold()
    return sort_key(old) == sort_key(new)


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

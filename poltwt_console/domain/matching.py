"""Whether a registration may double a participant: a score and the reasons in words.

Rules: the same handle is certain.  A near-same handle, the same agency
and city, the same sender, a near-same name without the generic words are only possible.  The
same agency with another account is no duplicate, so agreement on all but a clearly different
handle says nothing.  Distance is not used: offline points are centres of places.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from difflib import SequenceMatcher

from poltwt_console.domain.folding import handle_key, sort_key

#: Words that most agencies' names share; they say nothing about which agency it is.
GENERIC = frozenset(
    sort_key(
        "police policia polizia polizei politie politi polisen poliisi polis policie policija policja "
        "department dept pd service services force constabulary office bureau sheriff sheriffs city of the "
        "de la del di da do dos municipal local state national regional"
    ).split()
)
#: Pairs of characters that are taken for each other on a screen.
_TWINS = str.maketrans("0l15", "oiis")
POSSIBLE = 50


@dataclass(frozen=True, slots=True)
class Likened:
    """What is compared of a registration or a participation."""

    handle: str
    name: str
    city: str
    country: str
    sender: str


def core_name(name: str) -> str:
    """The name without the generic words, folded; the whole name where nothing else is left."""
    words = sort_key(name).split()
    core = [w for w in words if w not in GENERIC]
    return " ".join(core or words)


def likeness(new: Likened, known: Likened) -> tuple[int, tuple[str, ...]]:
    """(score 0 to 100, reasons); from POSSIBLE on it is worth showing."""
    new_key, known_key = handle_key(new.handle), handle_key(known.handle)
    if new_key and new_key == known_key:
        return 100, ("the same Twitter name",)
    score, reasons = 0, []
    if new_key:
        if _twin(new_key) == _twin(known_key):
            score, reasons = 60, ["a Twitter name that looks the same"]
        elif _near(new_key, known_key):
            score, reasons = 35, ["a near-same Twitter name"]
        else:
            return 0, ()
    ours, theirs = core_name(new.name), core_name(known.name)
    if ours and theirs:
        if ours == theirs:
            score += 30
            reasons.append("the same agency")
        elif SequenceMatcher(None, ours, theirs).ratio() >= 0.85:
            score += 20
            reasons.append("a near-same agency")
    if new.city and sort_key(new.city) == sort_key(known.city) and new.country == known.country:
        score += 20
        reasons.append("the same city")
    if new.sender and new.sender.lower() == known.sender.lower():
        score += 25
        reasons.append("the same sender")
    return min(score, 99), tuple(reasons)


def _near(one: str, other: str) -> bool:
    if len(one) < 5 or abs(len(one) - len(other)) > 3:
        return False
    matcher = SequenceMatcher(None, one, other)
    return matcher.real_quick_ratio() >= 0.9 and matcher.quick_ratio() >= 0.9 and matcher.ratio() >= 0.9


def _twin(key: str) -> str:
    return key.translate(_TWINS)


class KnownAccounts:
    """The accounts that a registration is compared with, found by what they must share to be likely at all.

    With a handle, no score reaches POSSIBLE unless the handles look the same or are near-same, and
    a near-same one shares its first or last three characters (at most one of ten differs).
    Without a handle it takes the same city or the same sender.  Thousands stay cheap so.
    """

    def __init__(self, accounts: Iterable[tuple[str, Likened]]) -> None:
        self._by: dict[tuple[str, str], list[tuple[str, Likened]]] = {}
        for key, known in accounts:
            self.add(key, known)

    def add(self, key: str, known: Likened) -> None:
        """One more, under a key of the caller's."""
        for trait in {*_handle_traits(known), *_other_traits(known)}:
            self._by.setdefault(trait, []).append((key, known))

    def like(self, new: Likened) -> list[tuple[str, Likened, int, tuple[str, ...]]]:
        """(key, account, score, reasons) of those worth showing, the likeliest first."""
        traits = _handle_traits(new) if new.handle else _other_traits(new)
        near = {key: known for trait in traits for key, known in self._by.get(trait, ())}
        scored = [(key, known, *likeness(new, known)) for key, known in near.items()]
        worth = [one for one in scored if one[2] >= POSSIBLE]
        return sorted(worth, key=lambda one: (-one[2], handle_key(one[1].handle)))


def _handle_traits(one: Likened) -> list[tuple[str, str]]:
    key = handle_key(one.handle)
    return [("twin", _twin(key)), ("first", key[:3]), ("last", key[-3:])] if key else []


def _other_traits(one: Likened) -> list[tuple[str, str]]:
    traits = [("city", sort_key(one.city)), ("sender", one.sender.lower())]
    return [trait for trait in traits if trait[1]]

"""When a value counts as right, and the figures of a whole set of mails.

Normalised by NFKC and case folding, punctuation to spaces; a token is a word, in Chinese, Japanese
and Thai one character.  Registrations are matched by handle, ignoring case.
"""

from __future__ import annotations

import math
import unicodedata
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

NAME_F1, ADDRESS_F1 = 0.8, 0.85
FIELDS = ("handle", "name", "participant", "address", "city", "country")
PERFECT = ("handle", "name", "participant", "address")


def tokens(text: str | None) -> list[str]:
    """Runs of letters, marks and digits; single characters where a script has no spaces."""
    folded = unicodedata.normalize("NFKC", text or "").casefold()
    spaced = []
    for c in folded:
        category = unicodedata.category(c)
        if c == "\u0307" or category == "Cf":
            continue
        if category[0] not in "LMN":
            spaced.append(" ")
        else:
            spaced.append(f" {c} " if _unspaced(c) else c)
    return "".join(spaced).split()


def _unspaced(c: str) -> bool:
    return (
        "\u3040" <= c <= "\u30ff"
        or "\u3400" <= c <= "\u9fff"
        or "\uf900" <= c <= "\ufaff"
        or "\u0e00" <= c <= "\u0e7f"
    )


def f1(a: Counter[str], b: Counter[str]) -> float:
    return 2 * sum((a & b).values()) / (sum(a.values()) + sum(b.values())) if a or b else 1.0


def is_right(name: str, found: str | None, gold: dict[str, Any]) -> bool:
    """Whether a value is one of those that the answer accepts; nothing only where it accepts nothing."""
    return any(_same(name, found, wanted) for wanted in (gold.get(name), *gold.get("alt", {}).get(name, [])))


def _same(name: str, found: str | None, wanted: str | None) -> bool:
    if not found or wanted is None:
        return not found and wanted is None
    if name == "handle":
        return found == wanted
    if name == "name":
        return f1(Counter(tokens(found)), Counter(tokens(wanted))) >= NAME_F1
    if name == "address":
        return f1(Counter(set(tokens(found))), Counter(set(tokens(wanted)))) >= ADDRESS_F1
    return tokens(found) == tokens(wanted)


def key(handle: str | None) -> str:
    return (handle or "").strip().lstrip("@").casefold()


def match(
    golds: Sequence[dict[str, Any]], found: Sequence[dict[str, Any]]
) -> tuple[list[tuple[dict[str, Any], dict[str, Any]]], list[dict[str, Any]], list[dict[str, Any]]]:
    """(pairs of answer and found, answers left over, found left over)."""
    pairs, left, rest = [], list(found), []
    for gold, wanted in [(g, {key(g["handle"])}) for g in golds]:
        hit = next((f for f in left if key(f["handle"]) in wanted), None)
        if hit is None:
            rest.append(gold)
        else:
            left.remove(hit)
            pairs.append((gold, hit))
    missed = []
    for gold in rest:
        wanted = {key(h) for h in gold.get("alt", {}).get("handle", [])}
        hit = next((f for f in left if key(f["handle"]) in wanted), None)
        if hit is None:
            missed.append(gold)
        else:
            left.remove(hit)
            pairs.append((gold, hit))
    return pairs, missed, left


def wilson(right: int, count: int) -> tuple[float, float]:
    """The 95 % Wilson interval of a share."""
    if not count:
        return 0.0, 1.0
    z, share = 1.96, right / count
    middle = share + z * z / (2 * count)
    reach = z * math.sqrt(share * (1 - share) / count + z * z / (4 * count * count))
    return (middle - reach) / (1 + z * z / count), (middle + reach) / (1 + z * z / count)


@dataclass
class Tally:
    """The figures of a set of mails."""

    mails: int = 0
    true: int = 0
    false: int = 0
    missed: int = 0
    kind: int = 0
    perfect: int = 0
    fields: dict[str, list[int]] = field(default_factory=lambda: {name: [0, 0] for name in FIELDS})
    ready: list[int] = field(default_factory=lambda: [0, 0])
    registrations: int = 0
    failures: list[tuple[str, list[str]]] = field(default_factory=list)

    def add(self, name: str, gold: dict[str, Any], found: dict[str, Any]) -> None:
        self.mails += 1
        problems: list[str] = []
        kinds = [gold["kind"], *gold.get("alt", {}).get("kind", [])]
        if found["kind"] in kinds:
            self.kind += 1
        else:
            problems.append(f"kind: {found['kind']!r}, gold {' or '.join(kinds)}")
        pairs, missed, surplus = match(gold["registrations"], found["registrations"])
        perfect = not missed and not surplus
        for answer, own in pairs:
            self.true += bool(answer["handle"])
            wrong = [field for field in FIELDS if not is_right(field, own[field], answer)]
            for field_name in FIELDS:
                self.fields[field_name][0] += field_name not in wrong
                self.fields[field_name][1] += 1
            problems.extend(
                f"@{answer['handle'] or '-'} {field}: {own[field]!r}, gold {answer.get(field)!r}"
                for field in wrong
            )
            perfect = perfect and not set(wrong) & set(PERFECT)
            self._add_ready(own, not set(wrong) & set(PERFECT), problems)
        for own in surplus:
            self._add_ready(own, False, problems)
            problems.append(f"false @{own['handle'] or '-'} ({own['name']})")
        problems.extend(f"missed @{answer['handle'] or '-'} ({answer['name']})" for answer in missed)
        self.missed += sum(bool(answer["handle"]) for answer in missed)
        self.false += len(surplus)
        self.perfect += perfect
        if problems:
            self.failures.append(
                (f"{name} [{gold['kind']}, {gold['language']}] {gold.get('notes', '')}", problems)
            )

    def _add_ready(self, own: dict[str, Any], right: bool, problems: list[str]) -> None:
        self.registrations += 1
        if own.get("ready"):
            self.ready[0] += right
            self.ready[1] += 1
            if not right:
                problems.append("called ready")

    @property
    def f1(self) -> float:
        return 2 * self.true / (2 * self.true + self.false + self.missed) if self.true else 0.0

    def report(self) -> Iterable[str]:
        """The figures, a line each, with Wilson intervals."""
        yield f"mails            {self.mails}"
        yield f"found, precision {_share(self.true, self.true + self.false)}"
        yield f"found, recall    {_share(self.true, self.true + self.missed)}"
        yield f"found, F1        {self.f1:.3f}"
        for name, (right, count) in self.fields.items():
            yield f"{name:16} {_share(right, count)}"
        yield f"kind             {_share(self.kind, self.mails)}"
        yield f"perfect          {_share(self.perfect, self.mails)}"
        yield f"ready, right     {_share(*self.ready)}"
        yield f"ready, share     {_share(self.ready[1], self.registrations)}"


def _share(right: int, count: int) -> str:
    low, high = wilson(right, count)
    return f"{right / count if count else 0:.3f}  ({right}/{count}; 95 % {low:.3f} to {high:.3f})"

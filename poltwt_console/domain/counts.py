"""Figures in words: one thing, two things."""

from __future__ import annotations


def counted(number: int, one: str, many: str = "") -> str:
    """ "1 mail", "2 mails", "1,200 mails"; ``many`` where an "s" does not make it (agencies)."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"


def verb_for(number: int, one: str, many: str) -> str:
    """The verb that fits the number: ``verb_for(1, "wants", "want")``."""
    return one if number == 1 else many

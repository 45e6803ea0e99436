"""The language of a mail, by the words that the vocabularies know; no detector, no model.

Codes are ISO 639-1, or 639-3 where there is none.
"""

from __future__ import annotations

from collections import defaultdict

from poltwt_console.extraction.terms import NO_LANGUAGE
from poltwt_console.extraction.view import Origin, View
from poltwt_console.extraction.vocabulary import Vocabulary

_WEIGHTS = {
    Origin.BODY: 3,
    Origin.FORWARDED: 3,
    Origin.ATTACHMENT: 2,
    Origin.SIGNATURE: 2,
    Origin.SUBJECT: 2,
    Origin.SENDER: 1,
}
#: A language with a third of the first one's votes may be the mail's second.
_NEAR = 3


def rank_languages(view: View, vocabulary: Vocabulary) -> list[tuple[int, str]]:
    """(votes, code) of the languages that a mail's words speak for, most first, down to a third of that."""
    strengths: defaultdict[frozenset[str], int] = defaultdict(int)  # by the languages that share a term
    for passage in view.evidence:
        first = passage.lines[0].first if passage.lines else 0
        last = passage.lines[-1].last if passage.lines else 0
        weight = _WEIGHTS.get(passage.origin, 1)
        for hit in passage.words.hits:
            if not first <= hit.first < last:
                continue
            languages = hit.term.languages
            count = len(languages) - (NO_LANGUAGE in languages)
            if not count:
                continue
            strength = weight * min(hit.end - hit.start, 12) * (1 if hit.term.borrowed else 3)
            strengths[languages] += 12 * strength // (count * count) + 1
    votes: defaultdict[str, int] = defaultdict(int)
    for languages, points in strengths.items():
        for language in languages:
            if language != NO_LANGUAGE:
                votes[language] += points
    best = max(votes.values(), default=0)
    near = [(points, code) for code, points in votes.items() if points * _NEAR >= best]
    return sorted(near, key=lambda entry: (-entry[0], vocabulary.order.get(entry[1], 999)))


def likely_languages(ranked: list[tuple[int, str]]) -> frozenset[str]:
    """The languages to read a mail in: the first and those near it, and what is of none."""
    return frozenset({code for _, code in ranked[:4]} | {NO_LANGUAGE})

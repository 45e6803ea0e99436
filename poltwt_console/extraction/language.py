"""The language of a mail, by the words that the vocabularies know; no detector, no model.

Codes are ISO 639-1, or 639-3 where there is none.
"""

from __future__ import annotations

from collections import Counter

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
#: Meanings that name things (places, ranks) are borrowed between languages; phrases are not.
_BORROWED = {"police", "unit", "rank", "street", "building", "po_box", "link"}


def rank_languages(view: View, vocabulary: Vocabulary) -> list[tuple[int, str]]:
    """(votes, code) of the languages that the words of a mail speak for, most first."""
    votes: Counter[str] = Counter()
    for passage in view.evidence:
        first = passage.lines[0].first if passage.lines else 0
        last = passage.lines[-1].last if passage.lines else 0
        weight = _WEIGHTS.get(passage.origin, 1)
        for hit in passage.words.hits:
            if not first <= hit.first < last:
                continue
            languages = hit.term.languages
            length = min(hit.end - hit.start, 12)
            strength = weight * length * (1 if hit.term.meanings <= _BORROWED else 3)
            for language in languages:
                votes[language] += 12 * strength // (len(languages) * len(languages)) + 1
    order = {language.code: number for number, language in enumerate(vocabulary.languages)}
    ranked = sorted(votes, key=lambda code: (-votes[code], order.get(code, 999)))
    return [(votes[code], code) for code in ranked]


def likely_languages(ranked: list[tuple[int, str]]) -> frozenset[str]:
    """The languages to read a mail in: the first, those near it, and English, which everybody mixes in."""
    near = {code for votes, code in ranked[:4] if votes * 3 >= ranked[0][0]}
    return frozenset(near | {"en", ""})

"""What terms may mean, and a term: apart from the vocabulary, as every word of a mail asks for them."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import lru_cache

#: What a label may head, and so the names under ``[labels]``.
LABELS = (
    "handle",
    "name",
    "person",
    "rank",
    "address",
    "street",
    "postal",
    "postcode",
    "city",
    "region",
    "country",
    "contact",
    "email",
    "phone",
    "participant",
    "ignore",
)
#: What words may mean, and so the names under ``[words]``.
MEANINGS = (
    "police",
    "unit",
    "rank",
    "job",
    "given_name",
    "mine",
    "ours",
    "greeting",
    "closing",
    "register",
    "update",
    "withdraw",
    "absence",
    "refusal",
    "regret",
    "question",
    "press",
    "press_office",
    "event",
    "thanks",
    "bounce",
    "later",
    "undecided",
    "sent_before",
    "no_account",
    "former",
    "negation",
    "only",
    "nothing",
    "others",
    "outsider",
    "same",
    "all_accounts",
    "located",
    "street",
    "building",
    "po_box",
    "link",
    "common",
    "remains",
    "and",
    "two",
    "three",
    "four",
    "five",
)
#: Meanings that name things and are the same in any text.
NAMING = frozenset(
    {"police", "rank", "street", "building", "po_box", "unit", "press_office", "event"}
    | {f"label.{label}" for label in LABELS}
)
#: Meanings that languages borrow from each other (places, ranks); phrases are not borrowed.
BORROWED = frozenset(
    {"police", "unit", "rank", "street", "building", "po_box", "link", "press_office", "event", "given_name"}
)
#: Meanings that tell nothing of a text's language: an Ana writes in Lisbon, Zagreb and Manila.  Given names,
#: that is (and common family names in Latin letters where these come first); they are meant only where a
#: word is not in small letters: Croatian "ali" is "but", Ali is a name.
ANYWHERE = frozenset({"given_name"})
#: The language of such terms, and of the organiser's own words.
NO_LANGUAGE = ""
#: No meaning, or no language.
NONE: frozenset[str] = frozenset()
_MOST_JOINED = 50_000
_JOINED: dict[tuple[frozenset[str], frozenset[str]], frozenset[str]] = {}


def join(some: frozenset[str], others: frozenset[str]) -> frozenset[str]:
    """All of two sets; the same set for the same two, as words' meanings are asked for all the time."""
    if not some or not others:
        return some or others
    found = _JOINED.get((some, others))
    if found is None:
        if len(_JOINED) >= _MOST_JOINED:
            _JOINED.clear()
        found = _JOINED[some, others] = some | others
    return found


@dataclass(slots=True)
class Term:
    """All that one folded term may stand for: meanings ("police", "label.handle") and languages.

    ``naming`` and ``borrowed`` say what kind of meanings they are (:data:`NAMING`, :data:`BORROWED`); of no
    one language are those of :data:`NO_LANGUAGE`.  ``small`` is what it means in small letters.
    """

    meanings: frozenset[str] = NONE
    small: frozenset[str] = NONE
    languages: frozenset[str] = NONE
    naming: bool = False
    borrowed: bool = True
    told: tuple[tuple[str, str], ...] = ()  # (language, meaning), in the order they were added
    _within: dict[frozenset[str], Term | None] | None = field(default=None, repr=False)

    def add(self, meaning: str, language: str) -> None:
        """Let the term stand for something more."""
        if meaning not in self.meanings:
            self.meanings = join(self.meanings, _only(meaning))
            self.small = self.small if meaning in ANYWHERE else join(self.small, _only(meaning))
        if language not in self.languages:
            self.languages = join(self.languages, _only(language))
        self.naming = self.naming or meaning in NAMING
        self.borrowed = self.borrowed and meaning in BORROWED
        self.told += ((language, meaning),)

    def within(self, languages: frozenset[str]) -> Term | None:
        """The term in a text of these languages: "pa" says no in Haiti, "på" does not in Denmark.

        What names things is kept whatever the language; None where nothing is left.
        """
        own = languages & self.languages
        if own == self.languages:
            return self
        if self._within is None:
            self._within = {}
        if own not in self._within:
            narrow = Term()
            for language, meaning in self.told:
                if language in own or meaning in NAMING:
                    narrow.add(meaning, language)
            self._within[own] = narrow if narrow.meanings else None
        return self._within[own]


@lru_cache(maxsize=1_000)
def _only(value: str) -> frozenset[str]:
    """A set of one, the same for the many terms of one meaning in one language."""
    return frozenset((value,))


@dataclass(slots=True)
class Branch:
    """A node of the tree of phrases: the words that may follow, and the term that ends here."""

    branches: dict[str, Branch] = field(default_factory=dict)
    term: Term | None = None

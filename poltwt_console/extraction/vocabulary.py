"""The vocabularies: what labels, organisation words, ranks and phrases are called in each language.

A language is one file, ``resources/vocabulary/<code>.toml``: ``[labels]`` says how each field of a
registration is headed, ``[forms]`` how forms ask for it in words that say nothing of it in a sentence
("first name", "floor"), ``[words]`` lists words and phrases by what they mean, ``[spelling]`` what is
sought by its letters instead (:mod:`spelling`).  A term is a phrase in any case, with or without
accents; ``polic*`` stands for all words that begin so, ``*strasse`` for all that end so, ``*polizei*``
for all that hold it.  All languages are matched at once: a mail's language is found, not asked.

The organiser's own patterns are literal terms of the same kind (:class:`OwnPattern`).
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

from poltwt_console import paths
from poltwt_console.collecting import seldom_collected
from poltwt_console.extraction.spelling import SPELLINGS, Spelling
from poltwt_console.extraction.terms import ANYWHERE, LABELS, MEANINGS, NO_LANGUAGE, Branch, Term
from poltwt_console.extraction.text import UNSPACED, fold, words


@dataclass(frozen=True, slots=True)
class OwnPattern:
    """A label or ignore word that the organiser added: literal text, never a pattern to be run.

    ``meaning`` is a field of LABELS (the text heads that field) or "ignore" (what follows is nothing).
    """

    text: str
    meaning: str
    language: str = ""


@dataclass(frozen=True, slots=True)
class Language:
    """One file: code (ISO 639-1 where there is one), English name, script, terms by label and by meaning."""

    code: str
    name: str
    script: str
    labels: Mapping[str, tuple[str, ...]]
    forms: Mapping[str, tuple[str, ...]]
    words: Mapping[str, tuple[str, ...]]
    spelling: Mapping[str, tuple[str, ...]]


@dataclass
class Vocabulary:
    """All languages, indexed for matching (see :mod:`lexicon`); once built only ``known`` and ``meant`` grow.

    ``phrases`` is a tree of words; ``stems``, ``endings`` and ``insides`` hold the starred terms;
    ``unspaced`` the terms of scripts without spaces by their first character, longest first;
    ``labels`` whole folded labels.
    """

    languages: tuple[Language, ...] = field(repr=False)
    own: tuple[OwnPattern, ...] = ()
    phrases: Branch = field(default_factory=Branch, repr=False)
    stems: dict[str, Term] = field(default_factory=dict, repr=False)
    endings: dict[str, Term] = field(default_factory=dict, repr=False)
    insides: dict[str, Term] = field(default_factory=dict, repr=False)
    unspaced: dict[str, list[tuple[str, Term]]] = field(default_factory=dict, repr=False)
    labels: dict[tuple[str, ...], Term] = field(default_factory=dict, repr=False)
    order: dict[str, int] = field(default_factory=dict, repr=False)  # of the languages, by code
    known: dict[str, tuple[tuple[Term, ...], Branch | None]] = field(
        default_factory=dict, repr=False
    )  # of words met so far: their starred terms, and the phrases that begin with them
    meant: dict[str, frozenset[str]] = field(default_factory=dict, repr=False)  # by single words met so far
    spelling: Spelling = field(init=False, repr=False)

    def __post_init__(self) -> None:
        joining = (word for language in self.languages for word in language.words.get("and", ()))
        self.spelling = Spelling((language.spelling for language in self.languages), joining)
        self.order = {language.code: number for number, language in enumerate(self.languages)}
        unspaced: dict[str, Term] = {}
        for term, meaning, language in self._terms():
            for known in self._places(fold(term), meaning, unspaced):
                known.add(meaning, language)
        for language, name, term in self._asked():
            if parts := tuple(words(fold(term))):
                self.labels.setdefault(parts, Term()).add(f"label.{name}", language)
        for folded, known in sorted(unspaced.items(), key=lambda item: -len(item[0])):
            self.unspaced.setdefault(folded[0], []).append((folded, known))

    def ignores(self, label: str) -> bool:
        """Whether the organiser said that what such a label heads is nothing."""
        said = f" {' '.join(words(fold(label)))} "
        return any(
            pattern.meaning == "ignore" and f" {' '.join(words(fold(pattern.text)))} " in said
            for pattern in self.own
        )

    def _terms(self) -> Iterator[tuple[str, str, str]]:
        for language in self.languages:
            for name, terms in language.labels.items():
                for term in terms:
                    yield term, f"label.{name}", language.code
            for name, terms in language.words.items():
                code = NO_LANGUAGE if name in ANYWHERE else language.code
                for term in terms:
                    yield term, name, code
        for pattern in self.own:
            yield pattern.text.replace("*", " "), f"label.{pattern.meaning}", pattern.language

    def _asked(self) -> Iterator[tuple[str, str, str]]:
        """(language, field, term) of what only forms ask in."""
        for language in self.languages:
            for name, terms in language.forms.items():
                yield from ((language.code, name, term) for term in terms)

    def _places(self, folded: str, meaning: str, unspaced: dict[str, Term]) -> Iterator[Term]:
        """The terms of the indexes that a folded text belongs to."""
        parts = tuple(words(folded))
        if not parts:
            return
        if meaning.startswith("label."):
            yield self.labels.setdefault(parts, Term())
        if UNSPACED.search(folded):
            yield unspaced.setdefault(folded.replace("*", ""), Term())
        elif len(parts) == 1 and "*" in folded:
            starred = {(False, True): self.stems, (True, False): self.endings, (True, True): self.insides}
            yield starred[folded.startswith("*"), folded.endswith("*")].setdefault(parts[0], Term())
        else:
            node = self.phrases
            for word in parts:
                node = node.branches.setdefault(word, Branch())
            if node.term is None:
                node.term = Term()
            yield node.term


def read_language(path: Path) -> Language:
    """One vocabulary file; ValueError names a key that is not known."""
    with path.open("rb") as file:
        data = tomllib.load(file)
    labels, forms, meanings, spelling = (
        data.get(table, {}) for table in ("labels", "forms", "words", "spelling")
    )
    unknown = sorted(
        (set(labels) | set(forms)) - set(LABELS)
        | (set(meanings) - set(MEANINGS))
        | (set(spelling) - set(SPELLINGS))
    )
    if unknown:
        raise ValueError(f"{path.name}: unknown keys {', '.join(unknown)}")
    return Language(
        code=data["language"],
        name=data["name"],
        script=data.get("script", ""),
        labels={key: tuple(terms) for key, terms in labels.items()},
        forms={key: tuple(terms) for key, terms in forms.items()},
        words={key: tuple(terms) for key, terms in meanings.items()},
        spelling={key: tuple(terms) for key, terms in spelling.items()},
    )


@lru_cache(maxsize=4)
def _read_folder(folder: Path) -> tuple[Language, ...]:
    return tuple(read_language(path) for path in sorted(folder.glob("*.toml")))


def load_vocabulary(folder: Path | None = None, own: Iterable[OwnPattern] = ()) -> Vocabulary:
    """All languages of a folder (the shipped one unless given) with the organiser's own patterns."""
    with seldom_collected():
        return Vocabulary(_read_folder(folder or paths.resources() / "vocabulary"), tuple(own))

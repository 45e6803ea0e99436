"""What each language spells out: sought by its letters, wherever they stand, not word by word.

The words of a language are matched one by one (:mod:`lexicon`).  That finds neither what stands within a
word ("mail" in "epostadress" or "почтовый"), nor what is written onto one (Korean "에서", Hebrew "ב"), nor
an abbreviation of single letters right before a Twitter name ("z. B. @name").  Those stand in the table
``[spelling]`` of each vocabulary; all languages together are a :class:`Spelling`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence

from poltwt_console.extraction.text import IDEOGRAPH, UNSPACED, fold, words

#: The names under ``[spelling]``.
SPELLINGS = (
    "twitter",  # what Twitter is called
    "tweet",  # letters that words on Twitter hold: "twit", "ツイ"
    "networks",  # what other networks are called; "kakao*" stands for all names that begin so
    "on",  # what stands between an account and the network that it is on: "@name on Facebook"
    "at_sign",  # what the sign @ is called where it is written out
    "dot",  # and the stop of an address: "twitter dot com slash name"
    "slash",  # and the line behind it
    "mail",  # letters that words for mail and mail addresses hold
    "example",  # what stands right before an example; a space may be left out
    "no_handle",  # what is told where a Twitter name is asked for, and is none
    "ditto",  # what alone repeats what stands above
    "individual",  # what a person is called where a form asks who takes part; with ``*``, too
    "home",  # what is said of where somebody lives: "my home is at"; with ``*``, too
    "prefixes",  # letters that are written together with the next word
    "prefixes_where",  # of these, what says where: no part of the street or station behind it
    "particles",  # what is written onto the last word of a name: "at", "of", "is"
    "particles_or_ends",  # and what may be the end of that word as well
)


class Spelling:
    """What all languages of a vocabulary spell out.

    Patterns are sought in a text as it is written, those of ``individual`` and ``home`` in a folded one;
    ``ditto`` and the particles are folded, too.
    """

    def __init__(self, lists: Iterable[Mapping[str, Sequence[str]]], joining: Iterable[str] = ()) -> None:
        """``lists``: the table of each language; ``joining``: their words for "and"."""
        told: dict[str, list[str]] = {name: [] for name in SPELLINGS}
        for table in lists:
            for name, terms in table.items():
                told[name] += terms
        link = rf"\s(?:{_any(word for word in joining if UNSPACED.search(word) is None)})\s"
        self.twitter_name: str = _any(told["twitter"])
        self.twitter: re.Pattern[str] = re.compile(rf"(?<!\w)tw(?=:)|{_any(told['tweet'])}", re.IGNORECASE)
        apart, joined = _apart(told["networks"]), _joined(told["networks"])
        self.networks: re.Pattern[str] = _of_words(told["networks"])
        #: "@name on Facebook", "@name (Instagram)", "@name（微博）", but not "@name on Facebook and Twitter".
        self.on_network: re.Pattern[str] = re.compile(
            rf"(?:\s?[(（]\s?|\s(?:{_any(told['on'])})\s){apart}(?!\s?[:：/&+]|\.\w|{link}(?![@＠]))"
            rf"|\s?[(（]\s?(?:{joined})\s?[)）]",
            re.IGNORECASE,
        )
        #: What parts networks that share a colon.
        self.shared: re.Pattern[str] = re.compile(rf"\s?[/&+,]\s?|{link}", re.IGNORECASE)
        #: "Twitter / Facebook: @name": the first of two that share one.
        self.twitter_and: re.Pattern[str] = re.compile(
            rf"(?:{self.twitter.pattern})[^\W\d_]{{0,6}}(?:\s?[/&+]\s?|{link})$", re.IGNORECASE
        )
        self.at_sign: str = _any(told["at_sign"])
        self.at_sign_seen: re.Pattern[str] = re.compile(_any(map(fold, told["at_sign"])))
        #: A word of each name of the sign; of Japanese ones, whose characters are words, the first.
        self.at_sign_words: frozenset[str] = frozenset(map(_longest_word, told["at_sign"]))
        self.dot: str = _any(told["dot"])
        self.slash: str = _any(told["slash"])
        self.slash_seen: re.Pattern[str] = re.compile(_any(map(fold, told["slash"])))
        self.mail: re.Pattern[str] = re.compile(_any(told["mail"]), re.IGNORECASE)
        example = _any(told["example"]).replace(r"\ ", r"\s?")
        self.example: re.Pattern[str] = re.compile(rf"(?<!\w)(?:{example})[:：]?\s{{0,3}}$", re.IGNORECASE)
        self.no_handle: frozenset[str] = frozenset(term.casefold() for term in told["no_handle"])
        self.ditto: frozenset[str] = frozenset(" ".join(words(fold(term))) for term in told["ditto"])
        self.individual: re.Pattern[str] = _of_words(map(fold, told["individual"]))
        self.home: re.Pattern[str] = _of_words(map(fold, told["home"]))
        self.where: frozenset[str] = frozenset(told["prefixes_where"])
        self.prefixes: frozenset[str] = self.where | frozenset(told["prefixes"])
        self.only_particles: frozenset[str] = frozenset(told["particles"])
        self.particles: frozenset[str] = self.only_particles | frozenset(told["particles_or_ends"])


#: What may follow, by its first letter; ``_END`` where a term may end.
_Tree = dict[str, "_Tree"]
_END = ""


def _any(terms: Iterable[str]) -> str:
    """A pattern of any of some terms, the longest first; of none it is one that nothing fits.

    What terms begin with alike is written once: at most places of a text one look tells that none begins.
    """
    tree: _Tree = {}
    for term in set(terms):
        node = tree
        for char in term:
            node = node.setdefault(char, {})
        node[_END] = {}
    return _write(tree) if tree else "(?!)"


def _write(node: _Tree) -> str:
    ways = [re.escape(char) + _write(rest) for char, rest in sorted(node.items()) if char != _END]
    if not ways:
        return ""
    said = ways[0] if len(ways) == 1 else f"(?:{'|'.join(ways)})"
    return f"(?:{said})?" if _END in node else said


def _of_words(terms: Iterable[str]) -> re.Pattern[str]:
    """A pattern of some words, of which ``*`` stands for the rest: whole ones where words stand apart."""
    found = list(terms)
    return re.compile(f"{_apart(found)}|{_joined(found)}", re.IGNORECASE)


def _apart(terms: Iterable[str]) -> str:
    spaced = _any(term for term in terms if UNSPACED.search(term) is None)
    return rf"(?<!\w)(?:{spaced})(?!\w)".replace(r"\*", r"\w*")


def _joined(terms: Iterable[str]) -> str:
    return _any(term for term in terms if UNSPACED.search(term) is not None).replace(r"\*", r"\w*")


def _longest_word(name: str) -> str:
    word = max(words(fold(name)), key=len)
    return word[:1] if IDEOGRAPH.match(word) else word

"""A Twitter handle as a mail has it, and what makes a word one.

A handle is 1 to 15 of ``[A-Za-z0-9_]`` (twitter-text, src/regexp; the limit of 15 is Twitter's).
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from poltwt_console.extraction.view import Origin, Passage

#: twitter.com/<path> that is no profile (Twitter's non_username_paths, gist.github.com/episod/1184914).
RESERVED = frozenset(
    [
        "home",
        "i",
        "search",
        "hashtag",
        "intent",
        "share",
        "settings",
        "explore",
        "compose",
        "messages",
        "notifications",
        "login",
        "about",
        "tos",
        "privacy",
        "signup",
        "download",
        "jobs",
        "help",
        "logout",
        "account",
        "accounts",
        "who_to_follow",
        "statuses",
        "status",
        "oauth",
        "widgets",
        "en",
    ]
)
#: The event's own accounts: they stand in every call and answer.
OWN_HANDLES = frozenset({"poltwt", "lawscomm"})

#: Where people write what they mean, as against signatures and headers.
WRITTEN = frozenset({Origin.BODY, Origin.FORWARDED, Origin.ATTACHMENT})

#: The hint of a handle that is not written in plain Latin letters: one that looks alike is another account.
RESPELLED = "respelled"
#: And of one behind which a word for police stands that may belong to it.
SPACED = "spaced"
#: And of one in an attached list whose name says that it is an earlier one.
EARLIER = "earlier list"
#: The hint of a handle that only its shape tells.
BY_SHAPE = "by shape"
#: And of one that looks like any word, and counts only if its letters are those of the agency or a person.
BY_LETTERS = "by letters"
#: And of one beside signed ones, who may well be all that are meant.
BESIDE_SIGNED = "beside signed"
#: The hint of a handle right behind "not" or "formerly": it is not meant, unless the mail takes it off.
SAID_NOT = "said not"
#: Hints that speak against a handle.
DOUBTS = frozenset(
    f"{meaning} {side}" for meaning in ("former", "negation", "others") for side in ("before", "after")
)


#: What a word of a handle may mean, and be no word of a sentence.
ALSO_IN_HANDLES = frozenset({"police", "given_name"})


@dataclass(slots=True, eq=False)
class Mention:
    """A handle as written, ``passage.text[start:end]``; ``excluded`` says why it is certainly not meant."""

    handle: str
    passage: Passage
    start: int
    end: int
    rule: str
    origin: Origin
    score: int
    excluded: str = ""
    hints: set[str] = field(default_factory=set)
    key: str = field(init=False)  # equal for all spellings of one handle

    def __post_init__(self) -> None:
        self.key = self.handle.casefold()


BASE_SCORE = {
    "table": 100,
    "label": 95,
    "@": 80,
    "address": 80,
    "link": 60,
    "@ behind": 75,
    "sign said": 75,
    "bare word": 50,
    "mail address": 50,
}
RANK = {
    Origin.BODY: 0,
    Origin.ATTACHMENT: 0,
    Origin.FORWARDED: 0,
    Origin.SIGNATURE: -20,
    Origin.SUBJECT: -25,
    Origin.SENDER: -40,
    Origin.QUOTED: -60,
}


#: Nothing but lines is a blank to be filled in: "Twitter: @______".
_WHOLE = re.compile(r"(?=_{0,14}[A-Za-z0-9])[A-Za-z0-9_]{1,15}")


def is_handle(text: str) -> bool:
    """Whether a text has the shape of a handle and is no reserved word."""
    return _WHOLE.fullmatch(text) is not None and text.lower() not in RESERVED


#: An inner capital: "RivertonPD".
CAMEL = re.compile(r"[a-z][A-Z]|[A-Z]{2}[a-z]{2}")
_MIXED = re.compile(r"[A-Za-z]\d|\d[A-Za-z]")


def looks_like_handle(word: str, least: int = 2) -> bool:
    """Whether a word stands out from prose: underscore, inner capital, letters with digits."""
    points = 3 * ("_" in word.strip("_")) + 2 * bool(CAMEL.search(word))
    points += 2 * bool(_MIXED.search(word)) + (len(word) > 4 and word.isupper())
    return points >= least

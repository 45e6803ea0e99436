"""How a value was found, in the organiser's words instead of the names that extraction gives its rules."""

from __future__ import annotations

from poltwt_console.domain.registration import MAPPED_RULE, PLACE_RULE

_WORDS = {
    "": "",
    "@": "written with @",
    "@ behind": "with the @ behind it",
    "after cue": "behind a word for where",
    "address": "from the address",
    "attachment": "in an attachment",
    "bare word": "by its look or the words beside it",
    "block": "lines of an address",
    "block below": "lines of an address",
    "default": "by default",
    "forwarded": "in the forwarded mail",
    "guess": "guessed",
    "joined": "put together from its parts",
    "label": "after its label",
    "link": "from a link",
    "mail address": "from a mail address",
    "phrase": "as the mail introduces it",
    "quoted": "in quoted text",
    "rank": "beside a rank",
    "read": "read in the mail",
    "sender": "from the sender",
    "sign said": "with its @ in words",
    "signature": "in the signature",
    "subject": "in the subject",
    "table": "in a table",
    "words": "by the words beside it",
    MAPPED_RULE: "in a column that you named",
    PLACE_RULE: "where the address lies",
}
#: The other rules cut a line at its signs and words in one way or another ("to comma", "two pieces" ...).
_CUT = "part of a line"


def rule_words(field: str, rule: str) -> str:
    """How the value of a field was found, in words; "" where nothing found it."""
    if field == "handle" and rule == "address":
        return "written as a web address"
    return _WORDS.get(rule, _CUT)

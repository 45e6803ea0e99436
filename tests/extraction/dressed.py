"""Training mails in other clothes: replies above the organiser's call, forwards, small letters ...

Authors write neat mails; people and their programs do not send them so.  A share of the written mails
is dressed, always the same ones in the same way.  The answer stays the answer, in the letters of the mail.
"""

from __future__ import annotations

import re
import textwrap
import unicodedata
import zlib
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

_CALLS = (
    """Dear colleagues,

The next Global Police Tweet-a-thon takes place on Friday, November 1, 2013. For 24 hours,
from 8 a.m. in your own time zone, police all over the world will tweet about their work
under one hashtag, #poltwt. Agencies and individual officers are both welcome.

To take part, simply answer this mail with
  * your Twitter name
  * the name of your agency
  * the physical address of your agency
so that we can put you on the map.

Lauri Stevens
LAwS Communications
@lawscomm | @poltwt""",
    """Hello everyone,

we are putting together the list for the #poltwt tweet-a-thon. Please send me your Twitter name
(e.g. @YourAgency), the agency's name and its street address for the map. Officers are welcome too.

Lauri""",
    "Will you be with us on November 1? "
    "All I need is your Twitter name, your agency and where you are. - Lauri",
)
_COLLEAGUES = (
    "Lauri Stevens <lauri.private@poltwt.example>",
    "Pat Quinn <pquinn@clerk.example>",
    "Front Office <office@townhall.example>",
)
_HANDLE = re.compile(r"(?<![\w.@/])@(\w{2,15})(?![\w@]|\.\w)", re.ASCII)
#: A word that is no part of a handle, a link or a mail address.
_WORD = re.compile(r"(?<![\w@/.])[^\W\d_]+(?:['’][^\W\d_]+)*(?![\w@/]|\.\w)")


@dataclass(frozen=True, slots=True)
class Worn:
    """A mail's sender (``Name <address>``), subject and body, and a number of its own to choose by."""

    sender: str
    subject: str
    body: str
    gold: dict[str, Any]
    number: int = 0

    def choose(self, options: tuple[str, ...]) -> str:
        return options[self.number % len(options)]


def dress(name: str, worn: Worn) -> Worn:
    """The mail as it is, or in the clothes that its name gives it."""
    at = zlib.crc32(name.encode()) % 1000
    worn = replace(worn, number=zlib.crc32(name[::-1].encode()))
    for share, clothe in _CLOTHES:
        if at < share:
            return clothe(worn)
        at -= share
    return worn


def _answer(worn: Worn) -> Worn:
    """The organiser's call below it, as a program quotes it."""
    if re.search(r"(?m)^\s*>|wrote:|^-{3,}", worn.body):
        return worn
    call = worn.choose(_CALLS)
    quoted = "\n".join(f"> {line}".rstrip() for line in call.split("\n"))
    openers = (
        f"On Wed, Sep 4, 2013 at 8:02 AM, Lauri Stevens <lauri@poltwt.example> wrote:\n\n{quoted}",
        f"On Sep 4, 2013, at 9:02 AM, Lauri Stevens wrote:\n\n{quoted}",
        "-----Original Message-----\nFrom: Lauri Stevens [mailto:lauri@poltwt.example]\n"
        f"Sent: Wednesday, September 04, 2013 8:02 AM\nSubject: Global Police Tweet-a-thon\n\n{call}",
        "From: Lauri Stevens <lauri@poltwt.example>\nSent: 4 September 2013 08:02\nTo: undisclosed\n"
        f"Subject: Tweet-a-thon\n\n{call}",
    )
    opener = openers[worn.number // 7 % len(openers)]
    subject = worn.subject if worn.number % 5 == 0 else f"Re: {worn.subject}"
    return replace(worn, subject=subject, body=f"{worn.body.rstrip()}\n\n{opener}")


def _forward(worn: Worn) -> Worn:
    """Sent on by somebody else."""
    if re.search(r"(?m)^\s*>|^-{3,}|^From:", worn.body):
        return worn
    name, _, email = worn.sender.rstrip(" >").rpartition("<")
    name = name.strip()
    date, to = "Mon, Oct 14, 2013 at 9:00 AM", worn.choose(_COLLEAGUES)
    heads = (
        f"---------- Forwarded message ----------\nFrom: {name} <{email}>\nDate: {date}\n"
        f"Subject: {worn.subject}\nTo: {to}\n\n\n",
        f"From: {name} [mailto:{email}]\nSent: Monday, October 14, 2013 9:00 AM\nTo: {to}\n"
        f"Subject: {worn.subject}\n\n",
        f"Begin forwarded message:\n\nFrom: {name} <{email}>\nSubject: {worn.subject}\n"
        f"Date: {date}\nTo: {to}\n\n",
    )
    notes = ("", "", "FYI\n\n", "See below.\n\n")
    body = notes[worn.number // 3 % len(notes)] + heads[worn.number // 13 % len(heads)] + worn.body
    return replace(worn, sender=to, subject=f"Fwd: {worn.subject}", body=body)


def _spell(worn: Worn, change: Callable[[str], str]) -> Worn:
    """All words changed, the answer's too; but no handle that stands without its sign."""
    handles = {account["handle"] for account in worn.gold["registrations"]}

    def whole(text: str) -> str:
        return _WORD.sub(
            lambda match: match.group() if match.group() in handles else change(match.group()), text
        )

    def answer(account: dict[str, Any]) -> dict[str, Any]:
        return {**account, **{k: whole(account[k]) for k in ("name", "address") if account[k]}}

    gold = {**worn.gold, "registrations": [answer(account) for account in worn.gold["registrations"]]}
    return replace(
        worn, sender=whole(worn.sender), subject=whole(worn.subject), body=whole(worn.body), gold=gold
    )


def _small(worn: Worn) -> Worn:
    return _spell(worn, str.lower)


def _capital(worn: Worn) -> Worn:
    return _spell(worn, str.upper)


def _plain(worn: Worn) -> Worn:
    """Without accents, as people write who lack the keys."""

    def strip(word: str) -> str:
        if not any(char < "\u0250" for char in word):
            return word
        word = word.translate(str.maketrans("ıłŁøØđĐ", "ilLoOdD"))
        pieces = unicodedata.normalize("NFD", word)
        return unicodedata.normalize("NFC", "".join(c for c in pieces if not "\u0300" <= c < "\u0370"))

    return _spell(worn, strip)


def _link(worn: Worn) -> Worn:
    """Handles as links, or with a link behind them as programs write them out."""
    forms = (
        r"https://twitter.com/\1",
        r"www.twitter.com/\1",
        r"@\1 (https://twitter.com/\1)",
        r"@\1<https://twitter.com/\1>",
        r"@\1 <http://www.twitter.com/\1>",
        r"http://twitter.com/#!/\1",
    )
    return replace(worn, body=_HANDLE.sub(worn.choose(forms), worn.body))


def _bare(worn: Worn) -> Worn:
    """Handles without their sign."""
    return replace(worn, body=_HANDLE.sub(worn.choose((r"\1", r"\1", r'"\1"', r"Twitter: \1")), worn.body))


def _own_bare(worn: Worn) -> Worn:
    """Only the handles that are meant without their sign, beside others with it."""
    return _strip_signs(worn, own=True)


def _others_bare(worn: Worn) -> Worn:
    """And the other way round."""
    return _strip_signs(worn, own=False)


def _strip_signs(worn: Worn, own: bool) -> Worn:
    handles = {account["handle"] for account in worn.gold["registrations"]}
    found = set(_HANDLE.findall(worn.body))
    if not found - handles or not found & handles:
        return worn

    def bare(match: re.Match[str]) -> str:
        return match.group(1) if (match.group(1) in handles) == own else match.group()

    return replace(worn, body=_HANDLE.sub(bare, worn.body))


def _wrapped(worn: Worn) -> Worn:
    """Long lines broken by the program."""
    lines = (textwrap.wrap(line, 62, break_long_words=False) or [""] for line in worn.body.split("\n"))
    return replace(worn, body="\n".join(line for wrapped in lines for line in wrapped))


def _dense(worn: Worn) -> Worn:
    """Without empty lines."""
    return replace(worn, body=re.sub(r"\n\s*\n", "\n", worn.body))


def _flat(worn: Worn) -> Worn:
    """All on one line."""
    return replace(worn, body=" ".join(worn.body.split()))


def _nameless(worn: Worn) -> Worn:
    """From a bare mail address, unless the name alone says something."""
    for account in worn.gold["registrations"]:
        if any(account[k] and account[k] not in worn.body for k in ("handle", "name")):
            return worn
    return replace(worn, sender=worn.sender[worn.sender.rfind("<") :])


#: Of a thousand mails, how many wear what.
_CLOTHES: tuple[tuple[int, Callable[[Worn], Worn]], ...] = (
    (60, _answer),
    (40, _forward),
    (30, _small),
    (20, _capital),
    (20, _plain),
    (40, _link),
    (35, _bare),
    (150, _own_bare),
    (15, _others_bare),
    (25, _wrapped),
    (20, _dense),
    (10, _flat),
    (15, _nameless),
)

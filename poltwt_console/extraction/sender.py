"""Does the sender's mail address fit the agency?  The event asks for the government or police address.

A mail's sender can be forged, so the best answer is "the domain fits", never "verified".  Official
endings and free-mail hosts are data (``resources/country/mail.toml``); look-alikes are domains that
become an official one when digits and letters of one shape are exchanged.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import StrEnum
from functools import lru_cache

from poltwt_console import paths
from poltwt_console.domain.message import Message
from poltwt_console.extraction.clues import latin_words


class Light(StrEnum):
    """GREEN: the domain fits; AMBER: it says nothing; RED: it looks like an official one and is none."""

    GREEN = "green"
    AMBER = "amber"
    RED = "red"


@dataclass(frozen=True, slots=True)
class SenderCheck:
    """The light and the reason in words, with what else the organiser should see."""

    light: Light
    reason: str
    domain: str
    authentication: str = ""  # the mail's Authentication-Results as they came
    reply_to: str = ""  # where answers go, if that is another domain


@dataclass(frozen=True, slots=True)
class MailDomains:
    """What is known of mail domains."""

    official: dict[str, tuple[str, ...]]  # endings by country
    labels: frozenset[str]
    free: frozenset[str]
    endings: frozenset[str] = field(init=False)  # all official ones
    twins: dict[str, list[str]] = field(init=False)  # official endings by what passes for them
    glued: dict[str, str] = field(init=False)  # official endings by themselves without their dots

    def __post_init__(self) -> None:
        official = list(dict.fromkeys(ending for endings in self.official.values() for ending in endings))
        twins: dict[str, list[str]] = {}
        glued: dict[str, str] = {}
        for ending in official:
            if "." in ending:
                twins.setdefault(_plain(ending), []).append(ending)
                if len(ending) > 8:
                    for sign in ("-", ""):
                        glued.setdefault(ending.replace(".", sign), ending)
        object.__setattr__(self, "endings", frozenset(official))
        object.__setattr__(self, "twins", twins)
        object.__setattr__(self, "glued", glued)


@lru_cache(maxsize=1)
def load_domains() -> MailDomains:
    """Read ``resources/country/mail.toml`` once."""
    with (paths.resources() / "country" / "mail.toml").open("rb") as file:
        data = tomllib.load(file)
    official = {code: tuple(endings) for code, endings in data["official"].items()}
    return MailDomains(official, frozenset(data["general"]["labels"]), frozenset(data["general"]["free"]))


def check_sender(
    message: Message, agency: str = "", site: str = "", domains: MailDomains | None = None
) -> SenderCheck:
    """How far the sender's address fits an agency (its name, and its web site if the mail gives one)."""
    known = domains or load_domains()
    domain = message.sender.email.rsplit("@", 1)[-1].strip(" .>").lower()
    light, reason = _judge(domain, agency, site, known)
    reply_to = message.reply_to.email if message.reply_to is not None else ""
    other = reply_to.rsplit("@", 1)[-1].lower()
    return SenderCheck(
        light=light,
        reason=reason,
        domain=domain,
        authentication=message.header("Authentication-Results"),
        reply_to=reply_to if reply_to and other != domain else "",
    )


def _judge(domain: str, agency: str, site: str, known: MailDomains) -> tuple[Light, str]:
    if "." not in domain:
        return Light.AMBER, "the mail has no sender's address"
    if not domain.isascii() or "xn--" in domain:
        return Light.RED, f"{domain} has letters that may pass for others"
    imitated = _imitates(domain, known)
    if imitated:
        return Light.RED, f"{domain} looks like {imitated} but is not"
    if domain in known.free:
        return Light.AMBER, f"{domain} is free mail: anybody can have it"
    ending = next((ending for ending in _endings(domain) if ending in known.endings), "")
    if ending:
        return Light.GREEN, f"the domain fits: {domain} is under {ending}, which authorities use"
    home = site.lower().removeprefix("https://").removeprefix("http://").removeprefix("www.").split("/")[0]
    if home and (_under(domain, home) or _under(home, domain)):
        return Light.GREEN, f"the domain fits the agency's own site {home}"
    labels = domain.split(".")[:-1]
    if agency and _spells(labels, agency):
        return Light.GREEN, f"the domain fits: {domain} has the agency's name"
    if any(label in known.labels for label in labels):
        return Light.AMBER, f"{domain} says police, but anybody could register it"
    return Light.AMBER, f"{domain} does not show that it is an authority's"


def _endings(domain: str) -> Iterator[str]:
    """A domain and all it is under: a.b.c, b.c, c."""
    labels = domain.split(".")
    for first in range(len(labels)):
        yield ".".join(labels[first:])


def _under(domain: str, ending: str) -> bool:
    return domain == ending or domain.endswith("." + ending)


_TWINS = str.maketrans({"0": "o", "1": "l", "3": "e", "5": "s", "7": "t", "i": "l", "-": None})


def _imitates(domain: str, known: MailDomains) -> str:
    """The official ending that a domain only looks like: ``p0lice.uk``, ``police-uk.com``."""
    looks = [ending for plain in _endings(_plain(domain)) for ending in known.twins.get(plain, ())]
    looks += [known.glued[label] for label in domain.split(".")[:-1] if label in known.glued]
    return next((ending for ending in looks if not _under(domain, ending)), "")


def _plain(domain: str) -> str:
    return domain.replace("rn", "m").replace("vv", "w").translate(_TWINS)


def _spells(labels: list[str], agency: str) -> bool:
    """Whether a domain's labels are made of the agency's words or of their initials."""
    parts = latin_words(agency)
    long = [part for part in parts if len(part) > 3]
    initials = "".join(part[0] for part in parts if part)
    for label in labels:
        plain = label.replace("-", "")
        if sum(part in plain for part in long) >= 2 or (len(initials) > 2 and plain == initials):
            return True
    return False

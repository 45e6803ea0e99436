"""An Edition: one tweet-a-thon with its hashtag, date and rules."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Edition:
    """One event; it starts at ``start_hour`` local time everywhere and lasts ``hours``."""

    id: str
    title: str
    hashtag: str
    day: date
    start_hour: int = 8
    hours: int = 24
    organiser_name: str = ""
    organiser_email: str = ""


#: The second Global Police Tweet-a-thon (connectedcops.net/tag/global-police-tweet-a-thon/).
NOVEMBER_2013 = Edition(
    id="2013-11",
    title="Global Police Tweet-a-thon, November 2013",
    hashtag="#poltwt",
    day=date(2013, 11, 1),
    organiser_email="lauri@poltwt.example",
)

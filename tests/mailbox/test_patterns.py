"""No pattern of the package takes more than its share of time on the worst text for it."""

from __future__ import annotations

import importlib
import pkgutil
import re
import time
from collections.abc import Iterator

import pytest

from poltwt_console import mailbox

SIZE = 200_000
SECONDS = 0.25  # on a slow machine; most take a millisecond

#: Texts that make unbounded or nested repetition slow: one character, near misses, alternations.
WORST = (
    "a", " ", "\n", "\t", ">", "> ", "-", "_", "=", "=?", "=?a?q?", "=?a?b?x", "@", "a@", "a@b.", "<", "<a",
    "<style>", "<a href=", "href=", "href='twitter.com/", "twitter.com/", "[mailto:", "mailto:", "(", ")",
    '"', "\\", "\\'", "\\a", "{", "{}", "1", "12", "1:", "12.3.", "2013年", ";", ";a=", ';a="', ";a*0*=",
    "From ", "\n\nFrom ", ">From ", "\n--", "--a ", ":", "a: ", "Re: ", "Re[1]: ", "a b: ", "On ",
    "On 1:00, ", "wrote:", "Ã", "Ã©", "â€™", "=41", "\r\n", "\r", "UID ", "RFC822.SIZE 1", "margin:",
    "display: ", "A1:", "A",
    "\x1b$B", "\u3000", "é", "display: none display:", "1 p", "1p. ", '<a "', "<a '", '<a "\'', '<b a="',
    "1 aug ", "aug 1, ", "1. de aug", "1 +1",
)  # fmt: skip


def _patterns() -> Iterator[tuple[str, re.Pattern[str] | re.Pattern[bytes]]]:
    for info in pkgutil.walk_packages(mailbox.__path__, f"{mailbox.__name__}."):
        module = importlib.import_module(info.name)
        for name, value in vars(module).items():
            if isinstance(value, re.Pattern):
                yield f"{info.name.rpartition('mailbox.')[2]}.{name}", value


PATTERNS = dict(_patterns())


def test_all_patterns_are_seen() -> None:
    assert len(PATTERNS) > 30


@pytest.mark.parametrize("name", PATTERNS)
def test_worst_case_takes_no_time(name: str) -> None:
    pattern = PATTERNS[name]
    for seed in WORST:
        text = (seed * (SIZE // len(seed) + 1))[:SIZE] + "!"
        subject = text.encode("utf-8") if isinstance(pattern.pattern, bytes) else text
        started = time.perf_counter()
        for _ in zip(pattern.finditer(subject), range(20_000), strict=False):  # type: ignore[arg-type]
            pass
        taken = time.perf_counter() - started
        assert taken < SECONDS, f"{name} takes {taken:.2f} s on {seed!r} repeated"

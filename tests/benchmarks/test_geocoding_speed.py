"""How fast addresses are placed, against named baselines in the same run; nothing is asserted of speed."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
import time
from pathlib import Path

from poltwt_console import paths
from poltwt_console.domain.place import Hints
from poltwt_console.geocoding import open_geocoder
from poltwt_console.geocoding.address import parse_address

#: Made up after the shapes of real ones; each is varied by its number, so that caches do not do all the work.
SHAPES = (
    "{n} Main Street, Springfield, IL 627{n:02d}, USA",
    "Police HQ, {n} High Street, Guildford GU{n} 3AA",
    "Rue de Paris {n}, 10{n:02d} Bruxelles, Belgique",
    "Calle de Alcalá {n}, 280{n:02d} Madrid, España",
    "Hauptstraße {n}, 101{n:02d} Berlin, Deutschland",
    "Jl. Sudirman No. {n}, Bandung, Jawa Barat",
    "ul. Krakowska {n}, 31-0{n:02d} Kraków",
    "東京都千代田区霞が関2-1-{n}",
    "Tverskaya {n}, Москва, Россия",
    "{n} Sukhumvit Rd, Klongtoey, Bangkok 10110",
)
ADDRESSES = [shape.format(n=n) for n in range(10, 90) for shape in SHAPES]


def _seconds(work: object) -> float:
    started = time.perf_counter()
    work()  # type: ignore[operator]
    return time.perf_counter() - started


def test_addresses_a_second_against_bare_probes() -> None:
    """Baseline: one SELECT for each word of each address in the same file, without any scoring."""
    geocoder = open_geocoder()
    db = sqlite3.connect(f"{paths.gazetteer_file().resolve().as_uri()}?immutable=1", uri=True)

    def probe() -> None:
        for address in ADDRESSES:
            for part in parse_address(address).parts:
                for word in part.words:
                    db.execute("SELECT entries FROM name WHERE folded = ?", (word,)).fetchone()

    def locate() -> None:
        for address in ADDRESSES:
            geocoder.locate(address)

    def locate_hinted() -> None:
        for address in ADDRESSES:
            geocoder.locate(address, Hints(country="GB"))

    baseline = min(_seconds(probe) for _ in range(3))
    for name, work in (("no hint", locate), ("wrong hint", locate_hinted)):
        took = min(_seconds(work) for _ in range(3))
        print(
            f"\nplacing, {name}: {len(ADDRESSES) / took:,.0f} a second, {took / baseline:.1f} x bare probes"
        )
    db.close()


def test_opening_against_an_empty_interpreter() -> None:
    """Baseline: a Python process that does nothing."""
    place = "from poltwt_console.geocoding import open_geocoder; open_geocoder().locate('London, UK')"
    memory = "print(open('/proc/self/status').read().split('VmHWM:')[1].split()[0])"
    root = Path(__file__).parents[2]

    def run(code: str) -> tuple[float, int]:
        started = time.perf_counter()
        done = subprocess.run(
            [sys.executable, "-c", f"{code}; {memory}"], check=True, capture_output=True, text=True, cwd=root
        )
        return time.perf_counter() - started, int(done.stdout)

    empty = min(run("pass") for _ in range(3))
    first = min(run(place) for _ in range(3))
    print(
        f"\nprocess with open and first answer: {1000 * first[0]:.0f} ms, "
        f"{first[0] / empty[0]:.1f} x an empty one; "
        f"{first[1] // 1024} MB, {first[1] / empty[1]:.1f} x"
    )

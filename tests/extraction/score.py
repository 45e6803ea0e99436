"""Score extraction on a folder of mails with answers: ``python -m tests.extraction.score PATH [-v]``.

PATH holds ``emails/`` and ``gold.jsonl``.  ``--model FOLDER`` takes weights trained without that set.
"""

from __future__ import annotations

import argparse
import time
from pathlib import Path
from typing import Any

from poltwt_console.collecting import seldom_collected
from poltwt_console.domain.registration import Extract
from poltwt_console.extraction import extract, load_models, load_vocabulary
from poltwt_console.geocoding import open_place_names
from poltwt_console.workflow.reading import MailReader, ReadingSettings
from tests.extraction.mails import answered_mails
from tests.extraction.scoring import FIELDS, Tally


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("paths", nargs="+", type=Path)
    parser.add_argument("--model", type=Path, help="folder of tagger.json.gz and judges.json.gz")
    parser.add_argument("-v", "--verbose", action="store_true", help="list what is wrong")
    arguments = parser.parse_args()
    for path in arguments.paths:
        tally, rate = score(path, arguments.model)
        print(f"-- {path}")
        print("\n".join(tally.report()))
        print(f"speed            {rate:.0f} mails a second, read and extracted")
        if arguments.verbose:
            for head, problems in tally.failures:
                print(head)
                print("\n".join("    " + problem for problem in problems))


def score(path: Path, model: Path | None = None) -> tuple[Tally, float]:
    """The figures of one set and the mails a second."""
    models = load_models(model)
    vocabulary, places = load_vocabulary(), open_place_names()
    mails = list(answered_mails(path))
    tally = Tally()
    with seldom_collected():
        started = time.perf_counter()
        results = [(mail, extract(mail.read(), places, vocabulary, models=models)) for mail in mails]
        rate = len(mails) / (time.perf_counter() - started)
    reader = MailReader(ReadingSettings())
    for mail, result in results:
        placed, _ = reader.placed(result, mail.read())  # city and country follow from the place
        tally.add(mail.name, mail.gold, as_prediction(placed))
    return tally, rate


def as_prediction(result: Extract) -> dict[str, Any]:
    """An extract in the terms of the answers."""
    return {
        "kind": result.kind.value,
        "language": result.language,
        "registrations": [
            {**{name: registration.field(name).value for name in FIELDS}, "ready": registration.ready}
            for registration in result.registrations
        ],
    }


if __name__ == "__main__":
    main()

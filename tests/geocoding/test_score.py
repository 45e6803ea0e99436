"""The score of a table of addresses."""

from __future__ import annotations

from pathlib import Path

import pytest

from poltwt_console.geocoding import Geocoder, score

TABLE = """id,address,country,lat,lon
a,"Lloyd House, Birmingham B4 6NQ",GB,52.483,-1.897
b,"500 Main Street, Reykjavik",IS,64.15,-21.94
c,"",US,41.88,-87.63
"""


def test_every_row_counts(geocoder: Geocoder) -> None:
    table = [
        {"id": "a", "address": "Birmingham B4 6NQ", "country": "GB", "lat": "52.483", "lon": "-1.897"},
        {"id": "b", "address": "", "country": "US", "lat": "41.88", "lon": "-87.63"},
    ]
    answers, seconds = score.answer_all(geocoder, table, given=False)
    assert seconds > 0
    assert answers[0].distance_km < 10
    assert answers[0].is_same_time
    assert not answers[0].is_wrong_country
    assert answers[1].location.place is None
    assert not answers[1].is_same_time
    assert "within 25 km" in score.report(answers)[1]
    assert "50.0 %" in score.report(answers)[1]


def test_the_command_prints_both_runs(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], geocoder: Geocoder
) -> None:
    file = tmp_path / "addresses.csv"
    file.write_text(TABLE, "utf-8")
    monkeypatch.setattr("sys.argv", ["score", str(file), "--misses"])
    monkeypatch.setattr(score, "open_geocoder", lambda: geocoder)
    score.main()
    printed = capsys.readouterr().out
    assert "country given" in printed
    assert "country not given" in printed
    assert "c [US]" in printed

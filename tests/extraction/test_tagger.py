"""The tagger adds up the very features that it was trained on."""

from __future__ import annotations

import gzip
import json

import pytest

from poltwt_console import paths
from poltwt_console.extraction import Vocabulary, load_models
from poltwt_console.extraction.features import describe, expand
from poltwt_console.extraction.places import PlaceNames
from poltwt_console.extraction.view import read_view
from tests.extraction.conftest import mail


@pytest.mark.parametrize(
    "body",
    [
        "Riverton",
        "Riverton Police",
        "Please add us: Riverton Police Department, 12 Mill Road,\nRiverton, OH\n\n+1 330 555 0100\n@Us",
        "〒514-0815 三重県津市、津警察署です。",
    ],
)
def test_scores_are_what_the_features_add_up_to(body: str, vocabulary: Vocabulary) -> None:
    packed = (paths.resources() / "extraction" / "tagger.json.gz").read_bytes()
    data = json.loads(gzip.decompress(packed))
    weights = dict(zip(data["features"], zip(*data["weights"], strict=True), strict=True))
    [passage] = [p for p in read_view(mail(body), vocabulary).evidence if p.part.id == "body"]
    tagged = describe(passage, [], PlaceNames(None), "Dana Reed", "Riverton")
    load_models().tagger.tag(tagged)
    assert len(tagged.scores) == tagged.last - tagged.first
    for n, row in enumerate(tagged.scores):
        features = [weights.get(name, [0] * 5) for group in tagged.groups(n) for name in expand(group)]
        sums = [sum(column) for column in zip(*features, strict=True)]
        assert [score - row[0] for score in row] == [total - sums[0] for total in sums]

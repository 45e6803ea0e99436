"""Train the tagger of addresses and names: ``python -m tests.extraction.train [SET ...] [--to FILE]``.

A conditional random field over the words of each passage.  The answers say what the address and the name
are, not where: every place where the words of an accepted value stand together is taken for one,
else the nearest run of words with nearly the same ones.  Same sets, same weights, on any machine.

``make train`` compiles the arithmetic (:mod:`tests.extraction.descent`) first: minutes instead of hours.
"""

from __future__ import annotations

import argparse
import gzip
import json
import random
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

from poltwt_console.extraction.features import Group, Tagged, describe, expand
from poltwt_console.extraction.findings import find_all, narrow_view
from poltwt_console.extraction.labels import find_labelled
from poltwt_console.extraction.lexicon import Words, read_words
from poltwt_console.extraction.places import PlaceNames
from poltwt_console.extraction.tagger import BEFORE, TAGS, Tagger, pack
from poltwt_console.extraction.view import read_view
from poltwt_console.extraction.vocabulary import Vocabulary, load_vocabulary
from poltwt_console.geocoding import open_place_names
from tests.extraction.descent import Numbers, Passages, RandomField
from tests.extraction.mails import PACKED, Answered, training_mails
from tests.extraction.train_judges import Case, least_weight, train_judges

ROUNDS = 16
RATE = 0.1
DECAY = 0.002
SCALE = 100
#: Features of smaller weights are left out, a third of all: see :func:`least_weight`; every look-up costs.
LEAST = 8
_TARGET = Path(__file__).parents[2] / "resources" / "extraction"
#: Of how many parts the judges see each read by a tagger that learned from the others.
FOLDS = 3
#: All is learned once in each of these orders: a mean of three falls less often on the wrong side of a narrow
#: choice by chance (sixteen sets by other authors: of three runs 1,395 to 1,405 mails without any fault, of
#: their mean 1,406; and more that are rightly called ready).
SEEDS = (20131101, 20131102, 20131103)
#: A word counts by itself if so many sets hold it: what one or two hold tells of their authors.
FEWEST_SETS = 3
#: Tags that a passage may begin with: no inner one.
FIRST = (0, 1, 3)

#: The numbers of the features of each word of a passage, and the right tags.
Example = tuple[list[list[int]], list[int]]
#: Weights by feature, one or one for each tag.
Rows = dict[str, list[int]]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("sets", nargs="*", type=Path, default=sorted(PACKED.iterdir()))
    parser.add_argument("--to", type=Path, default=_TARGET, help="folder for the weights")
    arguments = parser.parse_args()
    vocabulary = load_vocabulary()
    places = PlaceNames(open_place_names())
    mails = training_mails(arguments.sets)
    lessons = TaggerLessons()
    for mail in mails:
        lessons.add(read_examples(mail, vocabulary, places, lessons), mail.source)
    lessons.forget_rare_words()
    print(
        f"{len(mails)} mails, {len(lessons.passages)} passages, {len(lessons.features)} features", flush=True
    )
    runs = []
    for seed in SEEDS:
        runs.append(_learn(lessons, mails, vocabulary, places, seed))
        print(f"learned {len(runs)} times of {len(SEEDS)}", flush=True)
    tagger = mean_weights([tagger for tagger, _, _ in runs], LEAST)
    moves = [_mean([moves[tag] for _, moves, _ in runs]) for tag in range(len(TAGS))]
    judges = {
        name: mean_weights(
            [{f: [w] for f, w in judges[name].items()} for _, _, judges in runs], least_weight(name)
        )
        for name in runs[0][2]
    }
    arguments.to.mkdir(parents=True, exist_ok=True)
    columns = list(zip(*tagger.values(), strict=True))
    _write(arguments.to / "tagger.json.gz", {"moves": moves, "features": list(tagger), "weights": columns})
    _write(
        arguments.to / "judges.json.gz",
        {name: {f: row[0] for f, row in judges[name].items()} for name in sorted(judges)},
    )
    print(f"weights: tagger {len(tagger)}, judges {sum(map(len, judges.values()))}")


def _learn(
    lessons: TaggerLessons, mails: Sequence[Answered], vocabulary: Vocabulary, places: PlaceNames, seed: int
) -> tuple[Rows, list[list[int]], dict[str, dict[str, int]]]:
    """Weights of the tagger, of each tag after each, and of the judges, learned in one order of the mails."""
    cases: list[Case] = []
    for fold in range(FOLDS):
        # Judges learn from candidates of a tagger that has not seen the mail, as in real life.
        rest = [n for n, mail in enumerate(mails) if n % FOLDS != fold for _ in range(mail.times)]
        weights, moves = lessons.learn(rest, seed)
        packed = zip(weights, pack(list(zip(*weights.values(), strict=True))), strict=True)
        tagger = Tagger(packed, tuple(map(tuple, moves)))
        cases.extend(
            Case(mail, find_all(mail.read(), vocabulary, places, tagger)) for mail in mails[fold::FOLDS]
        )
    every = [n for n, mail in enumerate(mails) for _ in range(mail.times)]
    return *lessons.learn(every, seed), train_judges(cases, seed)


def mean_weights(runs: Sequence[Rows], least: int = 1) -> Rows:
    """The mean of several runs' weights, in the order of their names; what comes to less is left out."""
    nothing = [0] * len(next(iter(runs[0].values())))
    means = {name: _mean([run.get(name, nothing) for run in runs]) for name in sorted(set().union(*runs))}
    return {name: row for name, row in means.items() if any(abs(weight) >= least for weight in row)}


def _mean(rows: Sequence[Sequence[int]]) -> list[int]:
    """The mean of each column, to the nearest whole number."""
    count = len(rows)
    return [(2 * sum(column) + count) // (2 * count) for column in zip(*rows, strict=True)]


def _write(path: Path, data: object) -> None:
    path.write_bytes(
        gzip.compress(json.dumps(data, ensure_ascii=False, separators=(",", ":")).encode(), mtime=0)
    )


class TaggerLessons:
    """The passages that the tagger learns from, mail by mail."""

    def __init__(self) -> None:
        self.passages = Passages()
        self.features = Numbers()
        self._groups: dict[Group, list[int]] = {}
        self._of_mail: list[range] = []
        self._words: dict[int, set[str]] = {}  # the sets that hold it, for each feature that is a word itself

    def numbers(self, groups: Iterable[Group]) -> list[int]:
        """The numbers of all single features of some groups."""
        found: list[int] = []
        for group in groups:
            single = self._groups.get(group)
            if single is None:
                single = self._groups[group] = [self.features[name] for name in expand(group)]
                if group[0] == "word":
                    for number in single:  # words with one beginning share a number
                        self._words.setdefault(number, set())
            found += single
        return found

    def add(self, examples: Iterable[Example], source: str) -> None:
        """The passages of one more mail, of a set of this name."""
        first = len(self.passages)
        for words, tags in examples:
            self.passages.add(words, tags)
            for number in set().union(*words) & self._words.keys():
                self._words[number].add(source)
        self._of_mail.append(range(first, len(self.passages)))

    def forget_rare_words(self) -> None:
        """Once all mails are there: forget the words that fewer than ``FEWEST_SETS`` sets hold."""
        self.passages.forget({n for n, sources in self._words.items() if len(sources) < FEWEST_SETS})

    def learn(self, mails: Iterable[int], seed: int) -> tuple[dict[str, list[int]], list[list[int]]]:
        """Weights by feature, and of each tag after each, from the mails of these numbers.

        The mean of all steps, scaled to whole numbers; features that came to nothing are left out.
        """
        size = len(TAGS)
        field = RandomField(len(self.features), [BEFORE[tag] for tag in range(size)], FIRST)
        order = [passage for mail in mails for passage in self._of_mail[mail]]
        shuffle = random.Random(seed)
        for turn in range(ROUNDS):
            shuffle.shuffle(order)
            field.learn(self.passages, order, RATE / (1 + turn / 6), DECAY)
        weights = {name: field.weights.scaled(n, field.steps, SCALE) for name, n in self.features.items()}
        kept = {name: row for name, row in weights.items() if any(abs(weight) >= LEAST for weight in row)}
        return kept, [field.moves.scaled(tag, field.steps, SCALE) for tag in range(size)]


def read_examples(
    mail: Answered, vocabulary: Vocabulary, places: PlaceNames, lessons: TaggerLessons
) -> Iterator[Example]:
    """The passages of a mail as features and right tags; mails without registrations teach nothing."""
    registrations = mail.gold["registrations"]
    if not registrations:
        return
    message = mail.read()
    view = read_view(message, vocabulary)
    narrow_view(view, vocabulary)
    for passage in view.evidence:
        labelled = find_labelled(passage, vocabulary)
        tagged = describe(passage, labelled, places, view.named(passage), message.subject)
        if not tagged.bases:
            continue
        count = len(tagged.bases)
        tags = [0] * count
        for field, tag in (("address", 1), ("name", 3)):
            for value in sorted(_values(registrations, field), key=lambda value: (-len(value), value)):
                _mark(tags, tagged, passage.words, read_words(value, vocabulary).forms, tag)
        yield [lessons.numbers(tagged.groups(n)) for n in range(count)], tags


def _values(registrations: Sequence[dict[str, Any]], field: str) -> set[str]:
    found = set()
    for registration in registrations:
        found.update([registration.get(field), *registration.get("alt", {}).get(field, [])])
    return {value for value in found if value}


def _mark(tags: list[int], tagged: Tagged, read: Words, wanted: list[str], tag: int) -> None:
    forms = read.forms[tagged.first : tagged.last]
    size = len(wanted)
    if not size:
        return
    exact = [n for n in range(len(forms) - size + 1) if forms[n : n + size] == wanted]
    for n in exact:
        _set(tags, n, n + size, tag)
    if exact or size < 2:
        return
    goal = Counter(wanted)
    best: tuple[float, int, int] | None = None
    for n, form in enumerate(forms):
        if form not in goal:
            continue
        for length in range(max(2, size - 2), size + 5):
            window = forms[n : n + length]
            if len(window) < length or window[-1] not in goal:
                continue
            f1 = 2 * sum((Counter(window) & goal).values()) / (length + size)
            if best is None or f1 > best[0]:
                best = f1, n, n + length
    if best is not None and best[0] >= (0.85 if tag == 1 else 0.8):
        _set(tags, best[1], best[2], tag)


def _set(tags: list[int], first: int, last: int, tag: int) -> None:
    if any(tags[first:last]):
        return
    tags[first:last] = [tag] + [tag + 1] * (last - first - 1)


if __name__ == "__main__":
    main()

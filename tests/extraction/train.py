"""Train the tagger of addresses and names: ``python -m tests.extraction.train [SET ...] [--to FILE]``.

A conditional random field over the words of each passage.  The answers say what the address and the name
are, not where: every place where the words of an accepted value stand together is taken for one,
else the nearest run of words with nearly the same ones.  Same sets, same weights, on any machine.
"""

from __future__ import annotations

import argparse
import gzip
import json
import math
import random
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from poltwt_console.extraction.features import Tagged, describe, expand
from poltwt_console.extraction.findings import find_all, narrow_view
from poltwt_console.extraction.labels import find_labelled
from poltwt_console.extraction.lexicon import Words, read_words
from poltwt_console.extraction.places import PlaceNames
from poltwt_console.extraction.tagger import BEFORE, TAGS, Tagger
from poltwt_console.extraction.view import read_view
from poltwt_console.extraction.vocabulary import Vocabulary, load_vocabulary
from poltwt_console.geocoding import open_place_names
from tests.extraction.mails import PACKED, Answered, answered_mails
from tests.extraction.train_judges import Case, train_judges, train_trust

ROUNDS = 16
RATE = 0.1
DECAY = 0.002
SCALE = 100
LEAST = 4
_TARGET = Path(__file__).parents[2] / "resources" / "extraction"
FOLDS = 3

Example = tuple[list[tuple[str, ...]], list[int]]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("sets", nargs="*", type=Path, default=sorted(PACKED.iterdir()))
    parser.add_argument("--to", type=Path, default=_TARGET, help="folder for the weights")
    arguments = parser.parse_args()
    vocabulary = load_vocabulary()
    places = PlaceNames(open_place_names())
    mails = [mail for source in arguments.sets for mail in answered_mails(source, dressed=True)]
    examples = [list(read_examples(mail, vocabulary, places)) for mail in mails]
    arguments.to.mkdir(parents=True, exist_ok=True)
    weights, moves = train([example for own in examples for example in own], ROUNDS)
    _write(
        arguments.to / "tagger.json.gz",
        {"moves": moves, "weights": {name: weights[name] for name in sorted(weights)}},
    )
    cases: list[Case] = []
    for fold in range(FOLDS):
        # Judges learn from candidates of a tagger that has not seen the mail, as in real life.
        rest = [example for number, own in enumerate(examples) if number % FOLDS != fold for example in own]
        fold_weights, fold_moves = train(rest, ROUNDS)
        tagger = Tagger(
            {name: tuple(vector) for name, vector in fold_weights.items()}, tuple(map(tuple, fold_moves))
        )
        cases.extend(
            Case(mail, find_all(mail.read(), vocabulary, places, tagger))
            for number, mail in enumerate(mails)
            if number % FOLDS == fold
        )
    judges = train_judges(cases)
    judges["trust"] = train_trust(cases)
    _write(
        arguments.to / "judges.json.gz",
        {name: {f: judges[name][f] for f in sorted(judges[name])} for name in sorted(judges)},
    )
    print(f"{len(mails)} mails; features: tagger {len(weights)}, judges {sum(map(len, judges.values()))}")


def _write(path: Path, data: object) -> None:
    path.write_bytes(
        gzip.compress(json.dumps(data, ensure_ascii=False, separators=(",", ":")).encode(), mtime=0)
    )


def read_examples(mail: Answered, vocabulary: Vocabulary, places: PlaceNames) -> Iterable[Example]:
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
        yield (
            [tuple(name for group in tagged.groups(n) for name in expand(group)) for n in range(count)],
            tags,
        )


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


def train(examples: Sequence[Example], rounds: int) -> tuple[dict[str, list[int]], list[list[int]]]:
    """Weights of a linear-chain conditional random field (Lafferty 2001), by stochastic gradient.

    The mean of all steps, scaled to whole numbers; features that came to nothing are left out.
    """
    size = len(TAGS)
    weights: dict[str, list[float]] = {}
    late: dict[
        str, list[float]
    ] = {}  # each change times the step it came at: the mean is weight - late / steps
    moves = [[0.0] * size for _ in TAGS]
    late_moves = [[0.0] * size for _ in TAGS]
    order = list(range(len(examples)))
    shuffle = random.Random(20131101)
    step = 0
    for turn in range(rounds):
        shuffle.shuffle(order)
        rate = RATE / (1 + turn / 6)
        for number in order:
            features, gold = examples[number]
            step += 1
            scores = [_score(names, weights) for names in features]
            shares, pairs = _marginals(scores, moves)
            for n, right in enumerate(gold):
                slopes = [-share for share in shares[n]]
                slopes[right] += 1.0
                if max(slopes) < 0.01 and min(slopes) > -0.01:
                    continue
                steps = [rate * slope for slope in slopes]
                for name in features[n]:
                    vector = weights.get(name)
                    if vector is None:
                        vector = weights[name] = [0.0] * size
                        late[name] = [0.0] * size
                    lag = late[name]
                    for tag in range(size):
                        change = steps[tag] - rate * DECAY * vector[tag]
                        vector[tag] += change
                        lag[tag] += change * step
            for before in range(size):
                for after in range(size):
                    real = sum(1 for n in range(1, len(gold)) if gold[n - 1] == before and gold[n] == after)
                    change = rate * (real - pairs[before][after])
                    moves[before][after] += change
                    late_moves[before][after] += change * step
    whole = {
        name: [round(SCALE * (weight - lag / step)) for weight, lag in zip(vector, late[name], strict=True)]
        for name, vector in weights.items()
    }
    kept = {name: vector for name, vector in whole.items() if any(abs(weight) >= LEAST for weight in vector)}
    mean = [
        [round(SCALE * (weight - lag / step)) for weight, lag in zip(row, lags, strict=True)]
        for row, lags in zip(moves, late_moves, strict=True)
    ]
    return kept, mean


def _marginals(
    scores: list[list[float]], moves: list[list[float]]
) -> tuple[list[list[float]], list[list[float]]]:
    """Probabilities of each tag at each word, and expected counts of each move (forward-backward)."""
    size = len(TAGS)
    jump = [[math.exp(moves[b][a]) if b in BEFORE[a] else 0.0 for a in range(size)] for b in range(size)]
    own = []
    for row in scores:
        top = max(row)
        own.append([math.exp(score - top) for score in row])
    forward = [[own[0][tag] if tag in (0, 1, 3) else 0.0 for tag in range(size)]]
    for row in own[1:]:
        last = forward[-1]
        step = [row[a] * sum(last[b] * jump[b][a] for b in BEFORE[a]) for a in range(size)]
        total = sum(step)
        forward.append([value / total for value in step])
    backward = [[1.0] * size]
    for row in own[:0:-1]:
        last = backward[-1]
        reach = [row[a] * last[a] for a in range(size)]
        step = [sum(jump[b][a] * reach[a] for a in range(size)) for b in range(size)]
        total = sum(step)
        backward.append([value / total for value in step])
    backward.reverse()
    shares = []
    for ahead, behind in zip(forward, backward, strict=True):
        both = [a * b for a, b in zip(ahead, behind, strict=True)]
        total = sum(both)
        shares.append([value / total for value in both])
    pairs = [[0.0] * size for _ in TAGS]
    for n in range(1, len(own)):
        cells = [
            (b, a, forward[n - 1][b] * jump[b][a] * own[n][a] * backward[n][a])
            for a in range(size)
            for b in BEFORE[a]
        ]
        total = sum(value for _, _, value in cells)
        for b, a, value in cells:
            pairs[b][a] += value / total
    return shares, pairs


def _score(names: tuple[str, ...], weights: dict[str, list[float]]) -> list[float]:
    totals = [0.0] * len(TAGS)
    for name in names:
        vector = weights.get(name)
        if vector is not None:
            for n, weight in enumerate(vector):
                totals[n] += weight
    return totals


if __name__ == "__main__":
    main()

"""Stochastic gradient descent over numbered features: the arithmetic of training tagger and judges.

Only numbers in flat vectors (``librt.vecs``, which comes with mypy): ``make train`` compiles this module for
the length of a training.  As it stands Python runs it too, to the same weights, some hundred times slower.
In thousands of steps the last digit of a sum grows into the first, so the order of each sum is part of the
result: who changes it gets other weights, as good as these.
"""

from __future__ import annotations

from collections.abc import Sequence
from math import exp

from librt.vecs import append, vec
from mypy_extensions import i32, i64


class Numbers(dict[str, int]):
    """The number of each feature by its name, from 0 in the order in which they are met."""

    def __missing__(self, name: str) -> int:
        number = self[name] = len(self)
        return number


class Weights:
    """The weights of a model while it learns, ``width`` to a feature.

    What counts is their mean over all steps.  ``late`` sums each change times the step that it came at:
    the mean is weight - late / steps.
    """

    def __init__(self, start: Sequence[float], width: int) -> None:
        self.width: i64 = width
        self.now = vec[float](start)
        self.late = vec[float]([0.0] * len(start))

    def scaled(self, feature: int, steps: int, scale: int) -> list[int]:
        """The mean weights of one feature, as whole numbers of that scale."""
        first: i64 = feature * self.width
        mean = [self.now[n] - self.late[n] / max(steps, 1) for n in range(first, first + self.width)]
        return [round(scale * weight) for weight in mean]


class Passages:
    """Passages of words: the features and the right tag of each word."""

    def __init__(self) -> None:
        self._features = vec[i32]()
        self._words = vec[i64]([0])  # where each word's features begin, and the end
        self._passages = vec[i64]([0])  # where each passage's words begin, and the end
        self._tags = vec[i32]()

    def __len__(self) -> int:
        return len(self._passages) - 1

    def forget(self, features: set[int]) -> None:
        """Take these features out of all words."""
        self._features, self._words = _without(features, self._features, self._words)

    def add(self, words: Sequence[Sequence[int]], tags: Sequence[int]) -> None:
        """One more passage: the numbers of the features of each word, and its tag."""
        for word in words:
            for feature in word:
                self._features = append(self._features, i32(feature))
            self._words = append(self._words, len(self._features))
        for tag in tags:
            self._tags = append(self._tags, i32(tag))
        self._passages = append(self._passages, len(self._tags))


class RandomField:
    """A linear-chain conditional random field (Lafferty, McCallum and Pereira 2001) while it learns.

    ``before`` are the tags that may stand before each tag, ``first`` those that a passage may begin with.
    """

    def __init__(self, features: int, before: Sequence[Sequence[int]], first: Sequence[int]) -> None:
        size = len(before)
        self.weights = Weights([0.0] * (features * size), size)
        self.moves = Weights([0.0] * (size * size), size)
        self.steps = 0
        self._size: i64 = size
        self._may_follow = vec[bool]([b in before[a] for b in range(size) for a in range(size)])
        self._may_begin = vec[bool]([tag in first for tag in range(size)])

    def learn(self, passages: Passages, order: Sequence[int], rate: float, decay: float) -> None:
        """One round: a step of gradient ascent of the likelihood at each passage, in this order."""
        for number in order:
            self._step(passages, number, rate, decay)

    def _step(self, passages: Passages, number: i64, rate: float, decay: float) -> None:
        self.steps += 1
        first = passages._passages[number]
        count = passages._passages[number + 1] - first
        size = self._size
        own = self._powers(passages, first, count)
        jumps = vec[float](
            [exp(self.moves.now[n]) if self._may_follow[n] else 0.0 for n in range(size * size)]
        )
        ahead = self._forward(own, jumps, count)
        behind = self._backward(own, jumps, count)
        pairs = self._pairs(passages, first, count, own, jumps, ahead, behind)
        for word in range(count):
            self._move_word(passages, first + word, ahead, behind, word * size, rate, decay)
        step = float(self.steps)
        for n in range(size * size):
            change = rate * pairs[n]
            self.moves.now[n] += change
            self.moves.late[n] += change * step

    def _powers(self, passages: Passages, first: i64, count: i64) -> vec[float]:
        """exp(score - best score) of each tag at each word."""
        size = self._size
        weights = self.weights.now
        features, words = passages._features, passages._words
        own = vec[float]([0.0] * (count * size))
        for word in range(count):
            start = word * size
            for k in range(words[first + word], words[first + word + 1]):
                row = i64(features[k]) * size
                for tag in range(size):
                    own[start + tag] += weights[row + tag]
            top = own[start]
            for tag in range(1, size):
                top = max(top, own[start + tag])
            for tag in range(size):
                own[start + tag] = exp(own[start + tag] - top)
        return own

    def _forward(self, own: vec[float], jumps: vec[float], count: i64) -> vec[float]:
        """Shares of each tag by the words up to this one."""
        size = self._size
        ahead = vec[float]([0.0] * (count * size))
        for tag in range(size):
            ahead[tag] = own[tag] if self._may_begin[tag] else 0.0
        for word in range(1, count):
            start = word * size
            for after in range(size):
                reach = 0.0
                for before in range(size):
                    reach += ahead[start - size + before] * jumps[before * size + after]
                ahead[start + after] = own[start + after] * reach
            _share(ahead, start, size)
        return ahead

    def _backward(self, own: vec[float], jumps: vec[float], count: i64) -> vec[float]:
        """Shares of each tag by the words after this one."""
        size = self._size
        behind = vec[float]([1.0] * (count * size))
        for word in range(count - 2, -1, -1):
            start = word * size
            for before in range(size):
                reach = 0.0
                for after in range(size):
                    n = start + size + after
                    reach += jumps[before * size + after] * (own[n] * behind[n])
                behind[start + before] = reach
            _share(behind, start, size)
        return behind

    def _pairs(
        self,
        passages: Passages,
        first: i64,
        count: i64,
        own: vec[float],
        jumps: vec[float],
        ahead: vec[float],
        behind: vec[float],
    ) -> vec[float]:
        """How much oftener each pair of tags really stands side by side than is expected."""
        size = self._size
        tags = passages._tags
        real = vec[float]([0.0] * (size * size))
        expected = vec[float]([0.0] * (size * size))
        shares = vec[float]([0.0] * (size * size))
        for word in range(1, count):
            start = word * size
            for after in range(size):
                for before in range(size):
                    shares[after * size + before] = (
                        ahead[start - size + before]
                        * jumps[before * size + after]
                        * own[start + after]
                        * behind[start + after]
                    )
            _share(shares, 0, size * size)
            for after in range(size):
                for before in range(size):
                    expected[before * size + after] += shares[after * size + before]
            real[i64(tags[first + word - 1]) * size + i64(tags[first + word])] += 1.0
        for n in range(size * size):
            real[n] -= expected[n]
        return real

    def _move_word(
        self,
        passages: Passages,
        word: i64,
        ahead: vec[float],
        behind: vec[float],
        start: i64,
        rate: float,
        decay: float,
    ) -> None:
        """Move the weights of a word's features; where the right tag is sure already they stay."""
        size = self._size
        now, late = self.weights.now, self.weights.late
        slopes = vec[float]([0.0] * size)
        for tag in range(size):
            slopes[tag] = ahead[start + tag] * behind[start + tag]
        _share(slopes, 0, size)
        wrong = 0.0
        for tag in range(size):
            slopes[tag] = (1.0 if tag == i64(passages._tags[word]) else 0.0) - slopes[tag]
            wrong = max(wrong, abs(slopes[tag]))
        if wrong < 0.01:
            return
        step = float(self.steps)
        for k in range(passages._words[word], passages._words[word + 1]):
            row = i64(passages._features[k]) * size
            for tag in range(size):
                change = rate * slopes[tag] - rate * decay * now[row + tag]
                now[row + tag] += change
                late[row + tag] += change * step


class Questions:
    """Choices between sets of features, and which of them are right."""

    def __init__(self) -> None:
        self._features = vec[i32]()
        self._choices = vec[i64]([0])  # where each choice's features begin, and the end
        self._right = vec[bool]()  # of each choice
        self._questions = vec[i64]([0])  # where each question's choices begin, and the end

    def __len__(self) -> int:
        return len(self._questions) - 1

    def forget(self, features: set[int]) -> None:
        """Take these features out of all choices."""
        self._features, self._choices = _without(features, self._features, self._choices)

    def add(self, choices: Sequence[Sequence[int]], right: set[int]) -> None:
        """One more question: the numbers of the features of each choice, and the places of the right ones."""
        for n, choice in enumerate(choices):
            for feature in choice:
                self._features = append(self._features, i32(feature))
            self._choices = append(self._choices, len(self._features))
            self._right = append(self._right, n in right)
        self._questions = append(self._questions, len(self._right))


class Chooser:
    """A log-linear choice while it learns; its weights decay to where they began, not to nothing."""

    def __init__(self, prior: Sequence[float]) -> None:
        self.weights = Weights(prior, 1)
        self.steps = 0
        self._prior = vec[float](prior)

    def learn(self, questions: Questions, order: Sequence[int], rate: float, decay: float) -> None:
        """One round, in this order: the sum of the probabilities of the right choices is raised."""
        for number in order:
            self._step(questions, number, rate, decay)

    def _step(self, questions: Questions, number: i64, rate: float, decay: float) -> None:
        self.steps += 1
        step = float(self.steps)
        now, late, prior = self.weights.now, self.weights.late, self._prior
        features, ends, right = questions._features, questions._choices, questions._right
        first = questions._questions[number]
        count = questions._questions[number + 1] - first
        shares = vec[float]([0.0] * count)
        for n in range(count):
            for k in range(ends[first + n], ends[first + n + 1]):
                shares[n] += now[i64(features[k])]
        top = shares[0]
        for n in range(1, count):
            top = max(top, shares[n])
        for n in range(count):
            shares[n] = exp(shares[n] - top)
        _share(shares, 0, count)
        good = 0.0
        for n in range(count):
            if right[first + n]:
                good += shares[n]
        good = good or 1e-9
        for n in range(count):
            slope = (shares[n] / good if right[first + n] else 0.0) - shares[n]
            if abs(slope) <= 1e-4:
                continue
            for k in range(ends[first + n], ends[first + n + 1]):
                feature = i64(features[k])
                change = rate * (slope - decay * (now[feature] - prior[feature]))
                now[feature] += change
                late[feature] += change * step


def _without(forgotten: set[int], features: vec[i32], ends: vec[i64]) -> tuple[vec[i32], vec[i64]]:
    """Rows of features, one behind the other, and where each ends, without some of the features."""
    kept = vec[i32]()
    ends_kept = vec[i64]([0])
    for row in range(len(ends) - 1):
        for n in range(ends[row], ends[row + 1]):
            if int(features[n]) not in forgotten:
                kept = append(kept, features[n])
        ends_kept = append(ends_kept, len(kept))
    return kept, ends_kept


def _share(values: vec[float], start: i64, count: i64) -> None:
    """Divide some values by their sum."""
    total = 0.0
    for n in range(start, start + count):
        total += values[n]
    for n in range(start, start + count):
        values[n] = values[n] / total

"""The mails that the weights are trained on are sound, and the learners learn what is marked."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from poltwt_console.extraction.linear import Feature, Judge
from poltwt_console.extraction.mention import is_handle
from poltwt_console.extraction.standing import STEPS
from tests.extraction.descent import Chooser, Passages, Questions, RandomField
from tests.extraction.mails import PACKED, answered_mails
from tests.extraction.scoring import tokens
from tests.extraction.train import TaggerLessons, mean_weights
from tests.extraction.train_judges import JudgeLessons, Question, standing_prior
from tests.extraction.written import written_mails

FILES = sorted(PACKED.glob("*.txt"))


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_marked_mails_are_sound(path: Path) -> None:
    wrong = [(name, fault) for name, _, gold in written_mails(path) for fault in _faults(gold)]
    assert not wrong


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_answers_stand_in_the_dressed_mails(path: Path) -> None:
    lost = []
    for mail in answered_mails(path, dressed=True):
        said = " ".join(tokens("\n".join(part.text for part in mail.read().parts)))
        for account in mail.gold["registrations"]:
            words = [word for name in ("handle", "name", "address") for word in tokens(account[name])]
            lost.extend((mail.name, word) for word in words if word not in said)
    assert not lost


def test_a_random_field_learns_words_and_what_may_follow() -> None:
    passages = Passages()
    for _ in range(20):
        passages.add([[0], [1], [2], [0]], [0, 1, 2, 0])  # the word 2 is an inner one behind the word 1 only
        passages.add([[0], [2], [0]], [0, 0, 0])
    field = RandomField(3, [(0, 1, 2), (0, 1, 2), (1, 2)], (0, 1))
    for _ in range(5):
        field.learn(passages, range(len(passages)), rate=0.5, decay=0.0)
    outside, begins, _ = field.weights.scaled(1, field.steps, 100)
    moves = [field.moves.scaled(tag, field.steps, 100) for tag in range(3)]
    assert begins > outside
    assert moves[1][2] > moves[1][0]
    assert moves[0][2] == 0  # what may not follow is never learned


def test_a_chooser_learns_and_keeps_what_it_knew_of_features_that_tell_nothing() -> None:
    questions = Questions()
    for _ in range(20):
        questions.add([[0, 1], [1]], {0})
    chooser = Chooser([0.0, 0.5, 2.0])
    for _ in range(5):
        chooser.learn(questions, range(len(questions)), rate=0.5, decay=0.01)
    told, shared, unasked = (chooser.weights.scaled(n, chooser.steps, 100)[0] for n in range(3))
    assert told > 100
    assert shared == pytest.approx(50, abs=5)
    assert unasked == 200


def test_words_of_few_sets_are_not_learned() -> None:
    lessons = TaggerLessons()
    for source in ("one", "two", "three"):
        for form in ("police", f"beginning{source}", "only" if source == "one" else "both"):
            lessons.add([([lessons.numbers([("word", 0, form), (0, "=xx")])], [0])], source)
    lessons.forget_rare_words()
    weights, _ = lessons.learn(range(9), seed=1)
    assert "0#police" in weights
    assert "0#begin-" in weights
    assert "0#beginningone" not in weights
    assert "0#only" not in weights
    assert "0#both" not in weights
    assert "0=xx" in weights


def test_a_judge_learns_nothing_from_what_one_set_alone_holds() -> None:
    asked: list[list[Question]] = [
        [([["shared", "custom" if n % 2 else "shared"], []], {0})] for n in range(20)
    ]
    sources = ["theirs" if n % 2 else "ours" for n in range(20)]
    weights = JudgeLessons(asked, sources, {"known": 0.5}).learn(range(20), seed=1)
    assert weights["shared"] > 0
    assert "custom" not in weights
    assert weights["known"] == 50


@pytest.mark.parametrize("points", [-350, -140, -60, 10, 40, 90, 130, 260, 380])
def test_the_second_look_begins_with_about_the_points_of_the_first(points: int) -> None:
    judge = Judge({name: round(100 * worth) for name, worth in standing_prior().items()})
    features: list[Feature] = ["bias", *(("from", least) for least in STEPS if points >= least)]
    assert judge.score(features) == pytest.approx(points, abs=60)


def test_the_mean_of_runs_lacks_nothing_and_holds_no_nothing() -> None:
    first, second, third = {"b": [9, -1], "a": [3, 0]}, {"b": [10, -2], "c": [1, 0]}, {"b": [12, -2]}
    assert list(mean_weights([first, second, third]).items()) == [("a", [1, 0]), ("b", [10, -2])]


def _faults(gold: dict[str, Any]) -> list[str]:
    found = []
    for account in gold["registrations"]:
        if account["handle"] and not is_handle(account["handle"]):
            found.append(f"@{account['handle']} is no Twitter name")
        if gold["kind"] == "registration" and None in (
            account["handle"],
            account["name"],
            account["address"],
        ):
            found.append(f"@{account['handle']}: a registration has a handle, a name and an address")
    if gold["kind"] == "other" and gold["registrations"]:
        found.append("marks in a mail that registers nobody")
    return found

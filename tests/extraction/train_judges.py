"""Train the judges: log-linear choices of kind, handles, officers, names, addresses and confidence."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from poltwt_console.extraction.candidates import Candidate
from poltwt_console.extraction.confidence import describe_trust
from poltwt_console.extraction.findings import Findings
from poltwt_console.extraction.fitting import describe_pair
from poltwt_console.extraction.intent import KINDS, judge_kind, machine_reason
from poltwt_console.extraction.kinds import describe_kind
from poltwt_console.extraction.linear import (
    Feature,
    Judge,
    class_feature,
    feature_name,
    topic_feature,
)
from poltwt_console.extraction.matching import (
    describe_mention,
    describe_officer,
    numbers_said,
    owner_near,
)
from poltwt_console.extraction.meant import first_look, mention_pool
from poltwt_console.extraction.mention_pool import Meant
from poltwt_console.extraction.records import record_of
from poltwt_console.extraction.resolve import candidate_pools, resolve
from poltwt_console.extraction.standing import STEPS, Standing, describe_standing
from tests.extraction.descent import Chooser, Numbers, Questions
from tests.extraction.mails import Answered
from tests.extraction.scoring import is_right, key

ROUNDS = 15
RATE = 0.1
DECAY = 0.01

#: What is known before any mail is read: what the phrases mean by their very definition.
PRIORS: dict[str, dict[str, float]] = {
    "mention": {
        "bias": 0.5,
        "hint former before": -1.5,
        "hint former after": -1.0,
        "hint negation before": -1.5,
        "hint negation after": -0.7,
        "hint others before": -0.8,
        "hint others after": -0.4,
        "hint remains after kind withdrawal": -2.5,
        "hint remains before kind withdrawal": -2.0,
        "hint arrow before kind update": 1.5,
        "hint arrow after kind update": -1.5,
        "hint before update and handle kind update": -0.7,
        "hint after handle and update kind update": 0.7,
        "hint former before kind update": -1.0,
        "hint former after kind update": -0.7,
        "hint negation after kind update": -0.5,
        "hint by shape": -1.0,
        "hint ours": 0.5,
        "hint mine": 0.5,
        "hint label.handle": 0.5,
        "origin signature body 1": -1.0,
        "origin signature body 2": -1.0,
        "origin quoted body 1": -1.0,
        "origin quoted body 2": -1.0,
        "own True sender True": 0.5,
        "own True sender False": 0.5,
    },
    "kind": {
        "other|generated": 1.0,
        "other|beside refusal True False": 5.0,
        "other|beside regret True False": 1.5,
        "other|subject:refusal": 1.5,
        "other|body:absence": 1.0,
        "other|beside absence True False": 2.0,
        "other|subject:absence": 3.5,
        "other|body:bounce": 1.5,
        "other|subject:bounce": 2.0,
        "other|subject:press": 3.0,
        "other|beside press True False": 0.7,
        "other|body:press+": 0.7,
        "other|sender:press": 0.8,
        "other|subject:question": 2.0,
        "other|beside question True False": 0.5,
        "other|asked 1 False": 0.6,
        "other|denied 1": 0.5,
        "other|beside undecided True False": 3.0,
        "other|beside undecided True True": 1.0,
        "other|beside sent_before True False": 3.0,
        "other|beside thanks True False": 0.5,
        "other|subject:thanks": 0.7,
        "other|money": 0.8,
        "other|questions 2": 0.3,
        "other|questions 3": 0.3,
        "other|robot": 0.7,
        "other|calendar": 0.4,
        "other|letters False False 2": 0.5,
        "other|letters False False 0": 0.3,
        "update|subject:update": 2.5,
        "update|body:update": 0.7,
        "update|opening:update": 0.5,
        "update|handle update": 0.4,
        "update|arrow": 0.6,
        "update|beside remains True False": 0.7,
        "update|quoted handles 1 body handles 0": 0.8,
        "update|quoted handles 2 body handles 0": 0.5,
        "withdrawal|subject:withdraw": 4.0,
        "withdrawal|body:withdraw": 1.0,
        "withdrawal|beside withdraw True False": 4.0,
        "withdrawal|beside refusal True False": 2.0,
        "withdrawal|opening:withdraw": 0.5,
        "withdrawal|handle withdraw": 0.7,
        "register|subject:register": 0.8,
        "register|body:register": 0.3,
        "register|plain 1": 0.7,
        "register|plain 2": 0.9,
        "register|handle register": 0.3,
        "register|handle described": 2.0,
        "register|handle too long": 2.0,
        "register|handle True address True name True": 0.5,
        "register|handle label.handle": 0.3,
        "register|label handle True address True": 0.5,
        "register|labels 3": 0.3,
        "register|labels 4": 0.5,
        "register|labels 5": 0.6,
        "register|records 1": 0.8,
        "register|records 2": 1.0,
        "register|records 3": 1.0,
    },
}
SCALE = 100


def standing_prior() -> dict[str, float]:
    """The second look begins with the points of the first: each step is worth what it adds to them."""
    middles = [(low + high) / 200 for low, high in pairwise((2 * STEPS[0], *STEPS, 2 * STEPS[-1]))]
    prior = {"bias": middles[0]}
    for step, (below, above) in zip(STEPS, pairwise(middles), strict=True):
        prior[feature_name(("from", step))] = above - below
    return prior


#: The features of each choice, and the numbers of those that are right.
Question = tuple[list[list[Feature]], set[int]]


#: The kinds of the answers as the judge knows them.
_KINDS = {
    "registration": "register",
    "incomplete": "register",
    "update": "update",
    "withdrawal": "withdrawal",
    "other": "other",
}


@dataclass
class Case:
    """A mail with its answer and what was found in it."""

    mail: Answered
    findings: Findings

    @property
    def kind(self) -> str:
        return _KINDS[self.mail.gold["kind"]]

    @property
    def times_for_kinds(self) -> int:
        """How many times the mail counts for the judge of kinds, beside what it counts for all."""
        nothing = all(mention.excluded for mention in self.findings.mentions)
        return self.mail.times_for_kinds * (_LACKING if self.kind == "register" and nothing else 1)

    @property
    def kinds(self) -> set[str]:
        accepted = [self.mail.gold["kind"], *self.mail.gold.get("alt", {}).get("kind", [])]
        return {_KINDS[kind] for kind in accepted}


class JudgeLessons:
    """The questions that one judge learns from, mail by mail; ``sources`` are the sets of the mails."""

    def __init__(
        self, of_mails: Iterable[Sequence[Question]], sources: Sequence[str], prior: Mapping[str, float]
    ) -> None:
        self._numbers = _FeatureNumbers()
        self._prior = prior
        self._numbers.by_name.update((name, number) for number, name in enumerate(prior))
        self._questions = Questions()
        self._of_mail: list[range] = []
        number = self._numbers.__getitem__
        holders: dict[int, str | None] = {}  # the one set that holds a feature; None: several do
        for questions, source in zip(of_mails, sources, strict=True):
            first = len(self._questions)
            for choices, right in questions:
                numbers = [list(map(number, choice)) for choice in choices]
                self._questions.add(numbers, right)
                for feature in set().union(*numbers):
                    if holders.setdefault(feature, source) != source:
                        holders[feature] = None
            self._of_mail.append(range(first, len(self._questions)))
        # What a single set holds tells of its author.
        self._questions.forget({n for n, holder in holders.items() if holder and n >= len(prior)})

    def learn(self, mails: Iterable[int], seed: int, least: int = 1) -> dict[str, int]:
        """Weights of a log-linear choice from the mails of these numbers, by stochastic gradient.

        The mean of all steps, scaled to whole numbers.  The sum of the probabilities of the right
        choices is raised; several right ones share it.  Weights decay to what is known beforehand.
        """
        names = self._numbers.by_name
        chooser = Chooser([self._prior.get(name, 0.0) for name in names])
        order = [question for mail in mails for question in self._of_mail[mail]]
        shuffle = random.Random(seed)
        for turn in range(ROUNDS):
            shuffle.shuffle(order)
            chooser.learn(self._questions, order, RATE / (1 + turn / 4), DECAY)
        weights = {name: chooser.weights.scaled(n, chooser.steps, SCALE)[0] for name, n in names.items()}
        return {name: weight for name, weight in weights.items() if abs(weight) >= least}


class _FeatureNumbers(dict[Feature, int]):
    """The number of each feature; those met again need not be spelled out again."""

    def __init__(self) -> None:
        super().__init__()
        self.by_name = Numbers()

    def __missing__(self, feature: Feature) -> int:
        number = self[feature] = self.by_name[feature_name(feature)]
        return number


FOLDS = 5


def least_weight(judge: str) -> int:
    """The smallest weight that a judge keeps: half of its features weigh less.

    Without those, and the tagger's, 2,821 of 3,429 mails by 24 authors who were not learned from were read
    without any fault; with them 2,810.  The judge of trust keeps all: how many points are enough is fixed,
    and small ones add up.
    """
    return 1 if judge == "trust" else 5


def train_judges(cases: Sequence[Case], seed: int) -> dict[str, dict[str, int]]:
    """Weights of each judge by feature.

    The second look at handles learns from what the first gives, and the judge of confidence from which
    fields were right, in mails that the judges before them had not seen.
    """
    makers: dict[str, Callable[[Case], list[Question]]] = {
        "kind": _kind_questions,
        "mention": _mention_questions,
        "officer": _officer_questions,
        "name": lambda case: _pair_questions(case, "name"),
        "address": lambda case: _pair_questions(case, "address"),
    }
    sources = [case.mail.source for case in cases]
    lessons = {
        name: JudgeLessons(map(make, cases), sources, PRIORS.get(name, {})) for name, make in makers.items()
    }
    every = [n for n, case in enumerate(cases) for _ in range(case.mail.times)]
    of_kinds = [n for n in every for _ in range(cases[n].times_for_kinds)]
    mails = {name: of_kinds if name == "kind" else every for name in (*lessons, "standing", "trust")}

    def learn(name: str, rest: int | None = None) -> dict[str, int]:
        """Weights of a judge from all mails, or from all but one part."""
        some = (n for n in mails[name] if rest is None or n % FOLDS != rest)
        return lessons[name].learn(some, seed, least_weight(name))

    seen = [{name: Judge(learn(name, fold)) for name in makers} for fold in range(FOLDS)]
    standing = [_standing_questions(case, seen[n % FOLDS]["mention"]) for n, case in enumerate(cases)]
    lessons["standing"] = JudgeLessons(standing, sources, standing_prior())
    for fold, judges in enumerate(seen):
        judges["standing"] = Judge(learn("standing", fold))
    trust = [_trust_questions(case, seen[n % FOLDS]) for n, case in enumerate(cases)]
    lessons["trust"] = JudgeLessons(trust, sources, {})
    return {name: learn(name) for name in lessons}


#: Mails that sign up and hold nothing that may be a handle count so often for the judge of kinds: they are
#: few, and whoever is taken for one that signs nobody up is asked for nothing.
_LACKING = 3


def _trust_questions(case: Case, judges: dict[str, Judge]) -> list[Question]:
    findings = case.findings
    ranked = judge_kind(findings, judges["kind"])
    kind = ranked[0][1]
    if kind == "other" or machine_reason(findings.message):
        return []
    accounts, _ = resolve(findings, kind, judges, ranked[0][0] - ranked[1][0])
    wanted = _answers(case)
    questions: list[Question] = []
    for account in accounts:
        if account.mention is None:
            continue
        answer = wanted.get(account.mention.key)
        found = {
            "handle": account.mention.handle,
            "participant": "officer" if account.officer else "agency",
            "name": account.name.chosen.value if account.name.chosen else None,
            "address": account.address.chosen.value if account.address.chosen else None,
        }
        for field, value in found.items():
            if value is not None:
                right = answer is not None and is_right(field, value, answer)
                features = [topic_feature(field, one) for one in describe_trust(field, account, findings)]
                questions.append(([features, []], {0 if right else 1}))
    return questions


def _kind_questions(case: Case) -> list[Question]:
    features = list(map(feature_name, describe_kind(case.findings)))
    choices: list[list[Feature]] = [[class_feature(kind, feature) for feature in features] for kind in KINDS]
    return [(choices, {KINDS.index(kind) for kind in case.kinds})]


def _answers(case: Case) -> dict[str, dict[str, Any]]:
    found = {}
    for registration in case.mail.gold["registrations"]:
        for handle in (registration["handle"], *registration.get("alt", {}).get("handle", [])):
            if handle:
                found[key(handle)] = registration
    return found


def _mention_questions(case: Case) -> list[Question]:
    if case.kind == "other":
        return []
    pool = mention_pool(case.findings, case.kind)
    wanted = _answers(case)
    questions: list[Question] = []
    for mention in pool:
        if not mention.excluded:
            features = describe_mention(mention, pool, case.findings, case.kind)
            questions.append(([features, []], {0 if mention.key in wanted else 1}))
    return questions


def _standing_questions(case: Case, judge: Judge) -> list[Question]:
    if case.kind == "other":
        return []
    pool = mention_pool(case.findings, case.kind)
    wanted = _answers(case)
    standing = Standing(first_look(pool, case.findings, case.kind, judge))
    said = numbers_said(case.findings)
    return [
        (
            [describe_standing(mention, points, standing, pool, case.kind, said), []],
            {0 if mention.key in wanted else 1},
        )
        for mention, points in standing.looked
    ]


def _officer_questions(case: Case) -> list[Question]:
    questions: list[Question] = []
    meant = _meant(case)
    all_meant = Meant([mention for mention, _ in meant])
    for mention, answer in meant:
        record = record_of(mention, case.findings)
        near = owner_near(mention, case.findings, all_meant.row(mention.passage.part), record)
        features = describe_officer(mention, len(meant), case.findings, near, record)
        questions.append(([features, []], {0 if answer["participant"] == "officer" else 1}))
    return questions


def _meant(case: Case) -> list[tuple[Any, dict[str, Any]]]:
    wanted = _answers(case)
    found: dict[str, Any] = {}
    for mention in sorted(mention_pool(case.findings, case.kind), key=lambda m: -m.score):
        if mention.key in wanted and not mention.excluded:
            found.setdefault(mention.key, mention)
    ordered = [m for m in mention_pool(case.findings, case.kind) if found.get(m.key) is m]
    return [(mention, wanted[mention.key]) for mention in ordered]


def _pair_questions(case: Case, field: str) -> list[Question]:
    if case.kind == "other":
        return []
    names, addresses = candidate_pools(case.findings, case.kind)
    pool = names if field == "name" else addresses
    meant = _meant(case)
    all_meant = Meant([mention for mention, _ in meant])
    entries: list[tuple[Any, dict[str, Any]]] = list(meant)
    entries.extend((None, answer) for answer in case.mail.gold["registrations"] if not answer["handle"])
    questions: list[Question] = []
    for mention, answer in entries:
        if mention is not None and record_of(mention, case.findings) is not None:
            continue
        options: list[Candidate | None] = [*pool.choices, None]
        officer = answer["participant"] == "officer"
        choices = [describe_pair(mention, option, pool, all_meant, officer) for option in options]
        right = {
            n for n, option in enumerate(options) if is_right(field, option.value if option else None, answer)
        }
        if right and len(right) < len(options):
            questions.append((choices, right))
    return questions

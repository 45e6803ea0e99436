"""What speaks for a handle being meant, being an officer's, and for a name or an address being its own."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from poltwt_console.extraction.findings import Candidate, Findings
from poltwt_console.extraction.handles import Mention
from poltwt_console.extraction.people import Person, words_of
from poltwt_console.extraction.text import fold, words
from poltwt_console.extraction.view import Origin

_POLICE = re.compile(
    r"poli[cstz]|gend|pd(?![a-z])|pd$|sheriff|garda|guardia|cop|heddlu|logregl|rendor|mvd|mvs|mvr|mup|police|constab|carabin|psp|gnr|pm[a-z]{2}$|hq|media|press|traffic|questura|emniyet|jandarma|polres|polsek|polda|pnp|saps|rcmp|troop|state|county|city|town|unit|k9|news|info|official|oficial|dept|force|service",
    re.IGNORECASE,
)
_RANK = re.compile(
    r"(?:^|_)(?:pc|wpc|pcso|sgt|insp|inspector|ofc|off|officer|cst|const|constable|cop|chief|lt|ltn|lieut|capt|cpt|det|dc|ds|di|dci|supt|deputy|trooper|agente?|ag|cabo|sargento|sgto|insp\w*|comis\w*|konst\w*|konstaabel|polis\w*|brigadier|wijkagent\w*|agent\w*|adj|mdl|lt|kap\w*|hptm|pk|pok|phk|kob|kok|mjr|maj\w*|major|asp|mlasp|sierz|dzieln\w*|uchastk\w*|dilnych|insp|vk|ylik|kmb|cmdr|cdr|corp|cpl|oficer|oficial|poli|flic|bobby|sarge|sheriff|marshal|patrol|trooper|garda|sayitsheni|dabtam|kapten|kpt|por|npor|nprap|ten|ispettore|isp|ass|mar|marescia\w*)(?=[A-Z_0-9]|$)"
)


def describe_mention(
    mention: Mention, all_mentions: Sequence[Mention], findings: Findings, kind: str
) -> list[str]:
    """The features of whether a handle is meant."""
    usable = [other for other in all_mentions if not other.excluded]
    keys = list(dict.fromkeys(other.key for other in usable))
    in_body = {
        other.key for other in usable if other.origin in (Origin.BODY, Origin.FORWARDED, Origin.ATTACHMENT)
    }
    place = keys.index(mention.key) if mention.key in keys else 9
    same = [other for other in usable if other.key == mention.key]
    count = min(len(keys), 4)
    features = [
        "bias", f"rule {mention.rule}", f"origin {mention.origin}", f"rule {mention.rule} {mention.origin}",
        f"count {count}", f"origin {mention.origin} body {min(len(in_body), 2)}", f"kind {kind} count {count} place {min(place, 3)}",
        f"kind {kind} last {place == len(keys) - 1} count {count}", f"kind {kind} origin {mention.origin}",
        f"times {min(len(same), 3)}", f"in body {mention.key in in_body} bodies {min(len(in_body), 2)}",
    ]  # fmt: skip
    if mention.excluded:
        features.append(f"excluded {mention.excluded}")
    for hint in sorted(mention.hints):
        features.extend(
            (
                f"hint {hint}",
                f"hint {hint} count {min(count, 2)}",
                f"hint {hint} kind {kind}",
                f"hint {hint} kind {kind} place {min(place, 2)}",
            )
        )
    if not mention.hints & {
        "former before",
        "former after",
        "negation before",
        "negation after",
        "others before",
        "others after",
    }:
        features.append("no doubts")
    features.append(f"police {bool(_POLICE.search(mention.handle))}")
    features.append(f"short {len(mention.handle) < 4}")
    own = words_of(findings.message.sender.name) | words_of(
        findings.message.sender.email.split("@")[-1].replace(".", " ")
    )
    features.append(f"sender {any(word in mention.key for word in own if len(word) > 3)}")
    others_doubted = [
        other
        for other in usable
        if other.key != mention.key
        and other.hints & {"former before", "former after", "negation after", "negation before"}
    ]
    features.append(f"others doubted {bool(others_doubted)} kind {kind}")
    return features


def describe_officer(mention: Mention, count: int, findings: Findings, near: Person | None) -> list[str]:
    """The features of whether an account is an officer's own."""
    message = findings.message
    sender = words_of(message.sender.name)
    key = mention.key
    surname = any(len(word) > 3 and word in key.replace("_", "") for word in sender)
    rank_in_handle = bool(_RANK.search(mention.handle))
    person = near is not None
    person_in_handle = near is not None and any(word in key for word in words_of(near.name))
    police = bool(_POLICE.search(mention.handle))
    mine, ours = "mine" in mention.hints, "ours" in mention.hints
    anywhere = {
        meaning
        for passage in findings.view.evidence
        if passage.origin in (Origin.BODY, Origin.FORWARDED)
        for senses in passage.words.senses
        for meaning in senses & {"mine", "ours"}
    }
    sender_ranked = any(
        "rank" in senses
        for passage in findings.view.evidence
        if passage.origin is Origin.SENDER
        for senses in passage.words.senses
    )
    sender_police = any(
        "police" in senses
        for passage in findings.view.evidence
        if passage.origin is Origin.SENDER
        for senses in passage.words.senses
    )
    single = count == 1
    label = next((value.value for value in findings.labels("participant")), "")
    features = [
        "bias", f"mine {mine} ours {ours} single {single}", f"mine anywhere {'mine' in anywhere} ours {'ours' in anywhere} single {single}",
        f"sender in handle {surname}", f"rank in handle {rank_in_handle}", f"police in handle {police}",
        f"person {person} in handle {person_in_handle}", f"person {person} single {single}",
        f"sender in handle {surname} mine {mine or ('mine' in anywhere and single)}", f"rank {rank_in_handle} police {police}",
        f"sender ranked {sender_ranked} single {single}", f"sender ranked {sender_ranked} mine {'mine' in anywhere}",
        f"sender police {sender_police}", f"person {person} police {police}", f"mine {'mine' in anywhere} police {police} single {single}",
        f"count {min(count, 3)}", f"label person {any(findings.labels('person'))}", f"origin {mention.origin}",
        f"table {mention.rule}",
    ]  # fmt: skip
    if label:
        features.append(
            f"label officer {bool(re.search('officer|individ|beamt|agent|polizist|personal|einzel|funcion|oficial', fold(label)))}"
        )
    return features


def describe_pair(
    mention: Mention | None, candidate: Candidate | None, choices: Sequence[Candidate], mentions: Sequence[Mention],
    findings: Findings, kind: str, officer: bool,
) -> list[str]:  # fmt: skip
    """The features of whether a name or address belongs to a handle; ``candidate`` None stands for "the mail gives none"."""
    several = min(len(mentions), 3)
    if candidate is None:
        return [
            "none",
            f"none kind {kind}",
            f"none choices {min(len(choices), 3)}",
            f"none officer {officer}",
            f"none best {_bucket(max((c.margin for c in choices), default=0))}",
        ]
    values = Counter(_key(choice) for choice in choices)
    read = candidate.passage.words
    first, last = read.index(candidate.start), read.index(candidate.end - 1) + 1
    own = range(first, min(last, len(read)))
    senses = {sense for i in own for sense in read.senses[i]}
    size = len(own)
    order = [choice for choice in choices if choice.origin is candidate.origin]
    features = [
        f"rule {candidate.rule}", f"origin {candidate.origin}", f"rule {candidate.rule} {candidate.origin}",
        f"margin {_bucket(candidate.margin)}", f"times {min(values[_key(candidate)], 3)}", f"choices {min(len(values), 4)} origin {candidate.origin}",
        f"size {min(size, 8)}", f"place {min(order.index(candidate), 3)} of {min(len(order), 4)}",
        f"kind {kind} origin {candidate.origin}", f"kind {kind} last {order[-1] is candidate}", f"police {'police' in senses} size {min(size, 3)}",
        f"street {'street' in senses}", f"box {'po_box' in senses} others {len(values) > 1}", f"digits {any(c.isdigit() for c in candidate.value)}",
        f"unit {'unit' in senses} police {'police' in senses}", f"officer {officer} place {min(order.index(candidate), 2)}",
        f"capitals {candidate.value.isupper()} size {min(size, 3)}",
    ]  # fmt: skip
    before = {sense for i in range(max(first - 4, 0), first) for sense in read.senses[i]}
    after = {sense for i in range(min(last, len(read)), min(last + 4, len(read))) for sense in read.senses[i]}
    features.extend(
        f"before {sense}"
        for sense in (
            "former",
            "negation",
            "same",
            "update",
            "located",
            "label.address",
            "others",
            "label.postal",
            "label.ignore",
        )
        if sense in before
    )
    features.extend(
        f"after {sense}" for sense in ("former", "negation", "update", "label.handle") if sense in after
    )
    features.extend(
        f"before {sense} kind {kind} place {min(order.index(candidate), 2)}"
        for sense in ("former", "negation", "update")
        if sense in before
    )
    if mention is not None:
        features.extend(_relation(mention, candidate, choices, mentions, several))
        shared = [
            word
            for word in words(fold(candidate.value))
            if len(word) > 3 and word.isascii() and word in mention.key
        ]
        others = [other for other in mentions if other.key != mention.key]
        distinct = any(not any(word in other.key for other in others) for word in shared)
        features.append(f"in handle {bool(shared)} several {several > 1} distinct {distinct}")
    return features


def _relation(
    mention: Mention,
    candidate: Candidate,
    choices: Sequence[Candidate],
    mentions: Sequence[Mention],
    several: int,
) -> list[str]:
    if mention.passage.part is not candidate.passage.part or mention.origin is Origin.QUOTED:
        return [f"elsewhere several {several}", f"elsewhere {candidate.origin} from {mention.origin}"]
    low, high = sorted((mention.start, candidate.start))
    between = [
        m
        for m in mentions
        if m.passage.part is mention.passage.part and low < m.start < high and m.key != mention.key
    ]
    rivals = [
        c
        for c in choices
        if c.passage.part is candidate.passage.part and low < c.start < high and _key(c) != _key(candidate)
    ]
    lines = candidate.passage.text.count("\n", low, high)
    side = "after" if candidate.start > mention.start else "before"
    blank = "\n\n" in re.sub(r"[ \t\r]", "", candidate.passage.text[low:high])
    near = "same line" if not lines else "near" if lines < 3 and not blank else "far"
    return [
        f"side {side} {near} several {several}", f"side {side} between {min(len(between), 2)} several {several}",
        f"side {side} rivals {min(len(rivals), 2)} several {several}", f"side {side} between {min(len(between), 2)} rivals {min(len(rivals), 2)} {near}",
        f"blank {blank} several {several}", f"equal numbers {len({_key(c) for c in choices}) == len(mentions)} side {side} between {min(len(between), 2)} rivals {min(len(rivals), 1)}",
    ]  # fmt: skip


def _key(candidate: Candidate) -> str:
    return " ".join(words(fold(candidate.value)))


def _bucket(margin: int) -> str:
    return "label" if margin >= 5000 else str(min(max(margin, 0) // 250, 12))

"""How far each value may be trusted: ready, look or missing, with the reason in words.

First rules that nothing overrides: a bare word, a quoted value, a change or a withdrawal is never
ready by itself, two equal readings are never decided.  Then a judge that was trained on mails which
the other judges had not seen adds up what speaks for a value being right; READY needs ``_READY``
points (a hundred points are a factor of e in the odds), set on the development mails.
"""

from __future__ import annotations

import re

from poltwt_console.domain.registration import Confidence
from poltwt_console.extraction.boxes import ticked_part
from poltwt_console.extraction.candidates import Candidate
from poltwt_console.extraction.clues import is_own, latin_words
from poltwt_console.extraction.features import PIECE_ENDS, Tagged
from poltwt_console.extraction.findings import Findings
from poltwt_console.extraction.fitting import telling_words
from poltwt_console.extraction.lexicon import Words
from poltwt_console.extraction.linear import Feature, Judge
from poltwt_console.extraction.local_part import RULE as LOCAL_PART
from poltwt_console.extraction.mention import (
    DOUBTS,
    EARLIER,
    RESPELLED,
    SAID_NOT,
    SPACED,
    Mention,
    looks_like_handle,
)
from poltwt_console.extraction.resolve import Account, Choice
from poltwt_console.extraction.sentences import sentence_around
from poltwt_console.extraction.terms import ANYWHERE
from poltwt_console.extraction.text import WORD, fold
from poltwt_console.extraction.towns import towns_in
from poltwt_console.extraction.view import Origin

#: Points that a field needs to be ready; a value under a label or in a table needs fewer than one in prose.
#: Set on the three development sets, each read with weights of the other two (359 of 365 ready ones were
#: right), and on three other authors' (250 of 256); of three more, 272 of 273 were.
_READY = {"handle": 50, "participant": 350, "name": 350, "address": 450}
_LABELLED = 300


def trust(field: str, account: Account, findings: Findings, judge: Judge) -> tuple[Confidence, str]:
    """The confidence of a field of an account, and why it is not ready."""
    reason = _rule_out(field, account, findings)
    if reason is not None:
        return reason
    points = judge.score_under(field, describe_trust(field, account, findings))
    if points >= _READY[field] - (_LABELLED if _labelled(field, account) else 0):
        return Confidence.READY, ""
    return Confidence.LOOK, _doubt_shape(field, _chosen(field, account)) or _WORDS[field]


#: How far ahead the kind of a mail must be: of what was read as accounts in 1,590 mails of nine authors, 14
#: of 108 with a smaller lead were none, and 17 of 1,570 others.
_LEAST_KIND_LEAD = 250
_WORDS = {
    "handle": "the words beside it leave a doubt",
    "participant": "agency or officer: the words leave a doubt",
    "name": "other names in the mail are nearly as likely",
    "address": "where the address begins and ends is not sure",
}


def _rule_out(field: str, account: Account, findings: Findings) -> tuple[Confidence, str] | None:
    mention = account.mention
    if field == "handle":
        if account.kind != "register":
            return Confidence.LOOK, "a change to what is registered: compare both"
        if mention is None:
            return Confidence.MISSING, "no Twitter name is given"
        if account.kind_lead < _LEAST_KIND_LEAD:
            return Confidence.LOOK, "whether the mail signs up is in doubt"
        if mention.rule == "bare word":
            return Confidence.LOOK, "a bare word, no @ before it"
        if RESPELLED in mention.hints:
            return Confidence.LOOK, "letters of another alphabet or unseen signs stand in it"
        if mention.rule == LOCAL_PART:
            return Confidence.LOOK, "described as the part before the @ of a mail address"
        if mention.origin is Origin.QUOTED:
            return Confidence.LOOK, "only in quoted text"
        return _doubt_handle(mention, account, findings)
    if field == "participant" and not account.officer and _says_officer(findings):
        return Confidence.LOOK, "under a label it says officer"
    if field in ("name", "address"):
        choice = _choice(field, account)
        if choice.chosen is None:
            return Confidence.MISSING, ""
        if choice.chosen.origin is Origin.QUOTED:
            return Confidence.LOOK, "only in quoted text"
        if choice.lead == 0:
            return Confidence.LOOK, "two readings are equally good"
        if choice.crossed:
            return Confidence.LOOK, "some of its words are read for another account, too"
        if _WORD.search(choice.chosen.value) is None:
            return Confidence.LOOK, "it holds no word"
        if _ASKED.search(choice.chosen.value) is not None:
            return Confidence.LOOK, "a label may stand in it"
        if mention is not None and _holds(mention.handle, choice.chosen.value):
            return Confidence.LOOK, "the Twitter name stands in it"
        if field == "address" and account.count == 1 and _is_beside_name(account, findings):
            return Confidence.LOOK, "another address stands right behind the agency's name"
        if field == "address" and _may_begin_with_person(choice.chosen, findings):
            return Confidence.LOOK, "its first words may be a person's name"
        if field == "address" and _may_begin_with_office(choice.chosen, findings):
            return Confidence.LOOK, "its first words may be another office's name"
        if field == "address" and _may_be_home(choice.chosen):
            return Confidence.LOOK, "it may be where somebody lives"
        if field == "name" and _is_of_another_town(account, findings):
            return Confidence.LOOK, "account and address are another town's"
        if field == "name" and _may_begin_later(choice.chosen, findings):
            return Confidence.LOOK, "its first word may only begin the sentence"
    return None


def _is_beside_name(account: Account, findings: Findings) -> bool:
    """Whether another address than an account's stands right behind its agency's name, on the same line."""
    name, address = account.name.chosen, account.address.chosen
    if name is None or address is None:
        return False
    text = name.passage.text
    return any(
        other.passage is name.passage
        and 0 < other.start - name.end <= _NEXT_PIECE
        and not any(sign.isalnum() or sign == "\n" for sign in text[name.end : other.start])
        and not _TRUSTED.isdisjoint(other.rules)
        and other.digits
        and not other.overlaps(address)
        and not other.says_same(address)
        for other in findings.addresses
    )


#: From one piece of a line to the next there are so many signs: "Leeds North (", ", ", " - ".
_NEXT_PIECE = 4


def _may_begin_with_person(address: Candidate, findings: Findings) -> bool:
    """Whether an address begins with a piece of words that nothing is known of: "Ann Lee, 5 Mill Road"."""
    tagged, read = findings.tagged.get(id(address.passage)), address.passage.words
    first, end = address.first, _behind_first_piece(address, tagged)
    if tagged is None or end == address.last:
        return False
    called = all(_may_be_called(read, tagged, i) for i in range(first, end))
    return called and 1 < end - first <= _LONGEST_NAME


def _may_begin_with_office(address: Candidate, findings: Findings) -> bool:
    """Whether an address begins with the line of an office that is no police: "Ayuntamiento de Gijón"."""
    tagged, read = findings.tagged.get(id(address.passage)), address.passage.words
    first, end = address.first, _behind_first_piece(address, tagged)
    senses = frozenset().union(*read.senses[first:end])
    numbered = any(c.isdigit() for form in read.forms[first:end] for c in form)
    return end < address.last and not numbered and "outsider" in senses and "street" not in senses


def _may_be_home(address: Candidate) -> bool:
    """Whether the words before an address, in its sentence, speak of a home: "send it to my house, 5 ..."."""
    passage, read = address.passage, address.passage.words
    start, _ = sentence_around(passage.text, address.start, address.end)
    return read.spelling.home.search(read.folded, start, address.start) is not None


def _behind_first_piece(address: Candidate, tagged: Tagged | None) -> int:
    """The word behind the first piece of an address in prose; behind the last word where nothing is cut."""
    first, last = address.first, address.last
    if tagged is None or address.rule in _TRUSTED_WHOLE or not tagged.first <= first < last <= tagged.last:
        return last
    pieces = (i for i in range(first + 1, last) if tagged.separators[i - tagged.first] in PIECE_ENDS)
    return next(pieces, last)


def _is_of_another_town(account: Account, findings: Findings) -> bool:
    """Whether an agency is called after a town, and both address and account after another.

    "Following the lead of the Toronto Police we join with @LeedsNorth, 12 Elland Road, Leeds."
    """
    mention, name, address = account.mention, account.name.chosen, account.address.chosen
    if mention is None or name is None or address is None:
        return False
    called = _town_words(name, findings)
    if not called:
        return False  # most names are of no town: nothing more to spell in Latin letters
    there = _town_words(address, findings)
    handle = mention.key.replace("_", "")
    return (
        called.isdisjoint(there)
        and any(word in handle for word in there)
        and not any(word[:_OF_TOWNS] in handle for word in latin_words(" ".join(telling_words(name))))
    )


def _town_words(candidate: Candidate, findings: Findings) -> set[str]:
    """The first letters, in Latin ones, of the words of the settlements in a name or address."""
    read, passage = candidate.passage.words, candidate.passage
    named = towns_in(passage, candidate.first, candidate.last, findings)
    words = latin_words(" ".join(read.forms[i] for _, first, last in named for i in range(first, last)))
    return {word[:_OF_TOWNS] for word in words if len(word) >= _OF_TOWNS}


#: Of a town's name the first letters count: "Helsingin" is of "Helsinki".
_OF_TOWNS = 5


def _may_be_called(read: Words, tagged: Tagged, i: int) -> bool:
    """Whether a person may be called by a word: nothing is known but that persons or a town bear it."""
    known = (
        bool(read.senses[i] - ANYWHERE) or tagged.places.get(i) in ("land", "reg") or i in tagged.place_spans
    )
    return not known and not read.forms[i][0].isdigit()


_LONGEST_NAME = 3


def _may_begin_later(name: Candidate, findings: Findings) -> bool:
    """Whether a name's first word has its capital from the sentence: "Count Ballarat Police in", "Proud ...".

    So it may be where the second word begins the name of a place, the first is no place that many know ("Add"
    is a village), and the mail nowhere else says the whole.
    """
    tagged, read = findings.tagged.get(id(name.passage)), name.passage.words
    first, last = name.first, name.last
    if tagged is None or last - first < 3 or not tagged.first <= first < last < tagged.last:
        return False
    begins = tagged.separators[first - tagged.first] in _SENTENCE_BEGINS
    goes_on = tagged.separators[last - tagged.first] == " "
    apart = tagged.place_spans.get(first, (first, first + 1))[1] == first + 1
    placed = first + 1 in tagged.places and apart and tagged.places.get(first) in (None, "loc")
    told = not read.senses[first].isdisjoint(_OF_NAMES) or findings.echo(name)[0] > 0
    return begins and goes_on and placed and not told


#: Meanings of words that an agency's name may begin with.
_OF_NAMES = frozenset({"police", "unit", "building"})
_SENTENCE_BEGINS = frozenset({"^", "%", "/n", "/n,", "/n.", "."})


def _doubt_handle(mention: Mention, account: Account, findings: Findings) -> tuple[Confidence, str] | None:
    """What is in doubt about a handle that stands in the sender's own words."""
    own = is_own(findings.letters.get(mention.key, ()))
    if mention.rule in ("label", "table") and not own and not looks_like_handle(mention.handle):
        return Confidence.LOOK, "a plain word: is it the account?"
    if SPACED in mention.hints:
        return Confidence.LOOK, "a space ends it: does it go on behind?"
    if EARLIER in mention.hints:
        return Confidence.LOOK, f"the list it stands in is called “{mention.passage.part.name}”"
    if _is_only_attached(mention, findings) and _tells_of_change(findings):
        return Confidence.LOOK, "the mail says something of the account in the attachment"
    if any(other.key == mention.key and SAID_NOT in other.hints for other in findings.mentions):
        return Confidence.LOOK, "elsewhere the mail says not to take it"
    if account.count > 1 and account.name.chosen is not None and _is_denied(account.name.chosen, findings):
        return Confidence.LOOK, "elsewhere the mail says not to take this agency"
    single = findings.singled_out() if account.count > 1 else frozenset()
    if single and mention.key not in single:
        return Confidence.LOOK, "the mail says “only” of another account"
    return None


def _is_only_attached(mention: Mention, findings: Findings) -> bool:
    return all(other.origin is Origin.ATTACHMENT for other in findings.mentions if other.key == mention.key)


def _tells_of_change(findings: Findings) -> bool:
    """Whether a sentence without a handle tells of an account and of change: "the handle in it is old"."""
    for passage in findings.view.passages(Origin.BODY, Origin.FORWARDED):
        here = [mention.start for mention in findings.mentions if mention.passage is passage]
        for hit in passage.words.hits:
            if "label.handle" not in hit.term.meanings:
                continue
            start, end = sentence_around(passage.text, hit.start, hit.end)
            named = any(start <= position < end for position in here)
            if not named and not _OF_CHANGE.isdisjoint(passage.words.meanings_in(start, end)):
                return True
    return False


#: Meanings that say that an account is another one, or will be.
_OF_CHANGE = frozenset({"former", "negation", "no_account", "later", "update", "withdraw", "ignore"})


def _is_denied(name: Candidate, findings: Findings) -> bool:
    """Whether "not" or "except" stands elsewhere right before a word that tells a name: "all except York"."""
    telling = set(telling_words(name))
    return any(
        passage.words.forms[i] in telling and not (passage is name.passage and name.first <= i < name.last)
        for passage, i in findings.behind_denials()
    )


def _says_officer(findings: Findings) -> bool:
    """Whether a label asks whose account it is and is told: an officer's."""
    return any(
        value.passage.words.spelling.individual.search(fold(ticked_part(value.value)))
        for value in findings.labels("participant")
    )


def _holds(handle: str, value: str) -> bool:
    """Whether the account's own name stands in a value: "RPD_Traffic Riverton Police", but not "Riverton"."""
    return looks_like_handle(handle) and handle.casefold() in map(str.casefold, WORD.findall(value))


_SENTENCE = re.compile(r"(?<=[^\W\d_]{4})[.!?]\s{1,4}\w|[。！？।۔։።។။]")
_LABEL = re.compile(r"[^\W\d_]\s?[:：=]\s")
#: What a form writes between a question and its answer, or around the question; no name or address holds it.
_ASKED = re.compile(r"=|->|→|\.{4}|_{4}|…|^\s?[\[【]")
#: Two letters, or one with a sign that is written onto it: \w holds no vowel signs of India.
_WORD = re.compile(
    r"[^\W\d_](?:[^\W\d_]|[\u0900-\u0fff\u1000-\u109f\u1780-\u17ff])|[\u3040-\u9fff\uac00-\ud7a3]"
)
#: Meanings that no name begins with.
_NO_BEGINNING = frozenset({"mine", "ours", "link", "common", "register", "located"})


def _doubt_shape(field: str, chosen: Candidate | None) -> str:
    """What the look of a name or address leaves in doubt; "" if nothing."""
    if chosen is None:
        return ""
    value = chosen.value
    if _SENTENCE.search(value):
        return "it may run on into the next sentence"
    if value[:1].islower() or "@" in value or "_" in value:
        return "where it begins and ends is not sure"
    if field == "name":
        read = chosen.passage.words
        police = "police" in read.senses[chosen.first]
        if not police and not read.senses[chosen.first].isdisjoint(_NO_BEGINNING):
            return "where it begins and ends is not sure"
    elif _LABEL.search(value):
        return "a label may stand in it"
    elif _WORD.search(value) is None or not (chosen.digits or chosen.rule in _TRUSTED_WHOLE):
        return "no street, number or box that is sure: is the address whole?"
    return ""


#: An address under a label or in a table may do without a number.
_TRUSTED_WHOLE = frozenset({"label", "table"})


def _labelled(field: str, account: Account) -> bool:
    chosen = _chosen(field, account)
    return chosen is not None and chosen.rule in ("label", "table")


def _chosen(field: str, account: Account) -> Candidate | None:
    """The words chosen for a name or address; none for what is not chosen among words."""
    return _choice(field, account).chosen if field in ("name", "address") else None


def _choice(field: str, account: Account) -> Choice:
    return account.name if field == "name" else account.address


def describe_trust(field: str, account: Account, findings: Findings) -> list[Feature]:
    """The features of a field's being right; they count under the field's name."""
    mention = account.mention
    features: list[Feature] = [
        "bias",
        ("kind", account.kind, "sure", _step(account.kind_lead)),
        ("sure", _step(account.kind_lead)),
        ("accounts", min(account.count, 3)),
        ("left", min(account.left, 2)),
        ("record", account.record is not None),
        ("officer", account.officer, "sure", _step(abs(account.officer_points))),
        ("points", _step(account.points)),
        ("ahead", "alone" if account.lead is None else _step(account.lead)),
    ]
    if mention is not None:
        features += [
            ("doubts", min(len(DOUBTS & mention.hints), 2)),
            ("rule", mention.rule),
            ("origin", mention.origin),
            *findings.letters.get(mention.key, ()),
        ]
    if field == "participant":
        features += _describe_owner(account)
    if field in ("name", "address"):
        features += _describe_choice(_choice(field, account), field, account, findings)
    return features


def _describe_owner(account: Account) -> list[Feature]:
    """What spoke for an officer or an agency, each time with what was decided."""
    told = ("told", account.officer)
    return [
        *((*told, feature) if isinstance(feature, str) else (*told, *feature) for feature in account.owner),
        ("lead in fifties", min(abs(account.officer_points), 600) // 50),
    ]


def _describe_choice(choice: Choice, field: str, account: Account, findings: Findings) -> list[Feature]:
    chosen = choice.chosen
    if chosen is None:
        return ["none"]
    pool = findings.names if field == "name" else findings.addresses
    own = set(chosen.key.split())
    read = [other for other in pool if other.rule in _TRUSTED]
    distinct = len({other.key for other in read})
    overlapping = sum(other is not chosen and chosen.overlaps(other) for other in read)
    elsewhere = sum(other.origin is not chosen.origin and other.key == chosen.key for other in read)
    sender = findings.clues.called
    shape = _doubt_shape(field, chosen)
    lead, rule, origin = _step(choice.lead), chosen.rule, chosen.origin
    rival = choice.others[0] if choice.others else None
    rivalry = "none" if rival is None else "overlapping" if chosen.overlaps(rival) else "apart"
    return [
        *choice.features,
        ("lead", lead),
        ("lead in fifties", min(choice.lead, 600) // 50),
        ("clear in fifties", min(choice.clear, 600) // 50),
        ("rival", rivalry, lead),
        ("won", _step(choice.points)),
        ("made", rule, "lead", lead),
        ("made", rule, "clear", _step(choice.clear)),
        ("shape", shape),
        ("shape", shape, rule),
        ("from", origin, rule),
        ("distinct", min(distinct, 4)),
        ("overlapping", min(overlapping, 2)),
        ("elsewhere", min(elsewhere, 2)),
        ("sender has it", own <= sender),
        ("sender part", bool(own & sender)),
        ("accounts", min(account.count, 3), "distinct", min(distinct, 3)),
    ]


#: Rules that read a value as what it is; the others only propose.
_TRUSTED = frozenset({"read", "label", "table"})


def _step(points: int) -> int:
    return max(min(points, 1000), -200) // 100

"""What leaves a value in doubt, whatever speaks for it: rules that nothing overrides.

A bare word, a quoted value, a change or a withdrawal is never ready by itself, two equal readings are
never decided, and no address of a home gets onto a map unseen.
"""

from __future__ import annotations

import re

from poltwt_console.domain.registration import Confidence
from poltwt_console.extraction.boxes import ticked_part
from poltwt_console.extraction.candidates import Candidate, telling_words
from poltwt_console.extraction.clues import is_own, latin_words
from poltwt_console.extraction.features import PIECE_ENDS, Tagged
from poltwt_console.extraction.findings import Findings
from poltwt_console.extraction.lexicon import Words
from poltwt_console.extraction.local_part import RULE as LOCAL_PART
from poltwt_console.extraction.mention import (
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

#: LOOK or MISSING, and the reason in words.
Doubt = tuple[Confidence, str]


def choice_of(field: str, account: Account) -> Choice:
    """What was chosen for a name or an address."""
    return account.name if field == "name" else account.address


def rule_out(field: str, account: Account, findings: Findings) -> Doubt | None:
    """Why a field cannot be ready; None where nothing says so."""
    if field == "handle":
        return _doubt_handle(account, findings)
    if field == "participant":
        told = not account.officer and _says_officer(findings)
        return (Confidence.LOOK, "under a label it says officer") if told else None
    choice = choice_of(field, account)
    if choice.chosen is None:
        return Confidence.MISSING, ""
    said = _doubt_choice(choice, choice.chosen, account.mention)
    if not said and field == "address":
        said = _doubt_address(choice.chosen, account, findings)
    if not said and field == "name":
        said = _doubt_name(choice.chosen, account, findings)
    return (Confidence.LOOK, said) if said else None


#: How far ahead the kind of a mail must be: of what was read as accounts in 1,590 mails of nine authors, 14
#: of 108 with a smaller lead were none, and 17 of 1,570 others.
_LEAST_KIND_LEAD = 250


def _doubt_handle(account: Account, findings: Findings) -> Doubt | None:
    mention = account.mention
    if account.kind != "register":
        return Confidence.LOOK, "a change to what is registered: compare both"
    if mention is None:
        return Confidence.MISSING, "no Twitter name is given"
    said = _doubt_form(mention, account) or _doubt_mention(mention, account, findings)
    return (Confidence.LOOK, said) if said else None


def _doubt_form(mention: Mention, account: Account) -> str:
    """What is in doubt about how a handle is written, and where."""
    if account.kind_lead < _LEAST_KIND_LEAD:
        return "whether the mail signs up is in doubt"
    if mention.rule == "bare word":
        return "a bare word, no @ before it"
    if RESPELLED in mention.hints:
        return "letters of another alphabet or unseen signs stand in it"
    if mention.rule == LOCAL_PART:
        return "described as the part before the @ of a mail address"
    return "only in quoted text" if mention.origin is Origin.QUOTED else ""


def _doubt_mention(mention: Mention, account: Account, findings: Findings) -> str:
    """What else the mail says of a handle that stands in the sender's own words."""
    own = is_own(findings.letters.get(mention.key, ()))
    if mention.rule in ("label", "table") and not own and not looks_like_handle(mention.handle):
        return "a plain word: is it the account?"
    if SPACED in mention.hints:
        return "a space ends it: does it go on behind?"
    if EARLIER in mention.hints:
        return f"the list it stands in is called “{mention.passage.part.name}”"
    if _is_only_attached(mention, findings) and findings.tells_of_change():
        return "the mail says something of the account in the attachment"
    if any(other.key == mention.key and SAID_NOT in other.hints for other in findings.mentions):
        return "elsewhere the mail says not to take it"
    if account.count > 1 and account.name.chosen is not None and _is_denied(account.name.chosen, findings):
        return "elsewhere the mail says not to take this agency"
    single = findings.singled_out() if account.count > 1 else frozenset()
    if single and mention.key not in single:
        return "the mail says “only” of another account"
    return ""


def _is_only_attached(mention: Mention, findings: Findings) -> bool:
    return all(other.origin is Origin.ATTACHMENT for other in findings.mentions if other.key == mention.key)


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


def _doubt_choice(choice: Choice, chosen: Candidate, mention: Mention | None) -> str:
    """What is in doubt about a name or address alike."""
    if chosen.origin is Origin.QUOTED:
        return "only in quoted text"
    if choice.lead == 0:
        return "two readings are equally good"
    if choice.crossed:
        return "some of its words are read for another account, too"
    if _WORD.search(chosen.value) is None:
        return "it holds no word"
    if _ASKED.search(chosen.value) is not None:
        return "a label may stand in it"
    if mention is not None and _holds(mention.handle, chosen.value):
        return "the Twitter name stands in it"
    return ""


def _holds(handle: str, value: str) -> bool:
    """Whether the account's own name stands in a value: "RPD_Traffic Riverton Police", but not "Riverton"."""
    return looks_like_handle(handle) and handle.casefold() in map(str.casefold, WORD.findall(value))


#: What a form writes between a question and its answer, or around the question; no name or address holds it.
_ASKED = re.compile(r"=|->|→|\.{4}|_{4}|…|^\s?[\[【]")
#: Two letters, or one with a sign that is written onto it: \w holds no vowel signs of India.
_WORD = re.compile(
    r"[^\W\d_](?:[^\W\d_]|[\u0900-\u0fff\u1000-\u109f\u1780-\u17ff])|[\u3040-\u9fff\uac00-\ud7a3]"
)


def _doubt_address(address: Candidate, account: Account, findings: Findings) -> str:
    if account.count == 1 and _is_beside_name(account, findings):
        return "another address stands right behind the agency's name"
    if _may_begin_with_person(address, findings):
        return "its first words may be a person's name"
    if _may_begin_with_office(address, findings):
        return "its first words may be another office's name"
    return "it may be where somebody lives" if _may_be_home(address) else ""


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
        and not TRUSTED.isdisjoint(other.rules)
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


def _may_be_called(read: Words, tagged: Tagged, i: int) -> bool:
    """Whether a person may be called by a word: nothing is known but that persons or a town bear it."""
    known = (
        bool(read.senses[i] - ANYWHERE) or tagged.places.get(i) in ("land", "reg") or i in tagged.place_spans
    )
    return not known and not read.forms[i][0].isdigit()


_LONGEST_NAME = 3


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
    if tagged is None or address.rule in LABELLED or not tagged.first <= first < last <= tagged.last:
        return last
    pieces = (i for i in range(first + 1, last) if tagged.separators[i - tagged.first] in PIECE_ENDS)
    return next(pieces, last)


def _doubt_name(name: Candidate, account: Account, findings: Findings) -> str:
    if _is_of_another_town(account, findings):
        return "account and address are another town's"
    return "its first word may only begin the sentence" if _may_begin_later(name, findings) else ""


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


def doubt_shape(field: str, chosen: Candidate | None) -> str:
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
    elif _WORD.search(value) is None or not (chosen.digits or chosen.rule in LABELLED):
        return "no street, number or box that is sure: is the address whole?"
    return ""


_SENTENCE = re.compile(r"(?<=[^\W\d_]{4})[.!?]\s{1,4}\w|[。！？।۔։።។။]")
_LABEL = re.compile(r"[^\W\d_]\s?[:：=]\s")
#: Meanings that no name begins with.
_NO_BEGINNING = frozenset({"mine", "ours", "link", "common", "register", "located"})
#: Rules by which a label or the head of a column says what a value is: its address may do without a number.
LABELLED = frozenset({"label", "table"})
#: Rules that read a value as what it is; the others only propose.
TRUSTED = LABELLED | {"read"}

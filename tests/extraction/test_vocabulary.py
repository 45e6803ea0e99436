"""The vocabularies are data: every file is sound, and a language can be added without a line of code."""

from __future__ import annotations

import tomllib
import unicodedata
from pathlib import Path

import pytest

from poltwt_console import paths
from poltwt_console.extraction import OwnPattern, extract, load_vocabulary
from poltwt_console.extraction.asked import classify_label
from poltwt_console.extraction.lexicon import read_words
from poltwt_console.extraction.mention import RESERVED, is_handle
from poltwt_console.extraction.terms import LABELS, MEANINGS
from poltwt_console.extraction.text import UNSPACED, fold, words
from poltwt_console.extraction.vocabulary import read_language
from poltwt_console.mailbox.phrases import load_phrases
from tests.extraction.conftest import mail

FILES = sorted((paths.resources() / "vocabulary").glob("*.toml"))
#: Labels that a mail can hardly do without.
NEEDED = {"handle", "name", "address"}
#: Meanings that a language holds once it can be read in full.
FULL = {
    "police", "unit", "rank", "mine", "ours", "greeting", "closing", "register", "update", "withdraw",
    "absence", "refusal", "question", "press", "thanks", "later", "no_account", "former", "negation",
    "others", "outsider", "same", "located", "street", "remains",
}  # fmt: skip
#: Fields of the header lines of a quoted mail that are words of a language.
HEADER = ("from", "date", "to", "subject")


def test_at_least_70_languages() -> None:
    assert len(FILES) >= 70


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_file_is_sound(path: Path) -> None:
    language = read_language(path)
    assert language.code == path.stem
    assert language.name
    assert set(language.labels) >= NEEDED
    assert "police" in language.words
    assert "greeting" in language.words
    assert "register" in language.words
    for terms in (*language.labels.values(), *language.forms.values(), *language.words.values()):
        assert terms, "an empty list"
        assert len(set(terms)) == len(terms), "a term twice"
        for term in terms:
            _check_term(term)
    for key, terms in language.spelling.items():
        assert terms, "an empty list"
        assert len(set(terms)) == len(terms), "a term twice"
        for term in terms:
            assert len({*map(_script, filter(str.isalpha, term))} - {""}) < 2, (
                f"{term!r}: letters of two scripts"
            )
            assert key != "no_handle" or is_handle(term) or term in RESERVED, (
                f"{term!r} is no possible handle"
            )


def _script(letter: str) -> str:
    """What a letter's name begins with, for the alphabets that are easily mixed up."""
    script = unicodedata.name(letter, "").split()[0]
    return script if script in ("LATIN", "GREEK", "CYRILLIC", "THAI", "ARABIC", "HEBREW") else ""


def test_at_least_55_languages_are_read_in_full() -> None:
    languages = [read_language(path) for path in FILES]
    full = {
        language.code
        for language in languages
        if set(language.labels) >= set(LABELS) - {"ignore"} and set(language.words) >= FULL
    }
    assert len(full) >= 55
    with (paths.resources() / "mail" / "phrases.toml").open("rb") as file:
        openers = tomllib.load(file)
    known = load_phrases()
    for code in sorted(full):
        assert code in openers, f"{code}: nothing opens a quote"
        said = openers[code]
        assert any(known.wrote.fullmatch(verb.casefold()) for verb in said.get("wrote", ())), (
            f"{code}: no verb"
        )
        for marks in ("forwarded", "original"):
            assert said.get(marks), f"{code}: no mark {marks}"
        for field in HEADER:
            words_of_field = [word.casefold() for word in said.get(field, ())]
            assert words_of_field, f"{code}: no header line {field}"
            assert all(word in known.fields for word in words_of_field)


def _check_term(term: str) -> None:
    parts = words(fold(term))
    assert parts, f"{term!r} holds no word"
    assert len(parts) <= 8, f"{term!r} is longer than a phrase may be"
    if "*" in term:
        assert len(parts) == 1, f"{term!r}: a star stands in single words only"
        both = term.startswith("*") and term.endswith("*")
        least = 5 if both else 3 if term.endswith("*") else 2
        assert len(parts[0]) >= least or UNSPACED.search(term), f"{term!r} would be found everywhere"


def test_unknown_key_is_refused(tmp_path: Path) -> None:
    (tmp_path / "xx.toml").write_text(
        'language = "xx"\nname = "X"\n[labels]\nhandel = ["x"]\n', encoding="utf-8"
    )
    with pytest.raises(ValueError, match="handel"):
        read_language(tmp_path / "xx.toml")


TOY = """
language = "tlh"
name = "Toyish"

[labels]
handle = ["blorp nim"]
name = ["grunk"]
address = ["wuzzle"]

[words]
police = ["zorpokor*"]
greeting = ["fleem"]
closing = ["snarg"]
register = ["drimbo"]
"""


def test_a_language_is_added_by_data_alone(tmp_path: Path) -> None:
    (tmp_path / "tlh.toml").write_text(TOY, encoding="utf-8")
    vocabulary = load_vocabulary(tmp_path)
    found = extract(
        mail(
            "Fleem!\n\nDrimbo.\nBlorp nim: RivertonZ\nGrunk: Zorpokorim Riverton\n"
            "Wuzzle: Splat 12, Riverton\n\nSnarg"
        ),
        None,
        vocabulary,
    )
    assert found.language == "tlh"
    registration = found.registrations[0]
    assert registration.handle.value == "RivertonZ"
    assert registration.name.value == "Zorpokorim Riverton"
    assert registration.address.value == "Splat 12, Riverton"
    assert registration.address.rule == "label"


SPELLING = """
[spelling]
networks = ["flumpbook", "quux*"]
at_sign = ["snorkel"]
dot = ["blip"]
slash = ["zash"]
mail = ["ploot"]
example = ["f. i."]
no_handle = ["vorb"]
ditto = ["shmul"]
"""


@pytest.mark.parametrize(
    ("line", "handle"),
    [
        ("@RivertonZ", "RivertonZ"),
        ("snorkel RivertonZ", "RivertonZ"),
        ("twitter blip com zash RivertonZ", "RivertonZ"),
        ("Blorp nim: RivertonZ", "RivertonZ"),
        ("Blorp nim: Vorb", None),
        ("F.i. @RivertonZ", None),
        ("f. i.: @RivertonZ", None),
        ("Flumpbook: @RivertonZ", None),
        ("Quuxling: @RivertonZ", None),
        ("kaploots @ RivertonZed", "RivertonZed"),
        ("kaploots wogel @ riverton", "dana"),  # the part before the sign of the mail address
    ],
)
def test_what_a_language_spells_out_is_data(line: str, handle: str | None, tmp_path: Path) -> None:
    (tmp_path / "tlh.toml").write_text(TOY + SPELLING, encoding="utf-8")
    text = f"Fleem!\n\nDrimbo.\n{line}\nGrunk: Zorpokorim Riverton\nWuzzle: Splat 12, Riverton\n\nSnarg"
    (one,) = extract(mail(text), None, load_vocabulary(tmp_path)).registrations
    assert one.handle.value == handle


def test_what_repeats_the_cell_above_is_data(tmp_path: Path) -> None:
    (tmp_path / "tlh.toml").write_text(TOY + SPELLING, encoding="utf-8")
    rows = [
        "Grunk\tBlorp nim\tWuzzle",
        "Zorpokorim Riverton\t@RivertonZ\tSplat 12, Riverton",
        "Zorpokorim Minton\t@MintonZ\tWend 4, Minton",
        "Zorpokorim Milton\t@MiltonZ\tshmul",
    ]
    found = extract(mail("Fleem!\n\nDrimbo.\n\n" + "\n".join(rows)), None, load_vocabulary(tmp_path))
    addresses = [one.address.value for one in found.registrations]
    assert addresses == ["Splat 12, Riverton", "Wend 4, Minton", "Wend 4, Minton"]


def test_what_only_forms_ask_heads_a_value_and_says_nothing_in_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "tlh.toml").write_text(
        TOY.replace("[words]", '[forms]\nstreet = ["splork"]\n\n[words]'), encoding="utf-8"
    )
    vocabulary = load_vocabulary(tmp_path)
    assert classify_label("Splork", vocabulary) == "street"
    assert read_words("The splork is closed.", vocabulary).hits == []


def test_own_pattern_heads_a_field() -> None:
    message = mail(
        "Hello, please register us.\nOur den: 12 Mill Road, Riverton OH 44001\n@RivertonPD, Riverton Police"
    )
    own = (OwnPattern("our den", "address"),)
    assert extract(message, None, load_vocabulary(own=own)).registrations[0].address.rule == "label"


def test_own_pattern_is_literal() -> None:
    vocabulary = load_vocabulary(own=[OwnPattern("(a+)+$ .*", "name"), OwnPattern("", "name")])
    assert extract(mail("(a+)+$ .*: x" + "a" * 5000), None, vocabulary).kind


def test_given_names_are_known_in_any_language_and_tell_none() -> None:
    vocabulary = load_vocabulary()
    read = read_words("Giulia e Matteo; Wanjiku", vocabulary)
    read.narrow(frozenset({"en", ""}))
    assert [form for form, senses in zip(read.forms, read.senses, strict=True) if "given_name" in senses] == [
        "giulia",
        "matteo",
        "wanjiku",
    ]
    body = "Please register @RivertonPD.\n\nBest regards\nGiulia, Matteo, Chiara, Lorenzo and Francesca"
    assert extract(mail(body), None, vocabulary).language == "en"


def test_a_term_of_one_language_is_no_compound_of_another() -> None:
    read = read_words("politie brigade Inspektor Hauptstraße Rantatie", load_vocabulary())
    assert ["street" in senses for senses in read.senses] == [False, False, False, True, True]


def test_a_word_in_small_letters_is_no_given_name() -> None:
    read = read_words("Ali je tu, ali kasni", load_vocabulary())
    assert ["given_name" in senses for senses in read.senses] == [True, False, False, False, False]


def test_terms_are_found_in_scripts_without_spaces() -> None:
    read = read_words("推特帳號taipei_police", load_vocabulary())
    assert any("label.handle" in senses for senses in read.senses)
    assert "taipei_police" in read.forms


@pytest.mark.parametrize("around", ["{}", "{}\u0f0b", "\u0f0b{}", "{}\u0fb2", "{} {}", "x{}x"])
def test_terms_of_scripts_without_spaces_are_read_wherever_they_are_cut(around: str) -> None:
    vocabulary = load_vocabulary()
    for terms in vocabulary.unspaced.values():
        for text, _ in terms:
            for end in {len(text), len(text) - 1} - {0}:
                written = around.format(text[:end], text[end:])
                read = read_words(written, vocabulary)
                assert all(0 <= hit.first < hit.last <= len(read) for hit in read.hits), written


def test_folding_keeps_the_length() -> None:
    for text in ("Straße İzmir ﬁ", "ＡＢＣ１２３", "القيادة", "한국 경찰", "e\u0301", "\U0001f46e police"):
        assert len(fold(text)) == len(text)


def test_names() -> None:
    assert len(set(LABELS)) == len(LABELS)
    assert len(set(MEANINGS)) == len(MEANINGS)

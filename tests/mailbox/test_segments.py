"""Body, quotes, forwards, signature, legal footer and the organiser's own call told apart."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from poltwt_console.domain.message import Organiser, SegmentKind
from poltwt_console.mailbox.phrases import load_phrases
from poltwt_console.mailbox.segments import find_segments, read_prefix

ORGANISER = Organiser(
    frozenset({"organiser@tweetathon.example"}), calls=("Send us your Twitter name and address.\nSee you!",)
)
B, Q, F, S, D, C = (
    SegmentKind.BODY,
    SegmentKind.QUOTED,
    SegmentKind.FORWARDED,
    SegmentKind.SIGNATURE,
    SegmentKind.DISCLAIMER,
    SegmentKind.CALL,
)


def kinds(text: str, subject: str = "", **more: object) -> list[tuple[SegmentKind, str]]:
    segments = find_segments(text, subject=subject, organiser=ORGANISER, **more)  # type: ignore[arg-type]
    return [(segment.kind, text[segment.start : segment.end].strip()) for segment in segments]


#: "On <date>, <name> wrote:" as programs in these languages write it.
ATTRIBUTIONS = {
    "en": "On Thu, Oct 17, 2013 at 11:05 AM, Ann Doyle <ann@x.example> wrote:",
    "en two lines": "On Thu, Oct 17, 2013 at 11:05 AM, Ann Doyle <ann@x.example>\nwrote:",
    "en no address": "On 4/12/24 9:00 AM, Ann Doyle wrote:",
    "de": "Am 15. Oktober 2013 um 11:05 schrieb Ann Doyle <ann@x.example>:",
    "de short": "Am 15.10.2013 schrieb Ann Doyle:",
    "fr": "Le 15 oct. 2013 à 11:05, Ann Doyle <ann@x.example> a écrit :",
    "es": "El 15 de octubre de 2013 11:05, Ann Doyle <ann@x.example> escribió:",
    "it": "Il giorno 15 ottobre 2013 11:05, Ann Doyle <ann@x.example> ha scritto:",
    "pt": "Em 15 de outubro de 2013 11:05, Ann Doyle <ann@x.example> escreveu:",
    "nl": "Op 15 oktober 2013 11:05 schreef Ann Doyle <ann@x.example>:",
    "sv": "Den 15 oktober 2013 11:05 skrev Ann Doyle <ann@x.example>:",
    "da": "Den 15. okt. 2013 kl. 11.05 skrev Ann Doyle <ann@x.example>:",
    "fi": "Ann Doyle <ann@x.example> kirjoitti 15.10.2013 kello 11.05:",
    "pl": "W dniu 15.10.2013 11:05, Ann Doyle pisze:",
    "cs": "Dne 15. října 2013 11:05 Ann Doyle <ann@x.example> napsal(a):",
    "hu": "2013. október 15. 11:05 Ann Doyle írta, <ann@x.example>:",
    "ru": "15 октября 2013 г., 11:05 пользователь Ann Doyle <ann@x.example> написал:",
    "uk": "15 жовтня 2013 р. 11:05 Ann Doyle <ann@x.example> написав:",
    "tr": "15 Ekim 2013 11:05 tarihinde Ann Doyle <ann@x.example> yazdı:",
    "el": "Στις 15 Οκτωβρίου 2013 - 11:05 π.μ., ο χρήστης Ann Doyle <ann@x.example> έγραψε:",
    "he": "בתאריך 15 באוקטובר 2013 11:05, מאת Ann Doyle <ann@x.example>:",
    "ar": "في 15 أكتوبر 2013 11:05 ص، كتب Ann Doyle <ann@x.example>:",
    "ja": "2013年10月15日 11:05 Ann Doyle <ann@x.example>:",
    "zh": "Ann Doyle <ann@x.example> 于2013年10月15日周二 11:05写道：",
    "ko": "2013년 10월 15일 오전 11:05, Ann Doyle <ann@x.example>님이 작성:",
    "groupwise": ">>> Ann Doyle <ann@x.example> 10/15/2013 7:37 AM >>>",
    "no verb": "2013/10/15 Ann Doyle <ann@x.example>",
    "vi": "Vào 11:05 15 tháng 10, 2013, Ann Doyle <ann@x.example> đã viết:",
}


@pytest.mark.parametrize("name", ATTRIBUTIONS)
def test_attributions(name: str) -> None:
    text = f"Yes please.\n\n{ATTRIBUTIONS[name]}\n\n> old words\n> more\n"
    segments = find_segments(text, subject="Re: x", organiser=ORGANISER)
    assert [segment.kind for segment in segments] == [B, Q]
    assert text[: segments[0].end].strip() == "Yes please."
    assert segments[1].author is not None
    assert segments[1].author.name == "Ann Doyle"
    if "<ann@" in text:
        assert segments[1].author.email == "ann@x.example"


#: The words of a header block: forwarded mark, From, Date, To, Subject.
HEADERS = {
    "en": ("-----Original Message-----", "From", "Sent", "To", "Subject"),
    "de": ("-----Ursprüngliche Nachricht-----", "Von", "Gesendet", "An", "Betreff"),
    "fr": ("-----Message d'origine-----", "De", "Envoyé", "À", "Objet"),
    "es": ("-----Mensaje original-----", "De", "Enviado el", "Para", "Asunto"),
    "it": ("-----Messaggio originale-----", "Da", "Inviato", "A", "Oggetto"),
    "pt": ("-----Mensagem original-----", "De", "Enviada em", "Para", "Assunto"),
    "nl": ("-----Oorspronkelijk bericht-----", "Van", "Verzonden", "Aan", "Onderwerp"),
    "sv": ("-----Ursprungligt meddelande-----", "Från", "Skickat", "Till", "Ämne"),
    "pl": ("-----Wiadomość oryginalna-----", "Od", "Wysłano", "Do", "Temat"),
    "ru": ("-----Исходное сообщение-----", "От", "Отправлено", "Кому", "Тема"),
    "tr": ("-----Orijinal Mesaj-----", "Kimden", "Gönderildi", "Kime", "Konu"),
    "zh": ("-----邮件原件-----", "发件人", "发送时间", "收件人", "主题"),
    "ja": ("-----元のメッセージ-----", "差出人", "送信日時", "宛先", "件名"),
    "ko": ("-----원본 메시지-----", "보낸 사람", "보낸 날짜", "받는 사람", "제목"),
    "he": ("-----הודעה מקורית-----", "מאת", "נשלח", "אל", "נושא"),
    "ar": ("-----الرسالة الأصلية-----", "من", "تاريخ الإرسال", "إلى", "الموضوع"),
}


@pytest.mark.parametrize("marked", [True, False], ids=["with mark", "bare"])
@pytest.mark.parametrize("language", HEADERS)
def test_header_blocks(language: str, marked: bool) -> None:
    mark, sender, date, to, subject = HEADERS[language]
    block = f"{sender}: Kim Lee <kim@x.example>\n{date}: 02.10.2013 14:20\n{to}: all\n{subject}: account\n"
    text = f"see below\n\n{mark if marked else ''}\n{block}\nInner Police, @sample\n"
    forward = find_segments(text, subject="Fwd: account", organiser=ORGANISER)
    assert [segment.kind for segment in forward] == [B, F]
    assert str(forward[1].author) == "Kim Lee <kim@x.example>"
    assert forward[1].date is not None
    assert forward[1].date.isoformat() == "2013-10-02T14:20:00+00:00"
    assert [kind for kind, _ in kinds(text, "Re: account")] == [B, Q]


def test_what_the_organiser_wrote_is_a_quote_even_in_a_forward() -> None:
    text = "Yes.\n\nFrom: The Organiser <organiser@tweetathon.example>\nSent: 1.10.2013\n\ne.g. @anytownpd\n"
    assert [kind for kind, _ in kinds(text, "Fwd: call")] == [B, Q]


@pytest.mark.parametrize(
    ("text", "head"),
    [
        ("Forwarded message:\nFrom: Ann <ann@x.example>\nTo: b@y.example\n\nTwitter: @sample\n", 3),
        ("From: Ann <ann@x.example>\nSent: 1 October 2013\nTwitter: @sample\n", 2),
        ("-------- Original Message --------\nTwitter: @sample\n", 1),
        ("Twitter: @sample\nAddress: Main Street 1\n", 0),
        ("On 4/12/24 9:00 AM, Ann Doyle wrote:\n> Twitter: @sample\n", 1),
    ],
)
def test_what_introduces_a_mail_is_told_from_what_it_says(text: str, head: int) -> None:
    (segment,) = find_segments(text, subject="Fwd: account", organiser=ORGANISER)
    assert text[: segment.head].count("\n") == head


def test_answers_between_quotes_are_body() -> None:
    text = "> Name?\n@sample\n> Address?\nMain Street 1\n"
    assert kinds(text, "Re: x") == [(Q, "> Name?"), (B, "@sample"), (Q, "> Address?"), (B, "Main Street 1")]


BLOCK = "From: Lauri Stevens <lauri@poltwt.example>\nSent: Monday\nSubject: call\n\n"


def test_answers_between_marked_lines_below_a_header_block_are_body() -> None:
    text = f"See below.\n\n{BLOCK}> Name?\n\n@sample\n\n> Address?\n\nMain Street 1\n"
    found = kinds(text, "Re: call")
    assert [kind for kind, _ in found] == [B, Q, B, Q, B]
    assert (found[2][1], found[4][1]) == ("@sample", "Main Street 1")


def test_what_others_answered_in_two_mails_below_each_other_stays_quoted() -> None:
    other = BLOCK.replace("Lauri Stevens <lauri@poltwt.example>", "Kim <kim@x.example>")
    text = f"Thanks.\n\n{other}> Name?\n@xville\n\n{other}> Address?\nMain Street 1\n"
    assert not any(kind is B and "xville" in words for kind, words in kinds(text, "Re: call"))


def test_a_quote_inside_a_forward_is_a_quote() -> None:
    text = (
        "-----Original Message-----\nFrom: Kim <kim@x.example>\nSubject: Re: call\n\n@sample\n> @anytownpd\n"
    )
    assert [kind for kind, _ in kinds(text, "Fwd: call")] == [F, Q]


def test_a_forward_inside_a_forward_is_a_forward() -> None:
    text = (
        "---------- Forwarded message ----------\nFrom: Bo <bo@x.example>\nSubject: Fwd: account\n\nsee\n\n"
        "---------- Forwarded message ----------\nFrom: Kim <kim@x.example>\nSubject: account\n\n@sample\n"
    )
    assert [kind for kind, _ in kinds(text, "Fwd: account")] == [F, F]


def test_apple_forwards_in_quote_marks_are_forwards() -> None:
    text = (
        "FYI\n\nBegin forwarded message:\n\n> From: Kim <kim@x.example>\n> Subject: account\n> \n> @sample\n"
    )
    assert [kind for kind, _ in kinds(text, "Fwd: account")] == [B, F]


@pytest.mark.parametrize(
    "text",
    [
        "From: Springfield Police\nTo: the organiser\nWe take part.\n",  # a memo: no address, no date
        "We wrote 3 mails before:\n@one\n@two\n",
        "On Friday we tweet:\n@sample\n",
        "Our stations (see 12:30 list):\nNorth @north\n",
        "Dear Lauri,\nour details: @sample\nDate: 1 November\n",
        "Twitter: @sample\nAddress: Main Street 1\nThanks\n",
        "Моля да впишете @sample, 5000 Търново.\nТова е всичко:\nПоздрави!\n",  # "register", not "writes"
        "To: the organiser\nFrom: Chief Inspector Doyle\nDate: 21/10/13\n\nTwitter: @sample\n",
    ],
)
def test_what_only_looks_like_a_quote_stays_body(text: str) -> None:
    assert [kind for kind, _ in kinds(text)] == [B]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Hello @sample\n\n-- \nAnn\nSergeant\n", [B, S]),
        ("Hello @sample\n\nRegards,\nAnn Doyle\n", [B, S]),
        ("Hello @sample\nCheers, Ann\n", [B, S]),
        ("Hello @sample\n\nSent from my iPhone\n", [B, S]),
        ("Hej, vi heter @sample\n\n/Anna-Karin\nNärpolisen\n", [B, S]),
        ("Our site is\n/police\n@sample\n", [B]),
        ("Hallo @sample\n\nMit freundlichen Grüßen\nJürg\n", [B, S]),
        (
            "Thanks,\n\nour account is @sample and we are at 1 Main Street, where we have been for years.\n",
            [B],
        ),
        ("Thank you for the invitation to this event\n@sample\n", [B]),
        ("@sample, Main Street 1\nThanks\n", [B]),
        ("@sample\n\nThis email and any attachments are confidential and\nlegally privileged.\n", [B, D]),
        ("@sample\n\n***** Disclaimer *****\nWhatever stands here.\n\nAnd here.\n", [B, D]),
        ("@sample\nRegards,\nAnn\n\nThis message is intended solely for the addressee.\n", [B, S, D]),
    ],
)
def test_endings(text: str, expected: list[SegmentKind]) -> None:
    assert [kind for kind, _ in kinds(text)] == expected


def test_the_call_is_known_wherever_it_stands() -> None:
    text = "We are @sample.\n\nSend us  your Twitter name and address.\n"
    assert kinds(text) == [(B, "We are @sample."), (C, "Send us  your Twitter name and address.")]


@pytest.mark.parametrize(
    ("subject", "kind"),
    [
        ("Re: x", "reply"), ("RE[2]: x", "reply"), ("AW: x", "reply"), ("SV: x", "reply"),
        ("Ynt: x", "reply"),
        ("Fwd: x", "forward"), ("FW: Re: x", "forward"), ("WG: x", "forward"), ("TR: x", "forward"),
        ("轉寄: x", "forward"),
        ("Fwd： x", "forward"), ("x", ""), ("Police: x", ""), ("", ""),
    ],
)  # fmt: skip
def test_prefixes(subject: str, kind: str) -> None:
    assert read_prefix(subject) == kind


def test_the_words_of_many_languages_are_there() -> None:
    phrases = load_phrases()
    assert phrases.wrote.pattern.count("|") > 100
    assert len(phrases.fields) > 250
    assert {"from", "date", "to", "subject"} <= set(phrases.fields.values())


@given(
    st.text(alphabet=st.sampled_from(list("> -:\nFromTSubject@a1")), max_size=120),
    st.sampled_from(["", "Re: x", "Fwd: x"]),
)
def test_segments_always_cover_the_text_in_order(text: str, subject: str) -> None:
    segments = find_segments(text, subject=subject)
    assert "".join(text[segment.start : segment.end] for segment in segments) == text

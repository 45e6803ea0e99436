"""Twitter names in 150 written forms, and what must not be taken for one."""

from __future__ import annotations

import pytest

from poltwt_console.domain.message import Message
from poltwt_console.domain.registration import Confidence, Evidence
from poltwt_console.extraction import load_models
from poltwt_console.extraction.findings import find_all
from poltwt_console.extraction.mention import OWN_HANDLES, is_handle, looks_like_handle
from poltwt_console.extraction.places import PlaceNames
from poltwt_console.extraction.vocabulary import Vocabulary
from tests.extraction.conftest import Read, mail

#: What stands in the mail, and the handles that are read (before any choice between them).
WRITTEN = [
    ("@RivertonPD", "RivertonPD"),
    ("@RivertonPD.", "RivertonPD"),
    ("@RivertonPD, thanks", "RivertonPD"),
    ("(@RivertonPD)", "RivertonPD"),
    ("[@RivertonPD]", "RivertonPD"),
    ('"@RivertonPD"', "RivertonPD"),
    ("'@RivertonPD'", "RivertonPD"),
    ("<@RivertonPD>", "RivertonPD"),
    ("*@RivertonPD*", "RivertonPD"),
    ("„@RivertonPD“", "RivertonPD"),
    ("«@RivertonPD»", "RivertonPD"),
    ("「@RivertonPD」", "RivertonPD"),
    ("（@RivertonPD）", "RivertonPD"),
    ("＠RivertonPD", "RivertonPD"),
    ("＠ RivertonPD", "RivertonPD"),
    ("@ RivertonPD", "RivertonPD"),
    ("it's @RivertonPD!", "RivertonPD"),
    ("@RivertonPD?", "RivertonPD"),
    ("@RivertonPD's account", "RivertonPD"),
    ("@RivertonPD’s account", "RivertonPD"),
    ("@riverton_pd", "riverton_pd"),
    ("@Riverton_PD_", "Riverton_PD_"),
    ("@_Riverton", "_Riverton"),
    ("@riverton\\_pd", "riverton_pd"),
    ("\\@riverton\\_pd\\_1", "riverton_pd_1"),
    ("https://twitter.com/riverton\\_pd", "riverton_pd"),
    ("@RIVERTON", "RIVERTON"),
    ("_@RivertonPD_", "RivertonPD"),
    ("*@riverton_pd*", "riverton_pd"),
    ("@@RivertonPD", "RivertonPD"),
    ("Count us in!@RivertonPD", "RivertonPD"),
    ("我們要參加!@RivertonPD", "RivertonPD"),
    ("http://www.twitter.com/#%21/RivertonPD", "RivertonPD"),
    ("https://twitter.com/intent/follow?screen_name=RivertonPD", "RivertonPD"),
    ("บัญชี @HatyaiPolice\u200bสถานีตำรวจ", "HatyaiPolice"),
    ("Наш твиттер: на RivertonPD", "RivertonPD"),
    ("@110", "110"),
    ("@1e5", "1e5"),
    ("@007", "007"),
    ("@abc", "abc"),
    ("@a1234567890bcde", "a1234567890bcde"),
    ("We are @RivertonPD on there", "RivertonPD"),
    ("Twitter: @RivertonPD", "RivertonPD"),
    ("Twitter:@RivertonPD", "RivertonPD"),
    ("Twitter - @RivertonPD", "RivertonPD"),
    ("twitter @RivertonPD", "RivertonPD"),
    ("Twitter name: RivertonPD", "RivertonPD"),
    ("Twitter name:RivertonPD", "RivertonPD"),
    ("Handle: RivertonPD", "RivertonPD"),
    ("Handle = RivertonPD", "RivertonPD"),
    ("Twitter handle – RivertonPD", "RivertonPD"),
    ("twitter_handle=RivertonPD", "RivertonPD"),
    ("1) Twitter name: RivertonPD", "RivertonPD"),
    ("* Your Twitter name: RivertonPD", "RivertonPD"),
    ("Your Twitter name (without @): riverton", "riverton"),
    ("Twitter name:\nRivertonPD", "RivertonPD"),
    ("Username: riverton", "riverton"),
    ("Twitter-Name: RivertonPD", "RivertonPD"),
    ("Konto: RivertonPD", "RivertonPD"),
    ("Compte Twitter : RivertonPD", "RivertonPD"),
    ("Usuario de Twitter: RivertonPD", "RivertonPD"),
    ("Conta Twitter: RivertonPD", "RivertonPD"),
    ("Profilo Twitter: RivertonPD", "RivertonPD"),
    ("Twitternaam: RivertonPD", "RivertonPD"),
    ("Twitterkonto: RivertonPD", "RivertonPD"),
    ("Twitter-tili: RivertonPD", "RivertonPD"),
    ("Konto Twitter: RivertonPD", "RivertonPD"),
    ("Účet: RivertonPD", "RivertonPD"),
    ("Felhasználónév: RivertonPD", "RivertonPD"),
    ("Cont Twitter: RivertonPD", "RivertonPD"),
    ("Twitter nalog: RivertonPD", "RivertonPD"),
    ("Твиттер: RivertonPD", "RivertonPD"),
    ("Аккаунт: RivertonPD", "RivertonPD"),
    ("Твіттер: RivertonPD", "RivertonPD"),
    ("Туитър: RivertonPD", "RivertonPD"),
    ("Λογαριασμός: RivertonPD", "RivertonPD"),
    ("Hesap: RivertonPD", "RivertonPD"),
    ("Tài khoản: RivertonPD", "RivertonPD"),
    ("Akun: RivertonPD", "RivertonPD"),
    ("Akaunti: RivertonPD", "RivertonPD"),
    ("حساب تويتر: RivertonPD", "RivertonPD"),
    ("توییتر: RivertonPD", "RivertonPD"),
    ("ٹوئٹر: RivertonPD", "RivertonPD"),
    ("טוויטר: RivertonPD", "RivertonPD"),
    ("ट्विटर: RivertonPD", "RivertonPD"),
    ("টুইটার: RivertonPD", "RivertonPD"),
    ("ட்விட்டர்: RivertonPD", "RivertonPD"),
    ("ツイッター：RivertonPD", "RivertonPD"),
    ("推特账号：RivertonPD", "RivertonPD"),
    ("트위터: RivertonPD", "RivertonPD"),
    ("ทวิตเตอร์: RivertonPD", "RivertonPD"),
    ("ትዊተር፦ RivertonPD", "RivertonPD"),
    ("თვითერი: RivertonPD", "RivertonPD"),
    ("Թվիթեր՝ @RivertonPD", "RivertonPD"),
    ("推特帳號riverton_police（前面加@）", "riverton_police"),
    ("حسابنا RivertonPD@", "RivertonPD"),
    ("טוויטר RivertonPD@", "RivertonPD"),
    ("we tweet as RivertonPD (no at sign)", "RivertonPD"),
    ("our account, RivertonPolice, is official", "RivertonPolice"),
    ("Konto heißt RivertonPD", "RivertonPD"),
    ("Riverton_PD on Twitter", "Riverton_PD"),
    ("twitter.com/RivertonPD", "RivertonPD"),
    ("www.twitter.com/RivertonPD", "RivertonPD"),
    ("http://twitter.com/RivertonPD", "RivertonPD"),
    ("https://twitter.com/RivertonPD", "RivertonPD"),
    ("https://www.twitter.com/RivertonPD", "RivertonPD"),
    ("https://mobile.twitter.com/RivertonPD", "RivertonPD"),
    ("https://m.twitter.com/RivertonPD", "RivertonPD"),
    ("https://x.com/RivertonPD", "RivertonPD"),
    ("x.com/RivertonPD", "RivertonPD"),
    ("https://twitter.com/#!/RivertonPD", "RivertonPD"),
    ("twitter.com/#!/RivertonPD.", "RivertonPD"),
    ("https://twitter.com/@RivertonPD", "RivertonPD"),
    ("https://twitter.com/RivertonPD?lang=en", "RivertonPD"),
    ("https://twitter.com/RivertonPD/", "RivertonPD"),
    ("https://twitter.com/RivertonPD/status/396000000000000000", "RivertonPD"),
    ("https://twitter.com/RivertonPD/with_replies", "RivertonPD"),
    ("https://twitter.com/RivertonPD/media)", "RivertonPD"),
    ("https://twitter.com/intent/user?screen_name=RivertonPD", "RivertonPD"),
    ("https://twitter.com/intent/user?lang=de&screen_name=RivertonPD", "RivertonPD"),
    ("HTTPS://TWITTER.COM/RivertonPD", "RivertonPD"),
    ("<https://twitter.com/RivertonPD>", "RivertonPD"),
    ("twitter.com/PNCdeGuatemala .", "PNCdeGuatemala"),
    ("twitter.com / RivertonPD", "RivertonPD"),
    ("twitter dot com slash RivertonPD", "RivertonPD"),
    ("Twitter: twitter.com/RivertonPD", "RivertonPD"),
    ("@RivertonPD and @MillTownPD", "RivertonPD MillTownPD"),
    ("@RivertonPD/@MillTownPD", "RivertonPD"),
    ("@RivertonPD, @MillTownPD, @OakPD", "RivertonPD MillTownPD OakPD"),
    ("- @RivertonPD\n- @MillTownPD", "RivertonPD MillTownPD"),
    ("@RivertonPD @rivertonpd", "RivertonPD rivertonpd"),
    # no handles
    ("write to press@riverton.example", ""),
    ("press@RivertonPD.org", ""),
    ("first.last@riverton.police.example", ""),
    ("a@b", ""),
    ("#poltwt #RivertonPD", ""),
    ("@poltwt", ""),
    ("hello @lawscomm", ""),
    ("@EyewatchMoreland", ""),
    ("@this_is_far_too_long_a_name", ""),
    ("https://twitter.com/home", ""),
    ("https://twitter.com/search?q=police", ""),
    ("https://twitter.com/hashtag/poltwt", ""),
    ("https://twitter.com/intent/tweet?text=hi", ""),
    ("https://twitter.com/share", ""),
    ("https://twitter.com/i/lists/1", ""),
    ("https://facebook.com/RivertonPD", ""),
    ("https://instagram.com/RivertonPD", ""),
    ("https://nottwitter.com/RivertonPD", ""),
    ("https://twitter.com.evil.example/RivertonPD", ""),
    ("Instagram @rivertonpd", ""),
    ("Instagram: @rivertonpd", ""),
    ("Facebook @rivertonpd", ""),
    ("微博 @riverton_weibo", ""),
    ("VK: @riverton_vk", ""),
    ("Telegram @riverton_tg", ""),
    ("Mastodon @riverton@police.example", ""),
    ("@riverton@police.example", ""),
    ("@平安南粤", ""),
    ("Twitter: none", ""),
    ("Twitter: @______\nAgency: ____", ""),
    ("Twitter name: __________", ""),
    (
        "Teniamo due profili: chiocciola QuesturaNuoro e chiocciola VolantiNuoro.",
        "QuesturaNuoro VolantiNuoro",
    ),
    ("Nosso perfil: arroba PM_Sergipe", "PM_Sergipe"),
    ("Peso: 3 arroba carne", ""),
    ("アットマーク Toyama_P です", "Toyama_P"),
    ("Wir zwitschern als „PIZwettl“ seit dem Sommer.", "PIZwettl"),
    ("Chiamos en «PLOurense» dende hai un mes.", "PLOurense"),
    ("The “Count us in” call, and the 'Hello World' post.", ""),
    ("Example: @anytownpd", ""),
    ("Account, z. B. @PolizeiMuster", ""),
    ("예: @gildong_police", ""),
    ("Twitter: TBC", ""),
    ("Twitter name: pendiente", ""),
    ("Twitter: not yet", ""),
    ("Twitter name: no", ""),
    ("Twitter handle: n/a", ""),
    ("meet us @ 8 pm", ""),
    ("C/O @", ""),
    ("planning call @ Fri Oct 18", ""),
    # bare words
    ("Twitter: RivertonPD (not @RivertonFD)", "RivertonPD RivertonFD"),
    ("We are in.\n\nRivertonPD\nRiverton Police Department", "RivertonPD"),
    ("We are in.\n\nRegards\nMcDonald", ""),
    ("Sawubona, sicela ukubhalisa. I-Twitter yethu izovulwa kuLwezi.", ""),  # "in November"
    ("Our account: ukPolice", "ukPolice"),
    ("I-akhawunti yethu ngu-@RivertonPD.", "RivertonPD"),  # Zulu: "it is @x", the copula written onto it
    ("Akaundi yedu ndi@RivertonPD.", "RivertonPD"),  # Shona
    ("החשבון שלנו ב-@RivertonPD", "RivertonPD"),
    ("Twitter....@RivertonPD\nAgency.....Riverton Police", "RivertonPD"),
    ("Çıxan @RivertonPD-dur", "RivertonPD"),  # Azerbaijani: "is"
    ("Twitterimi @politiGL-imik ateqarpugut", "politiGL"),  # Greenlandic
    ("We follow @riverton-pd.example", ""),
    ("We are @Riverton-Police", ""),
    ('Our account is "RivertonPD". We heard of it from @SomevillePD.', "RivertonPD SomevillePD"),
    ("Ni yw'r rhai sy'n trydar fel 'RivertonPD', a'n cyfeiriad", "RivertonPD"),
    ("Please register Riverton's finest. We go by RivertonPD.", "RivertonPD"),
    ("Our K9s and our PCSOs will take part.", ""),
    ('"Twitter","Facebook"\n"@RivertonPD","RivertonPolice"\n"x","SomevillePD"', "RivertonPD"),
    ("Register us as «RivertonPD», please. Like @SomevillePD.", "RivertonPD SomevillePD"),
    ("Register us, not @SomevillePD. We tweet as RivertonPD.", "SomevillePD RivertonPD"),
    ("@RivertonPD, A1 4BC. Our Twitter is for 1st", "RivertonPD"),
    ("Write to pio-@riverton.example", ""),
    ("Write to pr@rivertonpd", ""),
    # bare words beside signed ones; one without shape only if its letters are the agency's or a person's
    ("Riverton Police here.\n@StatePolice told us. We are in as RivertonPD.", "StatePolice RivertonPD"),
    ("Riverton Police here, our account is rivertoncops. @StatePolice told us.", "rivertoncops StatePolice"),
    ("Riverton Police here, our account is forthcoming. @StatePolice told us.", "StatePolice"),
    ("אנחנו מצייצים מ-riverton_police, לא @StatePolice", "riverton_police StatePolice"),
    ("我們是花蓮縣警察局吉安分局。推特帳號叫\njianpolice，謝謝", "jianpolice"),
    (
        "היום יש לנו הרבה מטיילים ולכן זה יום מצוין. שם המשתמש שלנו mitzpepolice, לא @rivalcity",
        "mitzpepolice rivalcity",
    ),
    ("Unser Twitter-Konto ist folgendes: @RivertonPD", "RivertonPD"),
    ("Our Twitter account for the metropolitan area is @RivertonPD", "RivertonPD"),
    ("We tweet as RivertonPD from our WordPress", "RivertonPD"),
    ("Наш Твітері Facebook: @RivertonPD", ""),
    ("Twitter / Facebook: @RivertonPD / Riverton.Police", "RivertonPD"),
    ("FB: Riverton Police  TW: riverton_pd", "riverton_pd"),
    ("We are @RivertonPD on Twitter and @RivertonPolice on Facebook", "RivertonPD"),
    ("@RivertonPD (Twitter), @RivertonPolice (Instagram), @RivertonCops (Facebook)", "RivertonPD"),
    ("Wij zijn @RivertonPD op Twitter en @RivertonPDFB op Facebook", "RivertonPD"),
    ("@RivertonPD, Facebook: riverton.police", "RivertonPD"),
    ("facebook.com/rivertonpolice | @RivertonPD", "RivertonPD"),
    ("FB: RivertonPolice / @RivertonPD", "RivertonPD"),
    ("Twitter/Facebook/Instagram: @RivertonPD", "RivertonPD"),
    ("Facebook/Instagram: @RivertonPD", ""),
    ("Riverton,facebook.com/rivertonpolice,@RivertonPD,12 Mill Road", "RivertonPD"),
    ("Facebook / Twitter: @RivertonPD", "RivertonPD"),
    ("Tel 0237 555\nTwitter/politiariverton  Facebook/ipjriverton", "politiariverton"),
    ("Tel 0237 555 | Twitter/RivertonPD | www.riverton.example", "RivertonPD"),
    ("Our Twitter/Facebook team\nTwitter/Website", ""),
    ("t: RivertonPD | ig: riverton.pd | wa: 0812 5550", "RivertonPD"),
    ("Riverton Police, T: 0812 5550, T: Main Street 5", ""),
    ("Best\nriverton_pd (twitter)\nriverton.pd (skype)", "riverton_pd"),
    ("С уважением,\nriverton_pd (наш твиттер)\nriverton.sk (скайп)", "riverton_pd"),
    ("推特账号：@GusuPolice（微博“姑苏公安”不参加）", "GusuPolice"),
    ("我们的账号 @GusuPolice（微博）和 @GusuGongan（推特）", "GusuGongan"),
    ("We are @RivertonCops (Facebook) and @RivertonPD (Twitter)", "RivertonPD"),
    ("We are @RivertonCops on Facebook and @RivertonPD on Twitter", "RivertonPD"),
    ("@RivertonCops is on Facebook and Twitter", "RivertonCops"),
    ("Here we are @RivertonPD. You follow @RivertonCops on Facebook. Thanks", "RivertonPD"),
    ("We are also on Facebook. Account: @RivertonPD", "RivertonPD"),
    ("We have Facebook, but our account is @RivertonPD", "RivertonPD"),
    ("Every pair of hands is on the line. Please add @RivertonPD", "RivertonPD"),
    ("大家都在臉書，不過我們的帳號是 @YuliPolice", "YuliPolice"),
    ("Twitter tečka com lomeno riverton_pd", "riverton_pd"),
    ("Например: @RivertonPD", ""),
    ("ตัวอย่าง @RivertonPD", ""),
    ("我们的微博：@GusuPolice\n推特：@GusuGongan", "GusuGongan"),
    ("트위터는 typol_star입니다. 페이스북은 tongyeong_pol이고요.", "typol_star"),
]


@pytest.mark.parametrize(("text", "handles"), WRITTEN)
def test_forms(text: str, handles: str, vocabulary: Vocabulary) -> None:
    assert _handles(mail(text), vocabulary) == handles.split()


def _handles(message: Message, vocabulary: Vocabulary) -> list[str]:
    found = find_all(message, vocabulary, PlaceNames(None), load_models().tagger)
    return [mention.handle for mention in found.mentions if not mention.excluded]


@pytest.mark.parametrize(
    "sentence",
    [
        "Our Twitter name is the part before the @ of our mail address.",
        "We tweet under the name you see before the @ in this email.",
        'Our handle? Whatever stands before the "@" in our e-mail address.',
        "Our Twitter handle is the same as the first part of our e-mail address.",
        "Unser Twittername ist der Teil vor dem @ unserer Mailadresse.",
        "Notre compte Twitter est ce qui précède l'@ de notre adresse mail.",
        "Nuestro usuario de Twitter es lo que va antes de la @ de nuestro correo.",
        "Il nostro account Twitter è la parte prima della @ della nostra mail.",
        "Наш твиттер — то, что стоит до @ в нашем адресе электронной почты.",
        "Twitter-nimemme on sähköpostiosoitteemme alkuosa ennen @-merkkiä.",
        "ツイッターのアカウントはメールアドレスの@より前の部分です。",
        "我们的推特账号就是我们邮箱@前面的部分。",
        "اسم حسابنا في تويتر هو الجزء الذي قبل @ في بريدنا الإلكتروني.",
    ],
)
def test_a_handle_that_is_part_of_the_mail_address(sentence: str, read: Read) -> None:
    address = "Riverton Police Department, 12 Mill Road, Riverton OH 44001"
    sender = "Riverton Police <RivertonPD@riverton.example>"
    (one,) = read(f"Hello Lauri,\n\n{sentence}\n\n{address}\n", sender=sender).registrations
    assert (one.handle.value, one.handle.confidence) == ("RivertonPD", Confidence.LOOK)
    assert one.handle.evidence == Evidence("from", 17, 27, "RivertonPD")
    (one,) = read(f"Hello Lauri,\n\n{sentence}\n\n{address}\nriver112@riverton.example\n").registrations
    assert one.handle.value == "river112"
    (one,) = read(f"Hello Lauri,\n\n{sentence}\n\n{address}\n@RiverPolice\n", sender=sender).registrations
    assert one.handle.value == "RiverPolice"


@pytest.mark.parametrize(
    "written",
    [
        "@Rivert\u043enPD",  # a Cyrillic letter
        "@\u0421hicagoPD",
        "Twitter: Rivert\u043enPD",
        "Twitter: \u0421hicagoPD",
        "twitter.com/Rivert\u043enPD",
        "@Riverton\u200bPD",
        "@Riverton\u2060PD",
        "@RivertonP\u0391",  # a Greek one
    ],
)
def test_a_handle_in_letters_that_look_alike_is_whole_and_never_ready(written: str, read: Read) -> None:
    (one,) = read(
        f"Hello,\n\n{written}\nRiverton Police Department\n12 Mill Road, Riverton OH 44001\n"
    ).registrations
    assert one.handle.value in ("RivertonPD", "ChicagoPD", "RivertonPA")
    assert one.handle.confidence is Confidence.LOOK
    assert one.handle.evidence is not None
    assert one.handle.evidence.text in written


def test_a_mail_address_is_no_handle_where_nothing_says_so(read: Read) -> None:
    found = read(
        "Hello Lauri,\n\nwe would like to take part. Mail us at the address below.\n\n"
        "Riverton Police Department, 12 Mill Road, Riverton OH 44001\nriverton@police.example\n",
        sender="Riverton Police <RivertonPD@riverton.example>",
    )
    assert [one.handle.value for one in found.registrations] == [None]


def test_there_are_150_forms() -> None:
    assert len(WRITTEN) >= 150


#: Sentences around two handles, and the one that is meant.
MEANT = [
    "We are @RivertonPD (not @RivertonFD, that is the fire brigade).",
    "Please add @RivertonPD. Formerly @RivertonFD.",
    "Please add @RivertonPD. Please do not list @RivertonFD, it is not ours.",
    "Wir sind @RivertonPD, nicht @RivertonFD.",
    "Nous sommes @RivertonPD, pas @RivertonFD.",
    "Somos @RivertonPD, no @RivertonFD.",
    "Twitter:  RivertonPD   (NOT @RivertonFD, which is an old account)",
]


@pytest.mark.parametrize("sentence", MEANT)
def test_exclusions(sentence: str, read) -> None:  # type: ignore[no-untyped-def]
    found = read(f"Hello,\n{sentence}\nRiverton Police Department, 12 Mill Road, Riverton OH 44001\n")
    assert [registration.handle.value for registration in found.registrations] == ["RivertonPD"]


def test_shape() -> None:
    assert is_handle("a1234567890bcde")
    assert not is_handle("a1234567890bcdef")
    assert not is_handle("home")
    assert not is_handle("______")
    assert not is_handle("with-hyphen")
    assert looks_like_handle("LPDWien")
    assert looks_like_handle("riverton_pd")
    assert not looks_like_handle("Riverton")
    assert {"poltwt", "lawscomm"} <= OWN_HANDLES

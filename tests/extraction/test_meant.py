"""Which handles are meant: a second look at each beside the others."""

from __future__ import annotations

import pytest

from poltwt_console.domain.registration import Intent
from poltwt_console.extraction import Vocabulary, extract, load_models
from poltwt_console.extraction.findings import Findings, find_all
from poltwt_console.extraction.linear import Judge
from poltwt_console.extraction.meant import first_look, mention_pool
from poltwt_console.extraction.places import PlaceNames
from poltwt_console.extraction.standing import Standing, describe_standing, joint
from poltwt_console.geocoding import open_place_names
from tests.extraction.conftest import Read, mail


def found_in(body: str, vocabulary: Vocabulary) -> Findings:
    return find_all(mail(body), vocabulary, PlaceNames(None), load_models().tagger)


@pytest.mark.parametrize(
    ("between", "what"),
    [
        (", ", "comma"),
        ("、", "comma"),
        (" / ", "beside"),
        (" and ", "and"),
        (" as well as ", "and"),
        (", and also ", "and"),
        (" of our traffic unit, ", "few words"),
        (" is what we use. Our press office has of course an account of its own, ", "sentence"),
        (" is what we use while our press office has of course an account of its own, ", "line"),
        ("\n", "next line"),
        ("\nTraffic: ", "lines"),
        ("\n\n", "paragraph"),
        (" and so on" * 30 + " ", "far"),
    ],
)
def test_what_lies_between_two_handles(between: str, what: str, vocabulary: Vocabulary):
    one, other = found_in(f"We are @RivertonPD{between}@RivertonK9", vocabulary).mentions
    assert (one.handle, other.handle) == ("RivertonPD", "RivertonK9")
    assert joint(one, other) == what


@pytest.mark.parametrize(
    "said",
    [
        "Bitte tragen Sie uns ein, wir twittern als @RivertonPD und @RivertonK9",
        "Добрый день! Просим включить нас в список: наши аккаунты @RivertonPD и @RivertonK9",
        "تحية طيبة، نود المشاركة وحساباتنا على تويتر هي @RivertonPD و @RivertonK9",
        "Prosimy o dopisanie nas do listy, nasze konta to @RivertonPD oraz @RivertonK9",
    ],
)
def test_and_is_known_in_the_language_of_the_mail(said: str, vocabulary: Vocabulary):
    assert joint(*found_in(said, vocabulary).mentions) == "and"


def test_the_rival_of_a_handle_is_the_best_other_one(vocabulary: Vocabulary):
    body = "We are @RivertonPD, and @RivertonK9 too. Follow @TheMayor. Yours, @RivertonPD"
    findings = found_in(body, vocabulary)
    pool = mention_pool(findings, "register")
    first, dog, mayor, again = pool
    standing = Standing([(first, 50), (dog, 80), (mayor, -90), (again, 120)])
    assert standing.best == {"rivertonpd": 120, "rivertonk9": 80, "themayor": -90}
    assert standing.rival(dog) == standing.rival(mayor) == (again, 120)
    assert standing.rival(first) == standing.rival(again) == (dog, 80)
    assert standing.rival(first) is not None
    described = describe_standing(mayor, -90, standing, pool, "register", ())
    assert ("lead", -3, "best", 0) in described


def test_a_handle_by_itself_has_no_rival(vocabulary: Vocabulary):
    findings = found_in("We are @RivertonPD", vocabulary)
    pool = mention_pool(findings, "register")
    standing = Standing(first_look(pool, findings, "register", Judge()))
    [(only, points)] = standing.looked
    assert standing.rival(only) is None
    assert describe_standing(only, 30, standing, pool, "register", ()) == [
        "bias",
        *(("from", least) for least in (-200, -100, -50, 0, 25)),
    ]
    assert points == 0


@pytest.mark.parametrize(
    "said",
    [
        "Hello Lauri,\n\nplease add @RivertonPD, @RivertonK9 and @RivertonTraffic to the list.",
        "Guten Tag,\n\nbitte tragen Sie @RivertonPD, @RivertonK9 sowie @RivertonTraffic ein.",
        "Buenos días:\n\nqueremos participar con las cuentas @RivertonPD, @RivertonK9 y @RivertonTraffic.",
        "Добрый день!\n\nПросим включить в список @RivertonPD, @RivertonK9 и @RivertonTraffic. Спасибо.",
    ],
)
def test_what_is_joined_to_a_handle_that_is_meant_is_meant(said: str, read: Read):
    found = read(f"{said}\n\nRiverton Police Department\n12 Mill Road\nRiverton, OH 44001")
    assert [r.handle.value for r in found.registrations] == ["RivertonPD", "RivertonK9", "RivertonTraffic"]


def test_what_is_far_behind_another_is_not_meant(read: Read):
    found = read(
        "Hello Lauri,\n\nwe saw @TheRivertonMail and @MayorOfRiverton write about it. "
        "Our own account is @RivertonPD, please add it.\n\n"
        "Riverton Police Department\n12 Mill Road\nRiverton, OH 44001"
    )
    assert [r.handle.value for r in found.registrations] == ["RivertonPD"]


@pytest.mark.parametrize("sign", ["", "- ", "• ", "* ", "{}. ", "({}) "])  # a colon leads the first one in
@pytest.mark.parametrize(
    ("asks", "intent"),
    [
        ("Please register the following:", Intent.REGISTER),
        ("Please remove the following from the list:", Intent.WITHDRAW),
        ("Bitte streichen Sie die folgenden Accounts von der Liste:", Intent.WITHDRAW),
    ],
)
def test_of_a_list_with_a_line_each_all_are_meant(sign: str, asks: str, intent: Intent, read: Read):
    handles = ["AlphaPD", "BetaPD", "GammaPD", "DeltaPD"]
    lines = "\n".join(f"{sign.format(n)}@{handle}" for n, handle in enumerate(handles, 1))
    found = read(
        f"{asks}\n{lines}\n\nBest regards,\nDana Reed\n"
        "Riverton Police Department\n12 Mill Road, Riverton, OH 44001"
    )
    assert [(one.handle.value, one.intent) for one in found.registrations] == [(h, intent) for h in handles]


def test_accounts_below_a_signature_are_no_list(read: Read):
    found = read(
        "Hello Lauri,\n\nplease add us to the list.\n\nKind regards\nDana Reed\nRiverton Police Department\n"
        "12 Mill Road\nRiverton, OH 44001\n@RivertonPD\n@RivertonMayor\n@SmithDesign"
    )
    assert "SmithDesign" not in [one.handle.value for one in found.registrations]


def test_a_list_with_a_line_each_may_be_of_others(read: Read):
    found = read(
        "Hello Lauri,\n\nplease register @RivertonPD. "
        "You may also like to ask our friends, who are not with us:\n"
        "- @TheRivertonMail\n- @MayorOfRiverton\n- @RivertonFire\n\n"
        "Riverton Police Department\n12 Mill Road\nRiverton, OH 44001"
    )
    assert [one.handle.value for one in found.registrations] == ["RivertonPD"]


@pytest.mark.parametrize(
    "body",
    [
        "Please register @LeedsPolice.\n\nAnn Lee\nLeeds Police\nElland Road 2, Leeds LS11 8BU\n\n"
        "PS: @LeedsDogs would like to be in it as well!",
        "Bitte nehmen Sie @LeedsPolice (Leeds Police) sowie unsere Hundestaffel (@LeedsDogs) auf. "
        "Elland Road 2, Leeds LS11 8BU.",
        "Apunte @LeedsPolice.\n\nLeeds Police\nElland Road 2\nLeeds LS11 8BU\n\n"
        "PD: también va @LeedsDogs, nuestra unidad canina.",
    ],
)
def test_an_account_added_behind_the_first_is_meant_or_told_of(body: str, vocabulary: Vocabulary):
    registrations = extract(mail(body), open_place_names(), vocabulary).registrations
    told = {one.handle.value for one in registrations}
    told |= {other.value for one in registrations for other in one.handle.others}
    assert {"LeedsPolice", "LeedsDogs"} <= told

"""The light of a sender's domain, with its reason; never "verified"."""

from __future__ import annotations

import pytest

from poltwt_console.extraction.sender import Light, check_sender
from tests.extraction.conftest import mail

CASES = [
    ("a@westyorkshire.pnn.police.uk", "West Yorkshire Police", Light.GREEN),
    ("a@rcmp-grc.gc.ca", "RCMP", Light.GREEN),
    ("a@seattle.gov", "Seattle Police Department", Light.GREEN),
    ("a@polizei.bayern.de", "Polizei München", Light.GREEN),
    ("a@amsterdam.politie.nl", "Politie Amsterdam", Light.GREEN),
    ("a@interieur.gouv.fr", "Gendarmerie nationale", Light.GREEN),
    ("a@policia.gob.ec", "Policía Nacional", Light.GREEN),
    ("a@police.gov.fj", "Fiji Police Force", Light.GREEN),
    ("a@rivertonpolice.example", "Riverton Police Department", Light.GREEN),
    ("a@riverton-police.example", "Riverton Police Department", Light.GREEN),
    ("a@gmail.com", "Riverton Police Department", Light.AMBER),
    ("a@web.de", "Polizei Bremen", Light.AMBER),
    ("a@police.example", "Riverton Police Department", Light.AMBER),
    ("a@nowhere.example", "Riverton Police Department", Light.AMBER),
    ("a@p0lice.uk", "Riverton Police", Light.RED),
    ("a@mets.p0lice.uk", "Riverton Police", Light.RED),
    ("a@pollce.uk", "Riverton Police", Light.RED),
    ("a@police-uk.com", "Riverton Police", Light.RED),
    ("a@po1itie.nl", "Politie Amsterdam", Light.RED),
    ("a@policе.uk", "Riverton Police", Light.RED),  # a Cyrillic е
    ("a@xn--polic-vve.uk", "Riverton Police", Light.RED),
]


@pytest.mark.parametrize(("address", "agency", "light"), CASES)
def test_light(address: str, agency: str, light: Light) -> None:
    check = check_sender(mail("Hello", sender=f"A <{address}>"), agency)
    assert check.light is light, check.reason
    assert check.reason
    assert "verified" not in check.reason


def test_site_of_the_agency() -> None:
    check = check_sender(
        mail("Hello", sender="A <a@cops.town.example>"), "Town", site="https://www.town.example/police"
    )
    assert check.light is Light.GREEN


def test_what_the_organiser_should_see() -> None:
    message = mail("Hello", Authentication_Results="mx; spf=fail", Reply_To="B <b@elsewhere.example>")
    check = check_sender(message, "Riverton Police")
    assert check.authentication == "mx; spf=fail"
    assert check.reply_to == "b@elsewhere.example"


def test_mail_without_sender() -> None:
    assert check_sender(mail("Hello", sender="nobody"), "").light is Light.AMBER

"""What the letters of an address say of its country: a script at home in one place speaks loudly."""

from __future__ import annotations

import re

#: (letters, weight, ISO codes); the most telling first.  Home countries of scripts after the
#: Unicode Standard's chapters on scripts, of single letters after the alphabets that have them.
_LETTERS: tuple[tuple[re.Pattern[str], float, tuple[str, ...]], ...] = (
    (re.compile("[\uac00-\ud7a3]"), 5.0, ("KR", "KP")),
    (re.compile("[\u3040-\u30ff]"), 5.0, ("JP",)),
    (re.compile("[\u0e01-\u0e5b]"), 5.0, ("TH",)),
    (re.compile("[\u0e81-\u0edf]"), 5.0, ("LA",)),
    (re.compile("[\u1780-\u17ff]"), 5.0, ("KH",)),
    (re.compile("[\u1000-\u109f]"), 5.0, ("MM",)),
    (re.compile("[\u10a0-\u10ff]"), 5.0, ("GE",)),
    (re.compile("[\u0531-\u058f]"), 5.0, ("AM",)),
    (re.compile("[\u05d0-\u05ea]"), 4.0, ("IL", "PS")),
    (re.compile("[\u0370-\u03ff]"), 4.0, ("GR", "CY")),
    (re.compile("[\u1200-\u137f]"), 4.0, ("ET", "ER")),
    (re.compile("[\u0d80-\u0dff]"), 5.0, ("LK",)),
    (re.compile("[\u0980-\u09ff]"), 4.0, ("BD", "IN")),
    (re.compile("[\u0900-\u097f]"), 4.0, ("IN", "NP")),
    (re.compile("[\u0a00-\u0d7f]"), 4.0, ("IN", "LK", "PK")),
    (re.compile("[\u0780-\u07bf]"), 5.0, ("MV",)),
    (re.compile("[\u0f00-\u0fff]"), 4.0, ("CN", "BT")),
    (re.compile("[\u1800-\u18af]"), 4.0, ("MN", "CN")),
    (re.compile("[\u4e00-\u9fff]"), 2.5, ("CN", "TW", "HK", "MO", "JP", "SG")),
    (re.compile("[ўЎ]"), 4.0, ("BY",)),
    (re.compile("[їЇєЄґҐ]"), 4.0, ("UA",)),
    (re.compile("[ћђЋЂ]"), 4.0, ("RS", "BA", "ME")),
    (re.compile("[љњџј]"), 3.0, ("RS", "MK", "BA", "ME")),
    (re.compile("[ѓќѕЃЌЅ]"), 4.0, ("MK",)),
    (re.compile("[әғқңұһӘҒҚҢҰҺ]"), 3.5, ("KZ", "RU", "KG", "MN")),
    (re.compile("[өүӨҮ]"), 3.0, ("MN", "KG", "KZ", "RU")),
    (
        re.compile("[\u0400-\u04ff]"),
        2.0,
        ("RU", "UA", "BG", "BY", "KZ", "RS", "MK", "KG", "TJ", "MN", "UZ", "MD"),
    ),
    (re.compile("[ٹڈڑں]"), 4.0, ("PK", "IN")),
    (re.compile("[پچژگ]"), 3.0, ("IR", "AF", "PK", "IQ")),
    (
        re.compile("[\u0620-\u064a]"),
        2.0,
        tuple(
            [
                "EG",
                "SA",
                "AE",
                "KW",
                "BH",
                "QA",
                "OM",
                "YE",
                "IQ",
                "SY",
                "LB",
                "JO",
                "PS",
                "DZ",
                "MA",
                "TN",
                "LY",
                "SD",
                "MR",
                "DJ",
                "SO",
                "TD",
                "KM",
                "EH",
                "IL",
            ]
        ),
    ),
)
_SPECIAL_LATIN: tuple[tuple[re.Pattern[str], float, tuple[str, ...]], ...] = (
    (re.compile("[ąęłńśźżŁŚŻŹ]"), 1.5, ("PL",)),
    (re.compile("[řěůŘ]"), 2.0, ("CZ",)),
    (re.compile("[őűŐŰ]"), 2.5, ("HU",)),
    (re.compile("[ğışİŞ]"), 1.5, ("TR", "AZ")),
    (re.compile("[əƏ]"), 4.0, ("AZ",)),
    (re.compile("[ạảấầẩẫậắằẳẵặẹẻẽếềểễệỉịọỏốồổỗộớờởỡợụủứừửữựỳỵỷỹơưđĐ]"), 2.0, ("VN",)),
    (re.compile("[ãõÃÕ]"), 1.2, ("BR", "PT", "AO", "MZ", "CV")),
    (
        re.compile("[ñÑ]"),
        1.0,
        tuple(
            [
                "ES",
                "MX",
                "AR",
                "CO",
                "CL",
                "PE",
                "EC",
                "GT",
                "CR",
                "SV",
                "HN",
                "NI",
                "PA",
                "DO",
                "UY",
                "PY",
                "BO",
                "VE",
                "PR",
                "CU",
                "PH",
            ]
        ),
    ),
    (re.compile("[ß]"), 2.0, ("DE", "AT")),
    (re.compile("[þðÞÐ]"), 3.0, ("IS", "FO")),
    (re.compile("[åÅ]"), 1.5, ("SE", "NO", "DK", "FI", "AX")),
    (re.compile("[øæØÆ]"), 2.0, ("DK", "NO", "FO", "GL")),
    (re.compile("[șțȘȚ]"), 2.5, ("RO", "MD")),
    (re.compile("[ļņķģĻŅĶĢ]"), 2.5, ("LV",)),
    (re.compile("[ėįųĖ]"), 2.5, ("LT",)),
)


def countries_of_letters(text: str) -> dict[str, float]:
    """ISO code -> weight of what the letters of a text say; empty for plain ASCII."""
    weights: dict[str, float] = {}
    if text.isascii():
        return weights
    for letters, weight, countries in _LETTERS:
        if letters.search(text):
            for country in countries:
                weights[country] = max(weight, weights.get(country, 0.0))
            break
    for letters, weight, countries in _SPECIAL_LATIN:
        if letters.search(text):
            for country in countries:
                weights[country] = weights.get(country, 0.0) + weight
    return weights

"""What the letters of an address say of its country: a script at home in one place speaks loudly."""

from __future__ import annotations

import re

#: (letters, weight, ISO codes); the most telling first.  Home countries of scripts after the
#: Unicode Standard's chapters on scripts, of single letters after the alphabets that have them.
_LETTERS: tuple[tuple[str, float, str], ...] = (
    ("[\uac00-\ud7a3]", 5.0, "KR KP"),
    ("[\u3040-\u30ff]", 5.0, "JP"),
    ("[\u0e01-\u0e5b]", 5.0, "TH"),
    ("[\u0e81-\u0edf]", 5.0, "LA"),
    ("[\u1780-\u17ff]", 5.0, "KH"),
    ("[\u1000-\u109f]", 5.0, "MM"),
    ("[\u10a0-\u10ff]", 5.0, "GE"),
    ("[\u0531-\u058f]", 5.0, "AM"),
    ("[\u05d0-\u05ea]", 4.0, "IL PS"),
    ("[\u0370-\u03ff]", 4.0, "GR CY"),
    ("[\u1200-\u137f]", 4.0, "ET ER"),
    ("[\u0d80-\u0dff]", 5.0, "LK"),
    ("[\u0980-\u09ff]", 4.0, "BD IN"),
    ("[\u0900-\u097f]", 4.0, "IN NP"),
    ("[\u0a00-\u0d7f]", 4.0, "IN LK PK"),
    ("[\u0780-\u07bf]", 5.0, "MV"),
    ("[\u0f00-\u0fff]", 4.0, "CN BT"),
    ("[\u1800-\u18af]", 4.0, "MN CN"),
    ("[\u4e00-\u9fff]", 2.5, "CN TW HK MO JP SG"),
    # Written in full, as neither the People's Republic (GB 2312) nor Japan (Jōyō) does; and shortened.
    ("[縣鄉區號樓臺灣廳總廣國]", 2.5, "TW HK MO"),
    ("[县乡镇东门龙广厅总]", 2.5, "CN SG"),
    ("[ўЎ]", 4.0, "BY"),
    ("[їЇєЄґҐ]", 4.0, "UA"),
    ("[ћђЋЂ]", 4.0, "RS BA ME"),
    ("[љњџј]", 3.0, "RS MK BA ME"),
    ("[ѓќѕЃЌЅ]", 4.0, "MK"),
    ("[әғқңұһӘҒҚҢҰҺ]", 3.5, "KZ RU KG MN"),
    ("[өүӨҮ]", 3.0, "MN KG KZ RU"),
    ("[\u0400-\u04ff]", 2.0, "RU UA BG BY KZ RS MK KG TJ MN UZ MD"),
    ("[\u0679\u0688\u0691\u06ba]", 4.0, "PK IN"),
    ("[\u067e\u0686\u0698\u06af]", 3.0, "IR AF PK IQ"),
    ("[\u0620-\u064a]", 2.0, "EG SA AE KW BH QA OM YE IQ SY LB JO PS DZ MA TN LY SD MR DJ SO TD KM EH IL"),
)
_SPECIAL_LATIN: tuple[tuple[str, float, str], ...] = (
    ("[ąęłńśźżŁŚŻŹ]", 1.5, "PL"),
    ("[řěůŘ]", 2.0, "CZ"),
    ("[őűŐŰ]", 2.5, "HU"),
    ("[ğışİŞ]", 1.5, "TR AZ"),
    ("[əƏ]", 4.0, "AZ"),
    ("[ạảấầẩẫậắằẳẵặẹẻẽếềểễệỉịọỏốồổỗộớờởỡợụủứừửữựỳỵỷỹơưđĐ]", 2.0, "VN"),
    ("[ãõÃÕ]", 1.2, "BR PT AO MZ CV"),
    ("[ñÑ]", 1.0, "ES MX AR CO CL PE EC GT CR SV HN NI PA DO UY PY BO VE PR CU PH"),
    ("[ß]", 2.0, "DE AT"),
    ("[þðÞÐ]", 3.0, "IS FO"),
    ("[åÅ]", 1.5, "SE NO DK FI AX"),
    ("[øæØÆ]", 2.0, "DK NO FO GL"),
    ("[șțȘȚ]", 2.5, "RO MD"),
    ("[ļņķģĻŅĶĢ]", 2.5, "LV"),
    ("[ėįųĖ]", 2.5, "LT"),
)
_COMPILED = tuple((re.compile(letters), weight, codes.split()) for letters, weight, codes in _LETTERS)
_COMPILED_LATIN = tuple(
    (re.compile(letters), weight, codes.split()) for letters, weight, codes in _SPECIAL_LATIN
)


def countries_of_letters(text: str) -> dict[str, float]:
    """ISO code -> weight of what the letters of a text say; empty for plain ASCII."""
    weights: dict[str, float] = {}
    if text.isascii():
        return weights
    for letters, weight, countries in _COMPILED:
        if letters.search(text):
            for country in countries:
                weights[country] = max(weight, weights.get(country, 0.0))
            break
    for letters, weight, countries in _COMPILED_LATIN:
        if letters.search(text):
            for country in countries:
                weights[country] = weights.get(country, 0.0) + weight
    return weights

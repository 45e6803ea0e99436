"""The country that a mail speaks from, and the city of an address that calls it one.

Only guesses: where the address is placed, city and country follow from its place.
"""

from __future__ import annotations

import re
from collections import Counter

from poltwt_console.domain.countries import COUNTRIES

#: Country by calling code (ITU E.164), longest first at look-up.
_CALLING = {
    "7": "RU",
    "20": "EG",
    "27": "ZA",
    "30": "GR",
    "31": "NL",
    "32": "BE",
    "33": "FR",
    "34": "ES",
    "36": "HU",
    "39": "IT",
    "40": "RO",
    "41": "CH",
    "43": "AT",
    "44": "GB",
    "45": "DK",
    "46": "SE",
    "47": "NO",
    "48": "PL",
    "49": "DE",
    "51": "PE",
    "52": "MX",
    "53": "CU",
    "54": "AR",
    "55": "BR",
    "56": "CL",
    "57": "CO",
    "58": "VE",
    "60": "MY",
    "61": "AU",
    "62": "ID",
    "63": "PH",
    "64": "NZ",
    "65": "SG",
    "66": "TH",
    "81": "JP",
    "82": "KR",
    "84": "VN",
    "86": "CN",
    "90": "TR",
    "91": "IN",
    "92": "PK",
    "93": "AF",
    "94": "LK",
    "95": "MM",
    "98": "IR",
    "212": "MA",
    "213": "DZ",
    "216": "TN",
    "218": "LY",
    "220": "GM",
    "221": "SN",
    "233": "GH",
    "234": "NG",
    "251": "ET",
    "254": "KE",
    "255": "TZ",
    "256": "UG",
    "260": "ZM",
    "263": "ZW",
    "264": "NA",
    "265": "MW",
    "266": "LS",
    "267": "BW",
    "351": "PT",
    "352": "LU",
    "353": "IE",
    "354": "IS",
    "355": "AL",
    "356": "MT",
    "357": "CY",
    "358": "FI",
    "359": "BG",
    "370": "LT",
    "371": "LV",
    "372": "EE",
    "373": "MD",
    "374": "AM",
    "375": "BY",
    "380": "UA",
    "381": "RS",
    "382": "ME",
    "383": "XK",
    "385": "HR",
    "386": "SI",
    "387": "BA",
    "389": "MK",
    "420": "CZ",
    "421": "SK",
    "852": "HK",
    "853": "MO",
    "855": "KH",
    "856": "LA",
    "880": "BD",
    "886": "TW",
    "961": "LB",
    "962": "JO",
    "963": "SY",
    "964": "IQ",
    "965": "KW",
    "966": "SA",
    "968": "OM",
    "971": "AE",
    "972": "IL",
    "973": "BH",
    "974": "QA",
    "975": "BT",
    "976": "MN",
    "977": "NP",
    "992": "TJ",
    "993": "TM",
    "994": "AZ",
    "995": "GE",
    "996": "KG",
    "998": "UZ",
}
#: The country that a language alone suggests.
_LANGUAGE = {
    "af": "ZA",
    "am": "ET",
    "az": "AZ",
    "be": "BY",
    "bg": "BG",
    "bn": "BD",
    "bs": "BA",
    "ca": "ES",
    "cs": "CZ",
    "cy": "GB",
    "da": "DK",
    "de": "DE",
    "dv": "MV",
    "dz": "BT",
    "el": "GR",
    "es": "ES",
    "et": "EE",
    "eu": "ES",
    "fa": "IR",
    "fi": "FI",
    "fj": "FJ",
    "fo": "FO",
    "fr": "FR",
    "ga": "IE",
    "gl": "ES",
    "gu": "IN",
    "he": "IL",
    "hi": "IN",
    "hr": "HR",
    "ht": "HT",
    "hu": "HU",
    "hy": "AM",
    "id": "ID",
    "is": "IS",
    "it": "IT",
    "ja": "JP",
    "ka": "GE",
    "kk": "KZ",
    "km": "KH",
    "kn": "IN",
    "ko": "KR",
    "ky": "KG",
    "lb": "LU",
    "lo": "LA",
    "lt": "LT",
    "lv": "LV",
    "mg": "MG",
    "mi": "NZ",
    "mk": "MK",
    "ml": "IN",
    "mn": "MN",
    "mr": "IN",
    "ms": "MY",
    "mt": "MT",
    "my": "MM",
    "ne": "NP",
    "nl": "NL",
    "no": "NO",
    "pa": "IN",
    "pl": "PL",
    "ps": "AF",
    "pt": "PT",
    "rm": "CH",
    "ro": "RO",
    "ru": "RU",
    "rw": "RW",
    "si": "LK",
    "sk": "SK",
    "sl": "SI",
    "sm": "WS",
    "so": "SO",
    "sq": "AL",
    "sr": "RS",
    "st": "LS",
    "sv": "SE",
    "sw": "KE",
    "ta": "IN",
    "te": "IN",
    "tg": "TJ",
    "th": "TH",
    "ti": "ER",
    "tk": "TM",
    "tl": "PH",
    "to": "TO",
    "tr": "TR",
    "uk": "UA",
    "ur": "PK",
    "uz": "UZ",
    "vi": "VN",
    "xh": "ZA",
    "zh": "CN",
    "zu": "ZA",
}
_SHAPES = (
    ("GB", re.compile(r"\b[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2}\b")),
    ("CA", re.compile(r"\b[ABCEGHJ-NPRSTVXY]\d[A-Z] ?\d[A-Z]\d\b")),
    (
        "US",
        re.compile(
            r"\b(?:A[LKZR]|C[AOT]|D[EC]|FL|GA|HI|I[DLNA]|K[SY]|LA|M[EDAINSOT]|N[EVHJMYCD]|O[HKR]|PA|RI|S[CD]"
            r"|T[NX]|UT|V[TA]|W[AVIY])\.?,? \d{5}(?:-\d{4})?\b"
        ),
    ),
    ("AU", re.compile(r"\b(?:NSW|VIC|QLD|TAS|ACT|SA|WA|NT) \d{4}\b")),
    ("JP", re.compile(r"〒|[都道府県]\w{0,12}[市区町村]")),
    ("IN", re.compile(r"\b[1-9]\d{2} ?\d{3}\b(?!\d)")),
)
_DOMAIN = {"uk": "GB", "gov": "US", "mil": "US", "edu": "US", "su": "RU"}
_PHONE = re.compile(r"\+\s?\(?(\d{1,3})")


def find_country(address: str, email: str, texts: list[str], language: str) -> str | None:
    """ISO 3166-1 alpha-2 by the shape of the address, mail domain, phone and language, or None."""
    votes: Counter[str] = Counter()
    for code, shape in _SHAPES:
        if shape.search(address):
            votes[code] += 7 if code != "IN" else 1
    labels = [
        label
        for label in email.lower().rsplit("@", 1)[-1].split(".")
        if label not in ("example", "test", "invalid")
    ]
    if labels:
        last = labels[-1]
        code = _DOMAIN.get(last, last.upper())
        if len(last) == 2 and code in COUNTRIES:
            votes[code] += 6
        elif last in _DOMAIN:
            votes[_DOMAIN[last]] += 5
    for text in texts:
        for match in _PHONE.finditer(text[:4000]):
            digits = match.group(1)
            known = next((_CALLING[digits[:n]] for n in (3, 2, 1) if digits[:n] in _CALLING), None)
            if known:
                votes[known] += 4
    if language in _LANGUAGE:
        votes[_LANGUAGE[language]] += 3
    return max(votes, key=lambda code: votes[code]) if votes else None


#: A city at the head of a Chinese, Japanese or Korean address, with or without the province before it.
_EASTERN_CITY = re.compile(
    r"(?:〒?[\d\-\s,]{0,14})(?:[\u3400-\u9fff]{2,3}[都道府県省])?"
    r"([\u3400-\u9fff]{1,4}?[市县縣])"
    r"|([\uac00-\ud7a3]{2,6}[시군])(?![\uac00-\ud7a3])"
)


def find_city(address: str) -> str | None:
    """The city of an address that calls it one; all others follow from the address's place."""
    eastern = _EASTERN_CITY.match(address) or (_EASTERN_CITY.search(address) if "시" in address else None)
    return None if eastern is None else eastern.group(1) or eastern.group(2)

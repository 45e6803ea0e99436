"""The HTML or plain text that Outlook wraps in RTF (MS-OXRTFEX), and the text of any other RTF.

One pass over tokens.  In encapsulated HTML the tags stand in ``\\*\\htmltag`` groups, and what
``\\htmlrtf`` switches on is for RTF readers only.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

_TOKEN = re.compile(
    rb"\\'([0-9a-fA-F]{2})|\\([a-zA-Z]{1,32})(-?\d{1,10})? ?|\\([^a-zA-Z'])|([{}])"
    rb"|([\r\n]{1,1000})|([^\\{}\r\n]{1,65536})"
)
#: Groups that hold no text.
# fmt: off
_SILENT = frozenset((
    b"fonttbl", b"colortbl", b"stylesheet", b"info", b"pict", b"object", b"themedata", b"datastore",
    b"listtable", b"listoverridetable", b"generator", b"header", b"footer", b"mhtmltag", b"revtbl",
    b"rsidtbl", b"xmlnstbl", b"fldinst", b"pntext", b"latentstyles", b"colorschememapping", b"private",
))
# fmt: on
_BREAKS = {
    b"par": "\n",
    b"line": "\n",
    b"tab": "\t",
    b"row": "\n",
    b"cell": "\t",
    b"sect": "\n",
    b"page": "\n",
}
_SYMBOLS = {
    b"lquote": "\u2018",
    b"rquote": "\u2019",
    b"ldblquote": "\u201c",
    b"rdblquote": "\u201d",
    b"bullet": "\u2022",
    b"endash": "\u2013",
    b"emdash": "\u2014",
    b"zwj": "\u200d",
    b"zwnj": "\u200c",
}
#: Code pages by \\fcharset (Windows).
_CHARSETS = {
    0: "cp1252", 128: "cp932", 129: "cp949", 134: "gb18030", 136: "cp950", 161: "cp1253", 162: "cp1254",
    163: "cp1258", 177: "cp1255", 178: "cp1256", 186: "cp1257", 204: "cp1251", 222: "cp874", 238: "cp1250",
}  # fmt: skip
_GROUPS = 500  # levels; deeper ones are read as if they were at this one


@dataclass(slots=True)
class _State:
    """What holds inside one group."""

    silent: bool = False
    html_tag: bool = False
    for_rtf: bool = False  # between \\htmlrtf and \\htmlrtf0
    codec: str = ""
    unicode_skip: int = 1

    def copy(self) -> _State:
        return _State(self.silent, self.html_tag, self.for_rtf, self.codec, self.unicode_skip)


@dataclass(frozen=True, slots=True)
class RtfText:
    """The text, and whether it is HTML source."""

    text: str
    is_html: bool


def read_rtf(source: bytes) -> RtfText:
    """Take the HTML or the text out of an RTF; never raises."""
    return _Reading(source).run()


class _Reading:
    def __init__(self, source: bytes) -> None:
        head = source[:4096]
        self._source = source
        self._is_html = b"\\fromhtml" in head
        self._from_text = b"\\fromtext" in head
        self._codec = "cp1252"
        self._fonts: dict[int, str] = {}
        self._font = -1
        self._in_fonts = False
        self._out: list[str] = []
        self._bytes = bytearray()
        self._bytes_codec = ""
        self._skip = 0
        self._high = 0

    def run(self) -> RtfText:
        stack: list[_State] = []
        state = _State()
        starred = False
        for token in _TOKEN.finditer(self._source):
            code, word, number, symbol, brace, line_end, text = token.groups()
            if brace == b"{":
                self._flush()
                if len(stack) < _GROUPS:
                    stack.append(state)
                    state = state.copy()
                starred = False
            elif brace == b"}":
                self._flush()
                if stack:
                    state = stack.pop()
                    self._in_fonts = self._in_fonts and len(stack) > 1
            elif word is not None:
                self._word(word.lower() if word.isupper() else word, number, state, starred)
                starred = False
            elif code is not None:
                self._byte(bytes((int(code, 16),)), state)
            elif symbol == b"*":
                starred = True
            elif symbol is not None:
                self._symbol(symbol, state)
            elif text is not None and not line_end:
                self._plain(text, state)
        self._flush()
        return RtfText("".join(self._out), self._is_html)

    def _shows(self, state: _State) -> bool:
        if state.html_tag:
            return True
        return not state.silent and not (self._is_html and state.for_rtf)

    def _word(self, word: bytes, number: bytes | None, state: _State, starred: bool) -> None:
        value = int(number) if number else None
        if word == b"htmltag":
            state.html_tag = True
        elif word == b"htmlrtf":
            self._flush()
            state.for_rtf = value != 0
        elif word == b"fonttbl":
            state.silent = True
            self._in_fonts = True
        elif word == b"f" and value is not None:
            self._font = value
            if not self._in_fonts:
                self._flush()
                state.codec = self._fonts.get(value, "")
        elif word == b"fcharset" and value is not None:
            if self._in_fonts and value in _CHARSETS:
                self._fonts[self._font] = _CHARSETS[value]
        elif word == b"ansicpg" and value:
            self._codec = f"cp{value}" if value != 65001 else "utf-8"
        elif word == b"uc":
            state.unicode_skip = min(max(value or 0, 0), 8)
        elif word == b"u" and value is not None:
            self._unicode(value % 65536, state)
        elif word in _SILENT or (starred and not state.html_tag and word not in (b"htmltag", b"shppict")):
            state.silent = True
        elif word in _BREAKS or word in _SYMBOLS:
            self._write(_BREAKS.get(word) or _SYMBOLS[word], state)

    def _symbol(self, symbol: bytes, state: _State) -> None:
        if symbol in b"{}\\":
            self._plain(symbol, state)
        elif symbol == b"~":
            self._write("\xa0", state)
        elif symbol == b"_":
            self._write("-", state)
        elif symbol in b"\r\n":
            self._write("\n", state)

    def _plain(self, text: bytes, state: _State) -> None:
        if self._skip:
            used = min(self._skip, len(text))
            self._skip -= used
            text = text[used:]
        if text and self._shows(state):
            self._flush()
            self._out.append(text.decode("latin-1"))

    def _byte(self, byte: bytes, state: _State) -> None:
        if self._skip:
            self._skip -= 1
        elif self._shows(state):
            codec = state.codec or self._codec
            if codec != self._bytes_codec:
                self._flush()
                self._bytes_codec = codec
            self._bytes += byte

    def _unicode(self, value: int, state: _State) -> None:
        self._skip = state.unicode_skip
        if 0xD800 <= value < 0xDC00:
            self._high = value
            return
        if 0xDC00 <= value < 0xE000:
            if not self._high:
                return
            value = 0x10000 + ((self._high - 0xD800) << 10) + value - 0xDC00
        self._high = 0
        skip = self._skip
        self._skip = 0
        self._write(chr(value), state)
        self._skip = skip

    def _write(self, text: str, state: _State) -> None:
        if self._shows(state):
            self._flush()
            self._out.append(text)

    def _flush(self) -> None:
        """Decode the bytes collected: characters of two bytes come as two tokens."""
        if self._bytes:
            try:
                self._out.append(self._bytes.decode(self._bytes_codec, "replace"))
            except LookupError:
                self._out.append(self._bytes.decode("cp1252", "replace"))
            self._bytes.clear()

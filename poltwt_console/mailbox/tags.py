"""HTML source made safe for a tree builder: formatting elements renamed, nesting bounded.

Three things make hostile sources expensive: unclosed formatting elements are opened again in every
paragraph (n times n elements), the builder climbs the whole stack of open elements (measured:
20,000 deep 0.5 s, 50,000 deep 6 s), and it compares each attribute of an element with all others.
A reader that wants text needs none of it.
"""

from __future__ import annotations

import re

LEVELS = 500  #: of elements within elements; text below stays, its elements go
#: The name of such an element alone: a replacement that repeats a group is put together tag by tag.
_FORMATTING = re.compile(
    r"(?:(?<=<)|(?<=</))(?:b|big|code|em|font|i|nobr|small|strong|tt|u)(?=[\s/>])", re.IGNORECASE
)
#: Those that strike out text, which a reader needs to know.
_STRIKING = re.compile(r"(?:(?<=<)|(?<=</))(?:s|strike)(?=[\s/>])", re.IGNORECASE)
_OPENING = re.compile(r"<[a-zA-Z](?:[^>\"']|\"[^\"]*\"|'[^']*')*")
_VALUE = re.compile(r"\"[^\"]*\"|'[^']*'")
_BETWEEN = re.compile(r"[\s/]+")
_OPENING_CHARACTERS = 4_000  # of a tag with many attributes; a picture's data may be longer
_ATTRIBUTES = 300
_TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9:-]{0,30})(?=[\s/>])")
#: Elements without content, and those whose end tag is commonly left out: they do not nest by themselves.
# fmt: off
_FLAT = frozenset((
    "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "wbr", "p",
    "li", "td", "th", "tr", "tbody", "thead", "tfoot", "dt", "dd", "option", "o:p", "html", "body", "head",
))
# fmt: on


def tame(source: str) -> str:
    """The source with the same text and structure, as far as a reader needs them."""
    source = _STRIKING.sub("del", _FORMATTING.sub("span", source))
    source = _OPENING.sub(_cut_attributes, source)
    if source.count("<") <= LEVELS:
        return source
    depth = 0
    pieces: list[str] = []
    position = 0
    for tag in _TAG.finditer(source):
        if tag.group(2).lower() in _FLAT:
            continue
        if tag.group(1):
            depth = max(depth - 1, 0)
        elif depth < LEVELS:
            depth += 1
            continue
        else:
            depth += 1
        if depth >= LEVELS:
            # ``<div`` becomes ``<wbr``, an element without content; so does its end tag, as a stray one.
            pieces.append(source[position : tag.start()])
            pieces.append("<wbr")
            position = tag.end()
    pieces.append(source[position:])
    return "".join(pieces)


def _cut_attributes(found: re.Match[str]) -> str:
    tag = found.group()
    if len(tag) <= _OPENING_CHARACTERS or len(_BETWEEN.split(_VALUE.sub(" ", tag))) <= _ATTRIBUTES:
        return tag
    return tag[:_OPENING_CHARACTERS].replace('"', " ").replace("'", " ")

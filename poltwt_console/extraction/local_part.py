"""A handle that a mail describes by its mail address: "our Twitter name is the part before the @".

Looked for only where no account is written out: the sentence speaks of mail and holds an @ that belongs
to no word, or it speaks of the account and says that both are the same.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from poltwt_console.extraction.mention import BASE_SCORE, RANK, Mention, is_handle, looks_like_handle
from poltwt_console.extraction.sentences import sentence_around
from poltwt_console.extraction.view import Origin, Passage, View

RULE = "mail address"
_ADDRESS = re.compile(r"(?<![\w.+\-@])(\w{1,15})@[\w\-]{1,63}(?:\.[\w\-]{1,63}){1,8}", re.ASCII)
_LONE_SIGN = re.compile(r"(?<![\w.@])[@＠](?![\w@.])", re.ASCII)


def find_local_part(view: View) -> Mention | None:
    """The first part of the mail address in such a sentence, of the sender's, or of one further below.

    One that looks like a handle comes first: "riverton_pd" rather than "dana".
    """
    for passage in view.passages(Origin.BODY, Origin.FORWARDED):
        for start, end in _telling(passage):
            below = list(_local_parts(passage, start))
            inside = [found for found in below if found.start < end]
            sender = [found for other in view.passages(Origin.SENDER) for found in _local_parts(other, 0)]
            ranked = sorted([*inside, *sender, *below], key=lambda found: not looks_like_handle(found.handle))
            if ranked:
                return ranked[0]
    return None


def _telling(passage: Passage) -> Iterator[tuple[int, int]]:
    """Where the sentences begin and end that say so."""
    text = passage.text
    for match in passage.words.spelling.mail.finditer(text, *passage.extent):
        start, end = sentence_around(text, *match.span())
        said = passage.words.meanings_in(start, end)
        if _LONE_SIGN.search(text, start, end) or {"same", "label.handle"} <= said:
            yield start, end


def _local_parts(passage: Passage, position: int) -> Iterator[Mention]:
    """The first parts of the mail addresses from a position on, where they have the shape of a handle."""
    for match in _ADDRESS.finditer(passage.text, position):
        line = passage.line_at(match.start())
        if line is not None and is_handle(match.group(1)):
            origin = line.origin
            score = BASE_SCORE[RULE] + RANK[origin]
            yield Mention(match.group(1), passage, *match.span(1), RULE, origin, score)

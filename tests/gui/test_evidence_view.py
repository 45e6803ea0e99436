"""The mail as it is shown: what is struck out is crossed out, what is marked has its number."""

from __future__ import annotations

from PySide6.QtGui import QTextCursor

from poltwt_console.domain.message import Role, TextPart
from poltwt_console.gui.evidence_view import EvidenceView, Mark
from poltwt_console.gui.mail_text import compose
from poltwt_console.gui.style import Style


def test_what_is_struck_out_is_crossed_out(qtbot, qapp):
    view = EvidenceView(Style(qapp))
    qtbot.addWidget(view)
    part = TextPart("body", Role.BODY, "we were @Old and are @New", struck=((8, 12),))
    text = compose([part], "", [])
    view.show_text(text, [], [(part.id, *part.struck[0])])

    def crossed(word: str) -> bool:
        found = view.document().find(word)
        assert isinstance(found, QTextCursor)
        assert not found.isNull()
        return found.charFormat().fontStrikeOut()

    assert crossed("@Old")
    assert not crossed("@New")


def test_values_that_begin_at_one_word_have_their_numbers_side_by_side(qtbot, qapp):
    view = EvidenceView(Style(qapp))
    qtbot.addWidget(view)
    view.resize(400, 200)
    part = TextPart("body", Role.BODY, "\n\nCedar Rapids Police Department")
    view.show_text(compose([part], "", []), [])
    view.show()

    def width_of_numbers(*numbers: int) -> int:
        """How far the ink reaches that stands above the marked line."""
        view.set_marks([])
        bare = view.grab().toImage()
        view.set_marks([Mark("body", 2, 14, number) for number in numbers])
        marked = view.grab().toImage()
        inked = [
            (x, y)
            for x in range(marked.width())
            for y in range(marked.height())
            if marked.pixel(x, y) != bare.pixel(x, y)
        ]
        top = min(y for _, y in inked)
        above = [x for x, y in inked if y < top + 4]
        return max(above) - min(above)

    assert width_of_numbers(2, 3) > width_of_numbers(2) + 3

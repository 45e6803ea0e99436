"""The mail as it is shown: what is struck out is crossed out."""

from __future__ import annotations

from PySide6.QtGui import QTextCursor

from poltwt_console.domain.message import Role, TextPart
from poltwt_console.gui.evidence_view import EvidenceView
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

"""Whoever cannot see the window hears what each control is; whoever has no mouse reaches it."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QComboBox,
    QDialog,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QProgressBar,
    QTextEdit,
    QWidget,
)

from poltwt_console.gui.colours import DARK, LIGHT
from poltwt_console.gui.map_view import MapView
from poltwt_console.gui.style import SCALES, sheet_of
from poltwt_console.workflow import review
from tests.gui.memory_keyring import memory_keyring

CONTROLS = (
    QAbstractButton,
    QAbstractItemView,
    QComboBox,
    QLineEdit,
    QPlainTextEdit,
    QTextEdit,
    QProgressBar,
    MapView,
)


def own(widget: QWidget) -> bool:
    """Whether it is one of ours: not a part that Qt makes inside another control."""
    name = widget.objectName()
    inside = widget.parent()
    return not name.startswith("qt_") and not isinstance(inside, QComboBox | QAbstractItemView | QLineEdit)


@pytest.fixture
def filled(open_window, two_places, registration_ids, store):
    review.accept(store, registration_ids(two_places)[:1])
    driver = open_window()
    for page in ("participants", "map", "exports", "inbox"):
        driver.window.show_page(page)
        driver.settle()
    return driver


def test_every_control_has_a_name(filled):
    nameless = []
    for kind in CONTROLS:
        for widget in filled.window.frame.findChildren(kind):
            words = widget.accessibleName() or getattr(widget, "text", lambda: "")()
            ours = own(widget) and widget.window() is filled.window.frame
            if ours and not widget.isHidden() and not words.strip():
                nameless.append((type(widget).__name__, widget.parent()))
    assert nameless == []


@pytest.mark.parametrize("action", ["own-words", "settings", "fetch", "imports", "about"])
def test_every_control_of_a_dialog_has_a_name(filled, action: str):
    with memory_keyring(), filled.quiet():
        filled.window.actions[action].trigger()
    [dialog] = [d for d in filled.window.frame.findChildren(QDialog) if d.isVisible()]
    nameless = [
        (type(widget).__name__, widget.objectName())
        for kind in CONTROLS
        for widget in dialog.findChildren(kind)
        if own(widget)
        and widget.isVisible()
        and not (widget.accessibleName() or getattr(widget, "text", lambda: "")()).strip()
    ]
    assert nameless == []


@pytest.mark.parametrize("scale", [1.0, 2.0])
@pytest.mark.parametrize("action", ["own-words", "settings", "fetch", "about"])
def test_a_dialog_cuts_no_words_off(filled, style, action: str, scale: float):
    style.scale = scale
    style.apply()
    with memory_keyring(), filled.quiet():
        filled.window.actions[action].trigger()
    [dialog] = [d for d in filled.window.frame.findChildren(QDialog) if d.isVisible()]
    cut = [
        shown.text()
        for shown in dialog.findChildren(QLabel)
        if shown.isVisible()
        and shown.height()
        < (shown.heightForWidth(shown.width()) if shown.wordWrap() else shown.sizeHint().height())
    ]
    assert cut == []


def test_every_page_is_reached_by_keys(filled):
    frame = filled.window.frame
    for n, page in enumerate(("inbox", "participants", "map", "exports"), start=1):
        filled.qtbot.keyClick(frame, str(n), Qt.KeyboardModifier.AltModifier)
        assert filled.window.stack.currentWidget() is filled.window.pages[page]


def luminance(colour: str) -> float:
    """Relative luminance (WCAG 2.2)."""
    parts = [int(colour[n : n + 2], 16) / 255 for n in (1, 3, 5)]
    linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    high, low = sorted((luminance(one), luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("colours", [LIGHT, DARK], ids=["light", "dark"])
def test_text_stands_out_from_its_ground(colours):
    pairs = [colours.tone(tone) for tone in ("good", "warn", "bad", "quiet", "agency", "officer")]
    pairs += [(colours.ink, g) for g in (colours.panel, colours.ground, colours.side, colours.raised)]
    pairs += [(colours.mute, g) for g in (colours.panel, colours.ground, colours.side)]
    pairs += [(colours.ink, colours.mark(n).name()) for n in range(1, 6)]
    pairs += [
        (colours.accent_ink, colours.accent),
        (colours.accent, colours.panel),
        (colours.ink, colours.accent_soft),
    ]
    weak = {pair: round(contrast(*pair), 2) for pair in pairs if contrast(*pair) < 4.5}
    assert weak == {}


@pytest.mark.parametrize("scale", SCALES)
def test_the_sheet_is_filled_at_every_scale(scale):
    filled = sheet_of(LIGHT, scale)
    assert "@" not in filled
    assert "$" not in filled

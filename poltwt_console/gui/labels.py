"""Small labels: plain text always, with the look or tone that the style sheet knows."""

from __future__ import annotations

from PySide6.QtWidgets import QFrame, QLabel, QLayout, QPushButton, QSizePolicy, QWidget


def label(text: str = "", look: str = "", *, wrap: bool = False, selectable: bool = False) -> QLabel:
    """A label that never takes its text for HTML."""
    made = QLabel()
    made.setProperty("textFormat", 0)  # Qt.TextFormat.PlainText; the frame does without the enums of Qt
    made.setText(text)
    made.setWordWrap(wrap)
    if look:
        made.setProperty("look", look)
    if selectable:
        from PySide6.QtCore import Qt

        made.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
    return made


def pill(text: str = "", tone: str = "quiet") -> QLabel:
    """A word on a coloured ground: good, warn, bad, quiet, agency or officer."""
    made = label(text)
    made.setProperty("tone", tone)
    made.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
    return made


def set_pill(shown: QLabel, text: str, tone: str) -> None:
    """Another word and tone; nothing is shown where the word is empty."""
    shown.setText(text)
    shown.setVisible(bool(text))
    set_property(shown, "tone", tone)


def set_property(widget: QWidget, name: str, value: object) -> None:
    """Set a property that the style sheet looks at."""
    if widget.property(name) != value:
        widget.setProperty(name, value)
        widget.style().unpolish(widget)
        widget.style().polish(widget)


def button(text: str, look: str = "", *, name: str = "", tip: str = "") -> QPushButton:
    """A button; ``name`` is what a screen reader says where the text alone would not do.

    An "&" in the text is shown as it is: what stands on a button may come from a mail.
    """
    made = QPushButton(text.replace("&", "&&"))
    if look:
        made.setProperty("look", look)
    if name:
        made.setAccessibleName(name)
    if tip:
        made.setToolTip(plain_tip(tip))
    return made


def plain_tip(text: str) -> str:
    """A tool tip that Qt cannot take for HTML: it guesses by the first "<"."""
    return text.replace("<", "‹").replace(">", "›")


def frame(name: str = "", look: str = "") -> QFrame:
    """A plain area of the window."""
    made = QFrame()
    if name:
        made.setObjectName(name)
    if look:
        made.setProperty("look", look)
    return made


def rule() -> QFrame:
    """A thin line across."""
    return frame(look="line")


def clear(layout: QLayout) -> None:
    """Take everything out of a layout and away."""
    while (item := layout.takeAt(0)) is not None:
        widget = item.widget()
        if widget is not None:
            widget.hide()
            widget.deleteLater()
        elif (inner := item.layout()) is not None:
            clear(inner)

"""The colours of the window: one set for light, one for dark, the same names in both.

Text on its background keeps a contrast of at least 4.5 to 1 (WCAG 2.2, 1.4.3); a tone is never
the only sign of what it says: each pill carries its word.
"""

from __future__ import annotations

from typing import NamedTuple

from PySide6.QtGui import QColor, QPalette


class Colours(NamedTuple):
    """One set of colours, each "#rrggbb"."""

    ground: str  # behind cards
    panel: str  # bars, lists, forms
    raised: str  # fields, buttons
    side: str  # the form beside the mail
    line: str
    ink: str
    mute: str
    accent: str
    accent_ink: str  # on accent
    accent_soft: str
    good: str
    good_soft: str
    warn: str
    warn_soft: str
    bad: str
    bad_soft: str
    quiet_soft: str
    officer: str
    officer_soft: str
    mark_1: str  # behind the words of a Twitter name
    mark_2: str  # ... of an agency
    mark_3: str  # ... of an address
    mark_4: str  # ... of a contact
    mark_5: str  # ... of a person
    dot_agency: str  # on the map
    dot_officer: str
    dot_ink: str
    sea: str
    land: str
    border: str

    def mark(self, number: int) -> QColor:
        """What lies behind the words of field ``number`` (1 to 5)."""
        return QColor(getattr(self, f"mark_{number}"))

    def tone(self, tone: str) -> tuple[str, str]:
        """(text, ground) of a pill: good, warn, bad, quiet, agency or officer."""
        if tone == "agency":
            return self.accent, self.accent_soft
        if tone == "quiet":
            return self.mute, self.quiet_soft
        return getattr(self, tone), getattr(self, f"{tone}_soft")

    def names(self) -> dict[str, str]:
        """All of them by name, to be filled into the style sheet."""
        return self._asdict()


LIGHT = Colours(
    ground="#f6f7f9",
    panel="#ffffff",
    raised="#ffffff",
    side="#fbfcfd",
    line="#e2e6ec",
    ink="#1a2230",
    mute="#5d6878",
    accent="#1f5fbf",
    accent_ink="#ffffff",
    accent_soft="#e6effb",
    good="#16704a",
    good_soft="#dff3e8",
    warn="#8a5a0b",
    warn_soft="#fbf0d9",
    bad="#b03426",
    bad_soft="#fbe3e0",
    quiet_soft="#eef0f4",
    officer="#a24e10",
    officer_soft="#fcebdd",
    mark_1="#cfe3ff",
    mark_2="#ffe3bf",
    mark_3="#d5f0dc",
    mark_4="#e6dcfb",
    mark_5="#fbd9e6",
    dot_agency="#1f5fbf",
    dot_officer="#c2601a",
    dot_ink="#ffffff",
    sea="#d8e5f0",
    land="#f6f3ec",
    border="#c9c3b4",
)

DARK = Colours(
    ground="#14171c",
    panel="#1b1f26",
    raised="#232831",
    side="#181c22",
    line="#313844",
    ink="#e6e9ef",
    mute="#9aa5b4",
    accent="#7fb0f5",
    accent_ink="#0d1a2c",
    accent_soft="#22344f",
    good="#74cfa0",
    good_soft="#173a2a",
    warn="#e6bb66",
    warn_soft="#40321a",
    bad="#f19a8e",
    bad_soft="#4a2522",
    quiet_soft="#2a303a",
    officer="#f0aa77",
    officer_soft="#432c1b",
    mark_1="#24466f",
    mark_2="#5e4420",
    mark_3="#22512f",
    mark_4="#443468",
    mark_5="#5d2c44",
    dot_agency="#6ea4f0",
    dot_officer="#f09a55",
    dot_ink="#0d1a2c",
    sea="#18222e",
    land="#2c333c",
    border="#485260",
)


def colours_of(palette: QPalette) -> Colours:
    """The set that a widget's palette belongs to; for what paints itself."""
    return DARK if palette.window().color().lightness() < 128 else LIGHT


def palette_of(colours: Colours) -> QPalette:
    """A palette of these colours, for what the style sheet does not reach."""
    palette = QPalette()
    role = QPalette.ColorRole
    for which, name in (
        (role.Window, colours.ground),
        (role.WindowText, colours.ink),
        (role.Base, colours.panel),
        (role.AlternateBase, colours.side),
        (role.Text, colours.ink),
        (role.Button, colours.raised),
        (role.ButtonText, colours.ink),
        (role.BrightText, colours.bad),
        (role.Highlight, colours.accent),
        (role.HighlightedText, colours.accent_ink),
        (role.Link, colours.accent),
        (role.LinkVisited, colours.accent),
        (role.ToolTipBase, colours.raised),
        (role.ToolTipText, colours.ink),
        (role.PlaceholderText, colours.mute),
        (role.Mid, colours.line),
        (role.Accent, colours.accent),
    ):
        palette.setColor(which, QColor(name))
    for which in (role.WindowText, role.Text, role.ButtonText):
        palette.setColor(QPalette.ColorGroup.Disabled, which, QColor(colours.mute))
    return palette

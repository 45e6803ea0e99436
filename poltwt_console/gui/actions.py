"""Everything that can be done by key or menu, defined once.

Single letters act in the list and the mail only (``local``): their context is the widget that has
the focus, so that they are text in a field.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMenu, QWidget


@dataclass(frozen=True, slots=True)
class Entry:
    """One action: where it stands in the menus, its words, its keys."""

    key: str
    menu: str
    text: str
    shortcuts: tuple[str | QKeySequence.StandardKey, ...] = ()
    local: bool = False
    line_before: bool = False


ENTRIES = (
    Entry("import", "File", "Import mail…", (QKeySequence.StandardKey.Open,)),
    Entry("import-folder", "File", "Import a folder…"),
    Entry("paste", "File", "Paste mail…", (QKeySequence.StandardKey.Paste,)),
    Entry("fetch", "File", "Fetch from a mail server…"),
    Entry("imports", "File", "Imports…"),
    Entry("export", "File", "Export…", ("Ctrl+E",), line_before=True),
    Entry("quit", "File", "Quit", (QKeySequence.StandardKey.Quit, "Ctrl+Q"), line_before=True),
    Entry("undo", "Edit", "Undo", (QKeySequence.StandardKey.Undo,)),
    Entry("redo", "Edit", "Redo", (QKeySequence.StandardKey.Redo,)),
    Entry("find", "Edit", "Find", (QKeySequence.StandardKey.Find, "/"), line_before=True),
    Entry("own-words", "Edit", "Own words…", line_before=True),
    Entry("settings", "Edit", "Settings…", ("Ctrl+,",)),
    Entry("accept", "Mail", "Accept", ("Return", "Enter"), local=True),
    Entry(
        "accept-ready",
        "Mail",
        "Accept all ready accounts of the mail",
        ("Shift+Return", "Shift+Enter"),
        local=True,
    ),
    Entry("set-aside", "Mail", "Set aside", ("X",), local=True),
    Entry("set-mail-aside", "Mail", "Set the whole mail aside", ("Shift+X",), local=True),
    Entry("reopen", "Mail", "Put back into the queue"),
    Entry("next", "Mail", "Next mail", ("J",), local=True, line_before=True),
    Entry("previous", "Mail", "Previous mail", ("K",), local=True),
    Entry("next-account", "Mail", "Next account of the mail", ("L",), local=True),
    Entry("previous-account", "Mail", "Previous account of the mail", ("H",), local=True),
    Entry("give-1", "Mail", "Give the selected words to: Twitter name", ("1",), local=True, line_before=True),
    Entry("give-2", "Mail", "Give the selected words to: agency", ("2",), local=True),
    Entry("give-3", "Mail", "Give the selected words to: address", ("3",), local=True),
    Entry("give-4", "Mail", "Give the selected words to: contact", ("4",), local=True),
    Entry("give-5", "Mail", "Give the selected words to: officer", ("5",), local=True),
    Entry(
        "accept-all-ready",
        "Mail",
        "Accept everything that is ready",
        ("Ctrl+Shift+Return",),
        line_before=True,
    ),
    Entry("locate", "Mail", "Look up places that are missing"),
    Entry("online", "Mail", "Look doubtful places up online…"),
    Entry("inbox", "View", "Inbox", ("Alt+1", "Ctrl+1")),
    Entry("participants", "View", "Participants", ("Alt+2", "Ctrl+2")),
    Entry("map", "View", "Map", ("Alt+3", "Ctrl+3")),
    Entry("exports", "View", "Exports", ("Alt+4", "Ctrl+4")),
    Entry("larger", "View", "Larger text", (QKeySequence.StandardKey.ZoomIn, "Ctrl+="), line_before=True),
    Entry("smaller", "View", "Smaller text", (QKeySequence.StandardKey.ZoomOut,)),
    Entry("normal", "View", "Normal text", ("Ctrl+0",)),
    Entry("keys", "Help", "Keys", ("F1",)),
    Entry("about", "Help", "About poltwt console"),
)


class Actions(QObject):
    """The QActions by key; ``connect`` says what each does."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._actions: dict[str, QAction] = {}
        for entry in ENTRIES:
            action = QAction(entry.text, parent)
            action.setShortcuts([QKeySequence(keys) for keys in _distinct(entry.shortcuts)])
            action.setMenuRole(_ROLES.get(entry.key, QAction.MenuRole.NoRole))
            if entry.local:
                action.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
            else:
                parent.addAction(action)
            self._actions[entry.key] = action

    def __getitem__(self, key: str) -> QAction:
        return self._actions[key]

    def fill(self, menus: Mapping[str, QMenu]) -> None:
        """Put the actions into the menus of the frame."""
        for entry in ENTRIES:
            menu = menus[entry.menu]
            if entry.line_before:
                menu.addSeparator()
            menu.addAction(self._actions[entry.key])

    def connect_to(self, verbs: dict[str, Callable[[], object]]) -> None:
        """Say what each action does."""
        for key, verb in verbs.items():
            self._actions[key].triggered.connect(lambda _=False, v=verb: v())

    def keys(self) -> list[str]:
        """One line for each action that has keys."""
        native = QKeySequence.SequenceFormat.NativeText
        return [
            f"{', '.join(k.toString(native) for k in action.shortcuts()):24} {action.text()}"
            for action in self._actions.values()
            if action.shortcuts()
        ]

    def act_in(self, *widgets: QWidget) -> None:
        """Let the local keys act while one of these has the focus."""
        for entry in ENTRIES:
            if entry.local:
                for widget in widgets:
                    widget.addAction(self._actions[entry.key])


_ROLES = {
    "quit": QAction.MenuRole.QuitRole,
    "about": QAction.MenuRole.AboutRole,
    "settings": QAction.MenuRole.PreferencesRole,
}


def _distinct(shortcuts: tuple[str | QKeySequence.StandardKey, ...]) -> list[QKeySequence]:
    """Each sequence once: a second action of the same keys would make both ambiguous."""
    found: list[QKeySequence] = []
    for keys in shortcuts:
        sequences = [QKeySequence(keys)] if isinstance(keys, str) else QKeySequence.keyBindings(keys)
        found += [s for s in sequences if s not in found]
    return found

"""The middle of the inbox: the mail with its marks, and what can be done with its text."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QLocale, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QFrame, QHBoxLayout, QMenu, QPushButton, QVBoxLayout, QWidget

from poltwt_console.domain.counts import counted
from poltwt_console.domain.registration import FIELD_NAMES
from poltwt_console.gui.evidence_view import EvidenceView, Mark
from poltwt_console.gui.flow import Flow
from poltwt_console.gui.labels import button, clear, frame, label, set_property
from poltwt_console.gui.links import ask_to_open
from poltwt_console.gui.mail_text import compose, moment

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from poltwt_console.gui.questions import MailAnswer
    from poltwt_console.gui.style import Style
    from poltwt_console.store.registrations import StoredRegistration

#: The number on the screen of each field that has words in a mail.
NUMBERS = {
    "handle": 1,
    "name": 2,
    "address": 3,
    "city": 3,
    "country": 3,
    "contact_name": 4,
    "contact_email": 4,
    "person": 5,
}
_MOST_FILES = 6  # that have a button of their own
#: The same in fewer words, for where there is less room.
_CHOOSE = ("Choose its columns…", "Columns…", "…")


class MailPane(QFrame):
    """Shows one mail."""

    original_wanted = Signal()
    account_clicked = Signal(str)
    table_wanted = Signal()  # its columns are to be chosen
    save_wanted = Signal(str, str, str)  # path, name and type of an attachment

    def __init__(self, style: Style) -> None:
        super().__init__()
        self.setObjectName("mail")
        self.table = QWidget()
        self._box = frame(look="box-warn")
        self._table_words = label(wrap=True)
        self.choose = button(_CHOOSE[0], name=_CHOOSE[0], tip=_CHOOSE[0])
        self.choose.setMinimumWidth(1)  # in a large text the pane may be narrower than its words
        self.choose.clicked.connect(self.table_wanted)
        self._line = QBoxLayout(QBoxLayout.Direction.LeftToRight, self._box)
        self._line.addWidget(self._table_words, 1)
        self._line.addWidget(self.choose)
        self._above = QVBoxLayout(self.table)
        self._above.addWidget(self._box)
        self.view = EvidenceView(style)
        self.view.link_clicked.connect(self._open_link)
        self.view.account_clicked.connect(self.account_clicked)
        self._style = style
        self._keys = label(
            "Select words, then  1\u00a0Twitter\u00a0name  2\u00a0agency  3\u00a0address  4\u00a0contact  "
            "5\u00a0officer",
            "why",
            wrap=True,
        )
        self.attachments: list[QPushButton] = []
        self._attached = QWidget()
        self._files = Flow()
        attached = QVBoxLayout(self._attached)
        attached.setContentsMargins(0, 0, 0, 0)
        attached.addLayout(self._files)
        original = button("Original", "link", name="Show the original mail")
        original.clicked.connect(self.original_wanted)
        foot = frame()
        below = QVBoxLayout(foot)
        below.setContentsMargins(20, 6, 12, 8)
        below.setSpacing(2)
        row = QHBoxLayout()
        row.addWidget(self._keys, 1)
        row.addStretch(0)
        row.addWidget(original)
        below.addLayout(row)
        below.addWidget(self._attached)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.table)
        column.addWidget(self.view, 1)
        column.addWidget(foot)
        style.changed.connect(self._fit)
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """In a narrow pane things stand below each other, closer to the edge, and in fewer words."""
        wide = self.width() >= self._style.px(330)
        self._keys.setVisible(wide)
        way = QBoxLayout.Direction.LeftToRight if wide else QBoxLayout.Direction.TopToBottom
        self._line.setDirection(way)
        outside, inside = (16, 12) if wide else (6, 8)
        self._above.setContentsMargins(outside, 12, outside, 0)
        self._line.setContentsMargins(inside, 8, inside, 8)
        room = self.width() - 2 * (outside + inside)
        for words in _CHOOSE:
            self.choose.setText(words)
            if self.choose.sizeHint().width() <= room:
                break

    def show_mail(self, answer: MailAnswer) -> None:
        """Show another mail; its marks come with ``show_account``."""
        detail = answer.detail
        facts = [moment(detail.date, detail.date_given)]
        if detail.language:
            facts.append(QLocale.languageToString(QLocale(detail.language).language()))
        facts.append(f"#{detail.number}")
        text = compose(answer.parts, " · ".join(facts), warnings_of(answer))
        links = [(p.id, link.start, link.end, link.target) for p in answer.parts for link in p.links]
        struck = [(p.id, start, end) for p in answer.parts for start, end in p.struck]
        self.view.show_text(text, links, struck)
        self._show_attachments(detail.attachments)

    def _show_attachments(self, files: Sequence[Mapping[str, Any]]) -> None:
        clear(self._files)
        self.attachments = []
        self._files.addWidget(label("Attached", "why"))
        for one in files[:_MOST_FILES]:
            made = button(_shown(one), "choice", name=f"Save {_shown(one)} as", tip=f"Save {one['name']} as…")
            made.clicked.connect(partial(self._save, one))
            self.attachments.append(made)
            self._files.addWidget(made)
        rest = files[_MOST_FILES:]
        if rest:
            more = button(f"{len(rest)} more…", "choice")
            menu = QMenu(more)
            for one in rest:
                menu.addAction(_shown(one).replace("&", "&&"), partial(self._save, one))
            more.setMenu(menu)
            self._files.addWidget(more)
        self._attached.setVisible(bool(files))

    def _save(self, one: Mapping[str, Any], _checked: bool = False) -> None:
        self.save_wanted.emit(one["path"], one["name"], one["content_type"])

    def show_account(self, answer: MailAnswer, position: int) -> None:
        """Mark the words of one account, and faintly the names of the others."""
        tables, waiting = len(answer.tables), len(answer.detail.tables_to_map)
        words = "was not understood" if waiting else "gave no account"
        many = words.replace("was", "were")
        self._table_words.setText(f"A table {words}." if tables == 1 else f"{tables} tables {many}.")
        set_property(self._box, "look", "box-warn" if waiting else "box-quiet")
        self.table.setVisible(bool(tables))
        self.view.set_marks(marks_of(answer.registrations, position))

    def _open_link(self, target: str) -> None:
        ask_to_open(self, target)


def marks_of(registrations: tuple[StoredRegistration, ...], position: int) -> list[Mark]:
    """The words behind each field of account ``position``, and the names of the other accounts."""
    marks = []
    for n, registration in enumerate(registrations):
        for name in FIELD_NAMES if n == position else ("handle",):
            evidence = registration.fields[name].read.evidence
            number = NUMBERS.get(name)
            if evidence is None or number is None:
                continue
            faint = n != position
            marks.append(
                Mark(
                    evidence.part,
                    evidence.start,
                    evidence.end,
                    number,
                    faint,
                    registration.id if faint else "",
                )
            )
    return _without_inner(marks)


def _without_inner(marks: list[Mark]) -> list[Mark]:
    """A city inside its address needs no mark of its own."""
    return [
        mark
        for mark in marks
        if not any(
            other is not mark
            and other.number == mark.number
            and other.faint == mark.faint
            and other.part == mark.part
            and other.start <= mark.start
            and mark.end <= other.end
            and (other.start, other.end) != (mark.start, mark.end)
            for other in marks
        )
    ]


def warnings_of(answer: MailAnswer) -> list[str]:
    """What the organiser should know of a mail before reading it."""
    detail = answer.detail
    warnings = []
    if detail.reply_to and detail.reply_to.lower() != detail.sender_email.lower():
        warnings.append(f"Answers go to {detail.reply_to}, not to the sender.")
    red = next((r for r in answer.registrations if r.sender_check == "red"), None)
    if red is not None:
        warnings.append(f"Sender doubtful: {red.sender_reason}.")
    if detail.id_clash:
        warnings.append("Another mail with other words has the same Message-ID.")
    if detail.state == "aside" and detail.state_reason:
        warnings.append(f"Set aside: {detail.state_reason}.")
    return [*warnings, *detail.defects]


def _shown(one: Mapping[str, Any]) -> str:
    """An attachment's name on one line, in letters that do not turn the line around, with its size."""
    name = "".join(c if c.isprintable() else " " for c in one["name"] or one["content_type"])
    return f"{name if len(name) <= 40 else f'{name[:24]}…{name[-15:]}'} ({_size(one['size'])})"


def _size(size: int) -> str:
    return counted(size, "byte") if size < 10_000 else f"{size / 1000:,.0f} kB"

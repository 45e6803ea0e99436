"""The columns of a table that was not understood: a person says what each holds."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QAbstractItemView,
    QDialog,
    QHeaderView,
    QTableWidget,
    QTableWidgetItem,
    QWidget,
)

from poltwt_console.domain.counts import counted
from poltwt_console.gui.check import Check
from poltwt_console.gui.dialogs import dialog_column, take_or_cancel
from poltwt_console.gui.editors import ChoiceEditor
from poltwt_console.gui.labels import label, plain_tip
from poltwt_console.gui.mapping_questions import TableAnswer, TableWish
from poltwt_console.gui.style import Style

NOTHING = "nothing"
COLUMNS = (
    (NOTHING, "nothing"),
    ("handle", "Twitter name"),
    ("name", "Agency"),
    ("person", "Officer"),
    ("participant", "Takes part as"),
    ("address", "Address"),
    ("city", "City"),
    ("country", "Country"),
    ("contact_name", "Contact"),
    ("contact_email", "Contact’s mail"),
)
_ROWS = 12
_MOST_COLUMNS = 60
_LONGEST = 120


class MappingDialog(QDialog):
    """Shows the first rows under one choice a column; ``wanted`` tells what was chosen."""

    wanted = Signal(object)  # TableWish

    def __init__(self, parent: QWidget, style: Style, answer: TableAnswer) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle("Choose the columns")
        self._answer = answer
        self._rows = answer.table.rows
        shown = self._rows[:_ROWS]
        width = min(_MOST_COLUMNS, max((len(row) for row in self._rows), default=0))
        whole = min(1080, max(760, 160 * width + 100))
        self._column = style.px(max(156, min(320, (whole - 100) // max(1, width))))
        self.resize(style.px(whole), style.px(520))
        self.heading = Check("The first row is a heading, and no account")
        self.heading.setChecked(True)
        self.table = QTableWidget(len(shown) + 1, width)
        self.table.setAccessibleName("First rows of the table")
        self.table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.table.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.table.setTabKeyNavigation(False)
        self.table.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.table.horizontalHeader().hide()
        self.table.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.table.setVerticalHeaderLabels(["holds", *(f"{n}" for n in range(1, len(shown) + 1))])
        self.choices: list[ChoiceEditor] = []
        for column in range(width):
            self._add_column(column, shown, style)
        self.table.setRowHeight(0, style.px(36))
        self.hint = label(look="why", wrap=True)
        buttons, self.ok = take_or_cancel("Take the accounts")
        buttons.accepted.connect(self._take)
        buttons.rejected.connect(self.reject)
        self.heading.toggled.connect(self._follow)
        column_ = dialog_column(self)
        column_.addWidget(label(answer.table.name, "strong", wrap=True))
        column_.addWidget(
            label("Say what each column holds; each row with a Twitter name becomes an account.", wrap=True)
        )
        column_.addWidget(self.table, 1)
        column_.addWidget(self.heading)
        column_.addWidget(self.hint)
        column_.addWidget(buttons)
        self._follow()

    def _add_column(self, column: int, shown: tuple[tuple[str, ...], ...], style: Style) -> None:
        choice = ChoiceEditor(COLUMNS)
        choice.setProperty("look", "chooser")
        title = shown[0][column].strip() if shown and column < len(shown[0]) else ""
        choice.setAccessibleName(f"Column {column + 1} {title} holds")
        choice.show_value(self._answer.guess.get(column, NOTHING))
        choice.currentIndexChanged.connect(lambda _: self._chosen(column))
        self.choices.append(choice)
        self.table.setCellWidget(0, column, choice)
        self.table.setColumnWidth(column, self._column)
        for row, cells in enumerate(shown, 1):
            text = " ".join(cells[column].split()) if column < len(cells) else ""
            item = QTableWidgetItem(text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…")
            item.setToolTip(plain_tip(item.text()))
            self.table.setItem(row, column, item)
            self.table.setRowHeight(row, style.px(30))

    def _chosen(self, column: int) -> None:
        """What one column holds, no other does."""
        value = self.choices[column].value()
        for other in self.choices:
            if other is not self.choices[column] and other.value() == value != NOTHING:
                other.show_value(NOTHING)
        self._follow()

    def columns(self) -> dict[int, str]:
        """What the columns hold, by number from 0."""
        return {n: choice.value() for n, choice in enumerate(self.choices) if choice.value() != NOTHING}

    def _follow(self) -> None:
        chosen = {name: column for column, name in self.columns().items()}
        there = "handle" in chosen
        self.ok.setEnabled(there)
        if not there:
            self.hint.setText("One column must hold the Twitter name.")
            return
        rows = self._rows[int(self.heading.isChecked()) :]
        named = sum(bool(row[chosen["handle"]].strip()) for row in rows if chosen["handle"] < len(row))
        self.hint.setText(f"{counted(named, 'row')} of {len(rows):,} with a Twitter name.")

    def _take(self) -> None:
        skip = int(self.heading.isChecked())
        self.wanted.emit(TableWish(self._answer.message_id, self._answer.table.part_id, self.columns(), skip))
        self.accept()

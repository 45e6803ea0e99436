"""The participants: filters, the table with edits in its cells, and one of them in full."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout

from poltwt_console.domain.countries import country_name
from poltwt_console.domain.participant import ParticipationState, Visibility
from poltwt_console.domain.registration import TakesPartAs
from poltwt_console.gui import questions
from poltwt_console.gui.add_dialog import AddDialog
from poltwt_console.gui.combo import Combo
from poltwt_console.gui.editors import country_code
from poltwt_console.gui.empty_state import EmptyState
from poltwt_console.gui.flow import Flow
from poltwt_console.gui.labels import button, frame
from poltwt_console.gui.links import ask_to_open
from poltwt_console.gui.page import Page
from poltwt_console.gui.people_table import PeopleTable, people_columns
from poltwt_console.gui.person_panel import PersonPanel
from poltwt_console.gui.questions import PeopleAnswer, PeopleWish, PersonAnswer
from poltwt_console.gui.window_model import WindowModel

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from poltwt_console.domain.changes import Changes
    from poltwt_console.domain.edition import Edition
    from poltwt_console.domain.participant import Participation
    from poltwt_console.gui.desk import Desk
    from poltwt_console.gui.jobs import Jobs
    from poltwt_console.gui.notices import Notices
    from poltwt_console.gui.style import Style

_WHICH = (("all", "Everyone"), ("doubtful", "Place uncertain"), ("not-listed", "Not on the list yet"))


class ParticipantsPage(Page):
    """Shows and edits participants."""

    tables = frozenset({"participation", "participant", "location", "publication", "registration", "agency"})
    mail_wanted = Signal(str)

    def __init__(self, jobs: Jobs, notices: Notices, style: Style, edition: Edition) -> None:
        super().__init__()
        self.setObjectName("panel")
        self._jobs = jobs
        self._notices = notices
        self._edition = edition
        self._wish = PeopleWish()
        self._answer: PersonAnswer | None = None
        self.model: WindowModel[Participation] = WindowModel(
            jobs, "people-rows", questions.participations, people_columns(lambda: self._edition), self
        )
        self.table = PeopleTable(style)
        self.table.show_model(self.model)
        self.panel = PersonPanel(style)
        self.empty = EmptyState()
        self.agencies = button("Agencies", "chip")
        self.officers = button("Officers", "chip")
        self.which = Combo()
        self.which.setAccessibleName("Show")
        for key, words in _WHICH:
            self.which.addItem(words, key)
        self.country = Combo()
        self.country.setAccessibleName("Country")
        self.country.addItem("Country: any", None)
        self.state = Combo()
        self.state.setAccessibleName("State")
        self.state.addItem("State: any", None)
        for state in ParticipationState:
            self.state.addItem(state.value, state.value)
        self.add = button("Add…")
        self._lay_out()
        self._connect()
        self._style = style
        style.changed.connect(self._fit)

    def use_edition(self, edition: Edition) -> None:
        """Show another edition from now on."""
        self._edition = edition

    # -- building

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        self.panel.setFixedWidth(self._style.share(self.width(), 0.36, 230, 312))

    def _lay_out(self) -> None:
        head = frame("head")
        outer = QHBoxLayout(head)
        outer.setContentsMargins(14, 8, 14, 8)
        line = Flow(8)
        outer.addLayout(line, 1)
        for chip in (self.agencies, self.officers):
            chip.setCheckable(True)
            line.addWidget(chip)
        line.addWidget(self.which)
        line.addWidget(self.country)
        line.addWidget(self.state)
        outer.addWidget(self.add, 0, Qt.AlignmentFlag.AlignTop)
        self._stack = QStackedWidget()
        self._stack.addWidget(self.empty)
        self._stack.addWidget(self.table)
        left = QVBoxLayout()
        left.setSpacing(0)
        left.addWidget(head)
        left.addWidget(self._stack, 1)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addLayout(left, 1)
        row.addWidget(self.panel)
        self.panel.hide()

    def _connect(self) -> None:
        self.agencies.clicked.connect(lambda on: self._filter_kind(TakesPartAs.AGENCY, on))
        self.officers.clicked.connect(lambda on: self._filter_kind(TakesPartAs.OFFICER, on))
        self.which.activated.connect(lambda _: self._filter_which(self.which.currentData()))
        self.country.activated.connect(
            lambda _: self._ask(replace(self._wish, country=self.country.currentData()))
        )
        self.state.activated.connect(lambda _: self._ask(replace(self._wish, state=self.state.currentData())))
        self.add.clicked.connect(self._add)
        self.table.chosen.connect(self._choose)
        self.table.opened.connect(self.panel.focus_first)
        self.model.edited.connect(self._edit_cell)
        self.model.sort_wanted.connect(
            lambda key, down: self._ask(replace(self._wish, order=key, descending=down))
        )
        panel = self.panel
        panel.edited.connect(self._edit)
        panel.state_wanted.connect(self._set_state)
        panel.visibility_wanted.connect(self._set_visibility)
        panel.picked.connect(self._pick)
        panel.place.unlocked.connect(self._unlock)
        panel.mail_wanted.connect(self.mail_wanted)
        panel.link_wanted.connect(lambda target: ask_to_open(self, target))
        panel.left.connect(self.table.setFocus)
        self.empty.wanted.connect(self._next_step)

    # -- what to show

    def search(self, words: str) -> None:
        """Show those that have these words."""
        self._ask(replace(self._wish, search=words))

    def show_not_listed(self) -> None:
        """Show those that the last Twitter list did not have."""
        self._clear_filters()
        self.which.setCurrentIndex(self.which.findData("not-listed"))
        self._ask(PeopleWish(not_listed=True, order=self._wish.order, descending=self._wish.descending))

    def show_all(self) -> None:
        """Take every filter away but the search."""
        self._clear_filters()
        wish = self._wish
        self._ask(PeopleWish(search=wish.search, order=wish.order, descending=wish.descending))

    def show_participation(self, participation_id: str) -> None:
        """Go to one participant, whatever was filtered."""
        self._clear_filters()
        wish = PeopleWish(order=self._wish.order, descending=self._wish.descending)
        self._ask(wish, go_to=participation_id)

    def refresh(self) -> None:
        """Load again."""
        self._ask(self._wish)

    def _clear_filters(self) -> None:
        for chip in (self.agencies, self.officers):
            chip.setChecked(False)
        self.which.setCurrentIndex(0)
        self.country.setCurrentIndex(0)
        self.state.setCurrentIndex(0)

    def _filter_kind(self, kind: TakesPartAs, on: bool) -> None:
        self.agencies.setChecked(on and kind is TakesPartAs.AGENCY)
        self.officers.setChecked(on and kind is TakesPartAs.OFFICER)
        self._ask(replace(self._wish, kind=kind.value if on else None))

    def _filter_which(self, which: str) -> None:
        wish = replace(self._wish, doubtful=which == "doubtful", not_listed=which == "not-listed")
        self._ask(wish)

    def _ask(self, wish: PeopleWish, go_to: str | None = None) -> None:
        self._wish = wish
        if self._jobs.desk is None:
            return
        self._jobs.read(
            "people", lambda desk: questions.people(desk, wish), lambda answer: self._show_ids(answer, go_to)
        )

    def _show_ids(self, answer: PeopleAnswer, go_to: str | None) -> None:
        self.agencies.setText(f"Agencies {answer.agencies:,}")
        self.officers.setText(f"Officers {answer.officers:,}")
        self._offer_countries(answer.countries)
        row = max(0, self.table.currentIndex().row())
        wanted = go_to or (self._answer.one.id if self._answer else None)
        self.table.blockSignals(True)
        self.model.set_ids(answer.ids)
        self.table.blockSignals(False)
        if not answer.ids:
            self._answer = None
            self.panel.hide()
            self._say_empty(answer.agencies + answer.officers)
            self.settled.emit()
            return
        waiting = self.hasFocus()
        self._stack.setCurrentIndex(1)
        if waiting:
            self.table.setFocus()
        place = self.model.place_of(wanted) if wanted else -1
        self.table.choose(place if place >= 0 else row)

    def _offer_countries(self, countries: tuple[tuple[str, int], ...]) -> None:
        chosen = self.country.currentData()
        self.country.clear()
        self.country.addItem("Country: any", None)
        for code, count in countries:
            self.country.addItem(f"{country_name(code)}  {count}", code)
        self.country.setCurrentIndex(max(0, self.country.findData(chosen)))

    def _say_empty(self, all_of_them: int) -> None:
        self._stack.setCurrentIndex(0)
        if all_of_them:
            self.empty.say("Nobody fits these filters", "", "Show all")
        else:
            self.empty.say(
                "Nobody takes part yet",
                "Accept registrations in the Inbox, or add one that came by phone.",
                "Go to the Inbox",
            )

    def _next_step(self) -> None:
        if self.empty.button.text() == "Show all":
            self.show_all()
        else:
            self.page_wanted.emit("inbox")

    def _choose(self, row: int) -> None:
        participation_id = self.model.id_at(row)
        if participation_id is not None:
            self._jobs.read(
                "person", lambda desk: questions.person(desk, participation_id), self._show_person
            )

    def _show_person(self, answer: PersonAnswer | None) -> None:
        self._answer = answer
        if answer is not None:
            self.panel.show_person(answer)
        self.panel.setVisible(answer is not None)
        self.settled.emit()

    # -- changing

    def _edit_cell(self, row: Participation, name: str, text: str) -> None:
        if name == "name" and row.kind is TakesPartAs.OFFICER and row.person:
            name = "person"
        if name == "country":
            text = country_code(text)
        self._edit_one(row, name, text)

    def _edit(self, name: str, value: str) -> None:
        if self._answer is not None:
            self._edit_one(self._answer.one, name, value)

    def _edit_one(self, one: Participation, name: str, value: str) -> None:
        def verb(desk: Desk) -> Changes:
            from poltwt_console.workflow import people

            return people.edit_participant(
                desk.store, desk.reader, one.id, name, value, seen_version=one.row_version
            )

        self._write(verb)

    def _set_state(self, state: str) -> None:
        if self._answer is None:
            return
        participation_id = self._answer.one.id

        def verb(desk: Desk) -> Changes:
            from poltwt_console.workflow import people

            return people.set_state(desk.store, participation_id, ParticipationState(state))

        self._write(verb)

    def _set_visibility(self, visibility: str) -> None:
        if self._answer is None:
            return
        participation_id = self._answer.one.id

        def verb(desk: Desk) -> Changes:
            from poltwt_console.workflow import people

            return people.set_visibility(desk.store, participation_id, Visibility(visibility))

        self._write(verb)

    def _pick(self, index: int) -> None:
        if self._answer is None or self._answer.one.location_id is None:
            return
        location_id = self._answer.one.location_id

        def verb(desk: Desk) -> Changes:
            from poltwt_console.workflow import locate

            return locate.pick_candidate(desk.store, location_id, index)

        self._write(verb)

    def _unlock(self) -> None:
        if self._answer is None or self._answer.one.location_id is None:
            return
        location_id = self._answer.one.location_id

        def verb(desk: Desk) -> Changes:
            from poltwt_console.workflow import locate

            return locate.unlock(desk.store, desk.reader, location_id)

        self._write(verb)

    def _add(self) -> None:
        dialog = AddDialog(self)
        dialog.taken.connect(self.add_participant)
        dialog.open()

    def add_participant(self, values: Mapping[str, str]) -> None:
        """Add one with these values."""

        def verb(desk: Desk) -> Changes:
            from poltwt_console.workflow import people

            return people.add_participant(desk.store, desk.reader, desk.edition_id, values)

        self._write(verb)

    def _write(self, verb: Callable[[Desk], Changes]) -> None:
        self._jobs.write(verb, self._show_again)

    def _show_again(self) -> None:
        """Show the participant as it is stored, also where the edit was refused."""
        self._choose(self.table.currentIndex().row())

    def focus(self) -> None:
        """Give the keys to the table."""
        # A hidden table would take the focus once it is shown, from wherever it is by then.
        target = self.table if self._stack.currentIndex() == 1 else self
        target.setFocus(Qt.FocusReason.OtherFocusReason)

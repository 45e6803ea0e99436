"""The inbox: the queue, the mail, and the form; one key decides and moves on.

While a decision is being stored the deciding keys rest: a second Enter must never accept a mail
that nobody has seen.
"""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QApplication,
    QButtonGroup,
    QHBoxLayout,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from poltwt_console.domain.counts import counted, verb_for
from poltwt_console.gui import questions
from poltwt_console.gui.empty_state import EmptyState
from poltwt_console.gui.flow import Flow
from poltwt_console.gui.labels import button, frame
from poltwt_console.gui.mail_pane import MailPane
from poltwt_console.gui.mail_verbs import MailVerbs
from poltwt_console.gui.page import Page
from poltwt_console.gui.questions import MailAnswer, QueueWish
from poltwt_console.gui.queue_view import QueueView, queue_columns
from poltwt_console.gui.registration_form import KEYS, RegistrationForm
from poltwt_console.gui.window_model import WindowModel

if TYPE_CHECKING:
    from collections.abc import Callable

    from poltwt_console.domain.changes import Changes
    from poltwt_console.gui.desk import Desk
    from poltwt_console.gui.jobs import Jobs
    from poltwt_console.gui.notices import Notices
    from poltwt_console.gui.style import Style
    from poltwt_console.store.queries.inbox import MessageRow
    from poltwt_console.store.registrations import StoredRegistration

_STATES = (
    ("review", "to review"),
    ("done", "done"),
    ("aside", "set aside"),
    ("unread", "not read yet"),  # shown only while there are any
)


class InboxPage(Page):
    """Shows and decides mails."""

    tables = frozenset({"message", "registration", "field", "location", "participation", "batch"})
    import_wanted = Signal()
    participation_wanted = Signal(str)

    def __init__(self, jobs: Jobs, notices: Notices, style: Style) -> None:
        super().__init__()
        self.setObjectName("panel")
        self._jobs = jobs
        self._notices = notices
        self._style = style
        self._wish = QueueWish()
        self._answer: MailAnswer | None = None
        self._position = 0
        self._deciding = False
        self._advance = False
        self._asking = False
        self._counts: dict[str, int] = {}
        self.model: WindowModel[MessageRow] = WindowModel(
            jobs, "queue-rows", questions.queue_rows, queue_columns(), self
        )
        self.queue = QueueView(style)
        self.queue.setModel(self.model)
        self.mail = MailPane(style)
        self.form = RegistrationForm(style)
        self.verbs = MailVerbs(self, jobs, notices, style)
        self.empty = EmptyState()
        self._chips = {state: button(words, "chip") for state, words in _STATES}
        self._lay_out()
        self._connect()
        style.changed.connect(self._fit)

    # -- building

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _lay_out(self) -> None:
        head = frame("head")
        outer = QVBoxLayout(head)
        outer.setContentsMargins(12, 8, 12, 8)
        chips = Flow(6)
        outer.addLayout(chips)
        self._group = QButtonGroup(self)
        for state, chip in self._chips.items():
            chip.setCheckable(True)
            chip.setChecked(state == "review")
            chip.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            self._group.addButton(chip)
            chips.addWidget(chip)
        self._chips["unread"].hide()
        self._left = QWidget()
        left = QVBoxLayout(self._left)
        left.setContentsMargins(0, 0, 0, 0)
        left.setSpacing(0)
        left.addWidget(head)
        left.addWidget(self.queue, 1)
        line = frame(look="line-down")
        both = QWidget()
        reading = QHBoxLayout(both)
        reading.setContentsMargins(0, 0, 0, 0)
        reading.setSpacing(0)
        reading.addWidget(self.mail, 1)
        reading.addWidget(self.form)
        self._stack = QStackedWidget()
        self._stack.addWidget(self.empty)
        self._stack.addWidget(both)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self._left)
        row.addWidget(line)
        row.addWidget(self._stack, 1)

    def _connect(self) -> None:
        for state, chip in self._chips.items():
            chip.clicked.connect(lambda _=False, s=state: self.show_state(s))
        self.queue.chosen.connect(self._choose)
        self.mail.account_clicked.connect(self._turn_to)
        self.mail.original_wanted.connect(lambda: self.verbs.show_original(self._answer))
        self.mail.table_wanted.connect(lambda: self.verbs.choose_columns(self._answer))
        self.mail.save_wanted.connect(lambda *what: self.verbs.save_attachment(self._answer, *what))
        self.form.add_wanted.connect(
            lambda: self.verbs.ask_account(self._answer, self.mail.view.chosen_words())
        )
        self.verbs.added.connect(self._go_to_last)
        self.verbs.taken.connect(self._go_to_new)
        self.form.edited.connect(self._edit)
        self.form.restored.connect(self._restore)
        self.form.picked.connect(self._pick)
        self.form.place.unlocked.connect(self._unlock)
        self.form.accept_wanted.connect(self.accept)
        self.form.aside_wanted.connect(self.set_aside)
        self.form.reopen_wanted.connect(self.reopen)
        self.form.turned.connect(self.turn)
        self.form.opened.connect(self.participation_wanted)
        self.form.left.connect(self.queue.setFocus)
        self.empty.wanted.connect(self._next_step)
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        app.focusChanged.connect(self._follow_focus)

    def _fit(self) -> None:
        share = self._style.share
        self._left.setFixedWidth(share(self.width(), 0.27, 170, 300))
        self.form.setFixedWidth(share(self.width(), 0.36, 240, 356))

    # -- what to show

    @property
    def attention(self) -> str | None:
        """The kind of attention that is shown now."""
        return self._wish.attention

    def show_state(self, state: str) -> None:
        """Show the mails to review, done, set aside, or not read yet."""
        self._chips[state].setChecked(True)
        self._show_unread()
        self._ask(QueueWish(state, self._wish.search))

    def show_attention(self, key: str) -> None:
        """Show the mails that want attention for one reason."""
        self._chips["review"].setChecked(True)
        self._ask(QueueWish("review", self._wish.search, key))

    def search(self, words: str) -> None:
        """Show what has these words, in every state; without words, what was shown before."""
        state = next(s for s, chip in self._chips.items() if chip.isChecked())
        attention = self._wish.attention if not words else None
        self._ask(QueueWish(None if words else state, words, attention))

    def show_mail(self, message_id: str, state: str | None = None) -> None:
        """Go to one mail, whatever its state."""
        self._ask(QueueWish(state, ""), go_to=message_id)

    def _go_to_new(self, message_id: str) -> None:
        """Go to a mail that has accounts to review now."""
        self._chips["review"].setChecked(True)
        self._ask(QueueWish("review"), go_to=message_id)

    def _go_to_last(self) -> None:
        """Show the account that was added, once the mail is loaded again."""
        self._position = sys.maxsize
        if self._answer is not None and self._answer.detail.state != "review":
            self._go_to_new(self._answer.detail.id)
        else:
            self._show_again()

    def refresh(self) -> None:
        """Load again."""
        self._ask(self._wish)

    def set_counts(self, counts: dict[str, int]) -> None:
        """The mails by state, for the chips."""
        self._counts = counts
        for state, words in _STATES:
            self._chips[state].setText(f"{counts.get(state, 0):,} {words}")
        self._show_unread()
        if not self.model.ids:
            self._say_empty()

    def _show_unread(self) -> None:
        """There is a chip for mails that are not read yet only while there are any."""
        chip = self._chips["unread"]
        chip.setVisible(self._counts.get("unread", 0) > 0 or chip.isChecked())

    def _ask(self, wish: QueueWish, go_to: str | None = None) -> None:
        self._wish = wish
        self._asking = True
        self._jobs.read(
            "queue", lambda desk: questions.queue_ids(desk, wish), lambda ids: self._show_ids(ids, go_to)
        )

    def _show_ids(self, ids: list[str], go_to: str | None) -> None:
        self._asking = False
        row = max(0, self.queue.currentIndex().row())
        wanted = go_to or (self._answer.detail.id if self._answer else None)
        self.queue.blockSignals(True)
        self.model.set_ids(ids)
        self.queue.blockSignals(False)
        if not ids:
            self._answer = None
            self._say_empty()
            self._settle()
            return
        place = self.model.place_of(wanted) if wanted else -1
        self.queue.choose(place if place >= 0 else row)

    def _choose(self, row: int) -> None:
        message_id = self.model.id_at(row)
        if message_id is None:
            return
        self._jobs.read("mail", lambda desk: questions.mail(desk, message_id), self._show_answer)

    def _show_answer(self, answer: MailAnswer | None) -> None:
        if answer is None:  # gone meanwhile; the list will be loaded again
            self._settle()
            return
        before = self._answer
        same = before is not None and before.detail.id == answer.detail.id
        if not same:
            self._position = _first_open(answer, 0)
        elif self._advance:
            self._position = _first_open(answer, self._position)
        self._position = min(self._position, max(0, len(answer.registrations) - 1))
        self._advance = False
        self._answer = answer
        if not same or before.parts != answer.parts or before.detail.state != answer.detail.state:  # type: ignore[union-attr]
            self.mail.show_mail(answer)
        self._show_account()
        self._stack.setCurrentIndex(1)
        self._settle()

    def _show_account(self) -> None:
        if self._answer is not None:
            self.mail.show_account(self._answer, self._position)
            self.form.show_account(self._answer, self._position)

    def _settle(self) -> None:
        self._deciding = False
        self.settled.emit()

    def _say_empty(self) -> None:
        self._stack.setCurrentIndex(0)
        waiting, done = self._counts.get("review", 0), self._counts.get("done", 0)
        if not sum(self._counts.values()):
            self.empty.say(
                "No mail yet",
                "Drop mails, a mailbox, a table or a folder here, paste a mail, or fetch from a mail server.",
                "Import mail…",
            )
        elif self._wish.search:
            self.empty.say("No mail has these words", "Search for fewer or other words.")
        elif self._wish.attention:
            self.empty.say("Nothing of this kind is left", "", "Show all to review" if waiting else "")
        elif self._wish.state == "review" and self._counts.get("unread", 0):
            unread = self._counts["unread"]
            self.empty.say(
                f"{counted(unread, 'mail')} {verb_for(unread, 'is', 'are')} in, not read yet",
                "Where their import was stopped, it can go on: see Imports.",
            )
        elif self._wish.state == "review":
            accepted = f"{counted(done, 'mail')} {verb_for(done, 'is', 'are')} done. " if done else ""
            self.empty.say("Nothing left to review", f"{accepted}Next: what goes out.", "Go to Exports")
        else:
            self.empty.say("No mail here", "", "Show all to review" if waiting else "")

    def _next_step(self) -> None:
        if not sum(self._counts.values()):
            self.import_wanted.emit()
        elif self._counts.get("review", 0):
            self.show_state("review")
        else:
            self.page_wanted.emit("exports")

    def _follow_focus(self, _old: QWidget | None, new: QWidget | None) -> None:
        """Show the words of the field that a person goes to."""
        number = self.form.number_of(new)
        if number:
            self.mail.view.show_mark(number)

    # -- moving

    def focus(self) -> None:
        """Give the keys to the queue."""
        self.queue.setFocus(Qt.FocusReason.OtherFocusReason)

    def go(self, steps: int) -> None:
        """To another mail of the queue."""
        self.form.commit()
        self.queue.choose(self.queue.currentIndex().row() + steps)

    def turn(self, steps: int) -> None:
        """To another account of the mail."""
        if self._answer is None or not self._answer.registrations:
            return
        self.form.commit()
        count = len(self._answer.registrations)
        self._position = (self._position + steps) % count
        self._show_account()

    def _turn_to(self, registration_id: str) -> None:
        if self._answer is None:
            return
        ids = [r.id for r in self._answer.registrations]
        if registration_id in ids:
            self.form.commit()
            self._position = ids.index(registration_id)
            self._show_account()

    # -- deciding

    def accept(self) -> None:
        """Accept the account shown."""
        shown = self._shown()
        if shown is None or shown.state != "open":
            if self._answer is not None and not self._answer.registrations:
                self._notices.tell(
                    "This mail names no account to accept.",
                    "Set it aside, or select the Twitter name in it and press 1.",
                    tone="quiet",
                )
            return
        registration_id = shown.id

        def verb(desk: Desk) -> Changes:
            from poltwt_console.workflow import review

            return review.accept(desk.store, [registration_id])

        self._decide(verb)

    def accept_ready(self) -> None:
        """Accept all accounts of the mail that are ready."""
        if self._answer is None:
            return
        ids = [r.id for r in self._answer.registrations if r.state == "open"]

        def verb(desk: Desk) -> Changes:
            from poltwt_console.workflow import review

            return review.accept(desk.store, ids, only_ready=True)

        if ids:
            self._decide(verb)

    def set_aside(self) -> None:
        """Set the account shown aside, or the mail where it has no other."""
        shown = self._shown()
        if self._answer is None or shown is None or len(self._answer.registrations) < 2:
            self.set_mail_aside()
            return
        registration_id = shown.id

        def verb(desk: Desk) -> Changes:
            from poltwt_console.workflow import review

            return review.set_aside_registration(desk.store, registration_id)

        if shown.state == "open":
            self._decide(verb)

    def set_mail_aside(self) -> None:
        """Set the whole mail aside."""
        if self._answer is None or self._answer.detail.state == "aside":
            return
        message_id = self._answer.detail.id

        def verb(desk: Desk) -> Changes:
            from poltwt_console.workflow import review

            return review.set_aside(desk.store, [message_id])

        self._decide(verb)

    def reopen(self) -> None:
        """Put the mail back into the queue."""
        if self._answer is None:
            return
        message_id = self._answer.detail.id

        def verb(desk: Desk) -> Changes:
            from poltwt_console.workflow import review

            return review.reopen(desk.store, [message_id])

        self._decide(verb)

    def _decide(self, verb: Callable[[Desk], Changes]) -> None:
        if self._deciding:
            return
        self.form.commit()
        self._deciding = self._advance = True
        self._jobs.write(verb, self._decided)

    def _decided(self) -> None:
        if not self._asking:  # refused, or nothing changed
            self.refresh()

    def _shown(self) -> StoredRegistration | None:
        if self._answer is None or not self._answer.registrations:
            return None
        return self._answer.registrations[self._position]

    # -- correcting

    def assign(self, number: int) -> None:
        """Give the selected words to field ``number``; without a selection, go to the field."""
        words = self.mail.view.chosen_words().strip()
        name = KEYS[number]
        if words and name == "handle" and self._answer is not None and not self._answer.registrations:
            self.verbs.add_account(self._answer.detail.id, words)
            return
        if not words:
            self.form.focus_field(number)
            return
        if name == "contact_name" and "@" in words and " " not in words:
            name = "contact_email"
        parts = [line.strip(" ,;\t") for line in words.splitlines() if line.strip(" ,;\t")]
        self._edit(name, (", " if name == "address" else " ").join(parts))

    def _edit(self, name: str, value: str) -> None:
        shown = self._shown()
        if shown is None:
            return
        registration_id = shown.id

        def verb(desk: Desk) -> Changes:
            from poltwt_console.workflow import review

            return review.edit_field(desk.store, desk.reader, registration_id, name, value)

        self._jobs.write(verb, self._show_again)

    def _restore(self, name: str) -> None:
        shown = self._shown()
        if shown is None:
            return
        registration_id = shown.id

        def verb(desk: Desk) -> Changes:
            from poltwt_console.workflow import review

            return review.restore_field(desk.store, desk.reader, registration_id, name)

        self._jobs.write(verb, self._show_again)

    def _pick(self, index: int) -> None:
        shown = self._shown()
        if shown is None or shown.location_id is None:
            return
        location_id = shown.location_id

        def verb(desk: Desk) -> Changes:
            from poltwt_console.workflow import locate

            return locate.pick_candidate(desk.store, location_id, index)

        self._jobs.write(verb, self._show_again)

    def _unlock(self) -> None:
        shown = self._shown()
        if shown is None or shown.location_id is None:
            return
        location_id = shown.location_id

        def verb(desk: Desk) -> Changes:
            from poltwt_console.workflow import locate

            return locate.unlock(desk.store, desk.reader, location_id)

        self._jobs.write(verb, self._show_again)

    def _show_again(self) -> None:
        """Show the mail as it is stored, also where the edit was refused."""
        self._choose(self.queue.currentIndex().row())


def _first_open(answer: MailAnswer, position: int) -> int:
    """The first account from ``position`` on that is not decided, else the first at all, else there."""
    places = [n for n, r in enumerate(answer.registrations) if r.state == "open"]
    return next((n for n in places if n >= position), places[0] if places else position)

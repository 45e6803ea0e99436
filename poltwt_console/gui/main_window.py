"""The window at work: it opens the database, builds the pages and passes changes on to them.

The frame is painted first; this module is imported, the database opened and the pages built
after that, so that the window stands within a blink whatever the database needs.
"""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QSignalBlocker, QTimer, Signal
from PySide6.QtGui import QIcon

from poltwt_console.domain.changes import Changes
from poltwt_console.errors import ConsoleError
from poltwt_console.gui import questions
from poltwt_console.gui.actions import Actions
from poltwt_console.gui.desk import Desk
from poltwt_console.gui.empty_state import EmptyState
from poltwt_console.gui.frame import Frame
from poltwt_console.gui.jobs import Jobs, RunProgress
from poltwt_console.gui.nav import PAGES
from poltwt_console.gui.notices import Notices
from poltwt_console.gui.page import Page
from poltwt_console.gui.progress_strip import ProgressStrip
from poltwt_console.paths import resources

if TYPE_CHECKING:
    from collections.abc import Callable

    from poltwt_console.domain.edition import Edition
    from poltwt_console.gui.basemap import Basemap
    from poltwt_console.gui.editions import Editions
    from poltwt_console.gui.exports_page import ExportsPage
    from poltwt_console.gui.fetching import Fetching
    from poltwt_console.gui.importing import Importing
    from poltwt_console.gui.imports import Imports
    from poltwt_console.gui.inbox_page import InboxPage
    from poltwt_console.gui.map_page import MapPage
    from poltwt_console.gui.own_words import OwnWords
    from poltwt_console.gui.participants_page import ParticipantsPage
    from poltwt_console.gui.places_page import PlacesPage
    from poltwt_console.gui.preferences import Preferences
    from poltwt_console.gui.questions import Overview

_NOT_LISTED = "not-listed"
_PLACE = "place"
#: Counts of verbs whose end no page shows by itself.
_TOLD = frozenset({"new", "tried", "rows", "asked", "changed"})


class MainWindow(QObject):
    """Builds the pages into the frame and passes changes on to those that show them."""

    opened = Signal()  # the database is there and the first page asks for its mails

    def __init__(self, frame: Frame) -> None:
        super().__init__(frame)
        self.frame = frame
        frame.setWindowIcon(QIcon(str(resources() / "icons" / "poltwt-console.png")))
        self._style = frame.look
        self.bar, self.nav, self.status, self.stack = frame.bar, frame.nav, frame.status, frame.stack
        self.jobs = Jobs(self)
        self.notices = Notices()
        self.actions = Actions(frame)
        self.pages: dict[str, Page] = {}
        self._stale: set[str] = set()
        self._overview: Overview | None = None
        self._search = self._timer(120, self._look_for)
        self._fine_map = self._timer(700, partial(self._read_basemap, "50m"))
        frame.strips.addWidget(ProgressStrip(self.jobs))
        frame.strips.addWidget(self.notices)
        self.actions.fill(frame.menus)
        self._connect()

    def _timer(self, milliseconds: int, act: Callable[[], None]) -> QTimer:
        made = QTimer(self)
        made.setSingleShot(True)
        made.setInterval(milliseconds)
        made.timeout.connect(act)
        return made

    def _connect(self) -> None:
        self.bar.follow(self.actions["import"], self.actions["undo"], self.actions["redo"])
        self.bar.search.textEdited.connect(self._search.start)
        self.bar.search.textChanged.connect(lambda text: text or self._search.start())
        self.bar.search.left.connect(self._focus_page)
        self.nav.page_wanted.connect(self.show_page)
        self.nav.attention_wanted.connect(self.show_attention)
        self.frame.dropped.connect(self._take_dropped)
        self.frame.closing.connect(self._close)
        self.jobs.changed.connect(self._changed)
        self.jobs.failed.connect(self.notices.fault)
        self.jobs.long_started.connect(lambda _: self._show_steps())
        self.jobs.long_ended.connect(self._show_steps)
        self.stack.currentChanged.connect(self._freshen)
        self._show_steps()

    # -- opening

    def open(
        self, make: Callable[[], Desk], demo: Callable[[Desk, RunProgress], Changes] | None = None
    ) -> None:
        """Open the database in a worker, then build the pages; ``demo`` fills it."""

        def opened(desk: Desk) -> None:
            self._build_pages(desk.edition)
            self._show_desk(desk)
            self.editions.ask()
            self.jobs.load("places", questions.offline_places, self.status.show_places)
            self._read_basemap("110m")
            self._fine_map.start()
            if demo is not None:
                self.jobs.run("Filling the demo", demo)
            else:
                self.jobs.read("unfinished", questions.unfinished_imports, self.importing.offer)
            self.opened.emit()

        self.jobs.open(make, opened, self._not_opened)

    def _show_desk(self, desk: Desk) -> None:
        self.bar.show_edition(desk.edition)
        self.frame.setWindowTitle(f"{desk.edition.hashtag} · {desk.store.name} · poltwt console")
        self.refresh()

    def use_desk(self, desk: Desk) -> None:
        """Show another edition."""
        self.jobs.use(desk)
        self.people.use_edition(desk.edition)
        self.exports.use_edition(desk.edition)
        self.notices.hide()
        self._show_desk(desk)

    def _read_basemap(self, detail: str) -> None:
        """The coarse one is there at once; the finer takes 0.3 s, so it waits until the rest is shown."""
        from poltwt_console.gui.basemap import load_basemap

        self.jobs.load(f"basemap-{detail}", lambda _: load_basemap(detail), self._use_basemap)

    def _use_basemap(self, basemap: Basemap) -> None:
        self.map.use_basemap(basemap)
        self.places.use_basemap(basemap)
        self.inbox.form.place.use_basemap(basemap)
        self.people.panel.place.use_basemap(basemap)

    def _not_opened(self, error: BaseException) -> None:
        self.status.database.setText("not open")
        if isinstance(error, ConsoleError):
            refusal = EmptyState()
            refusal.say(error.sentence, error.hint, "Quit")
            refusal.wanted.connect(self.frame.close)
            self.stack.setCurrentIndex(self.stack.addWidget(refusal))
        else:
            self.notices.fault(error)

    def _build_pages(self, edition: Edition) -> None:
        from poltwt_console.gui.editions import Editions
        from poltwt_console.gui.exports_page import ExportsPage
        from poltwt_console.gui.fetching import Fetching
        from poltwt_console.gui.importing import Importing
        from poltwt_console.gui.imports import Imports
        from poltwt_console.gui.inbox_page import InboxPage
        from poltwt_console.gui.map_page import MapPage
        from poltwt_console.gui.own_words import OwnWords
        from poltwt_console.gui.participants_page import ParticipantsPage
        from poltwt_console.gui.places_page import PlacesPage
        from poltwt_console.gui.preferences import Preferences

        self.importing: Importing = Importing(self.frame, self.jobs, self.notices)
        self.fetching: Fetching = Fetching(self.frame, self.jobs, self.notices)
        self.imports: Imports = Imports(self.frame, self.jobs, self._style, self.importing, self.fetching)
        self.inbox: InboxPage = InboxPage(self.jobs, self.notices, self._style)
        self.inbox.import_wanted.connect(self.importing.choose_files)
        self.inbox.page_wanted.connect(self.show_page)
        self.inbox.participation_wanted.connect(self.show_participation)
        self.people: ParticipantsPage = ParticipantsPage(self.jobs, self.notices, self._style, edition)
        self.people.page_wanted.connect(self.show_page)
        self.people.mail_wanted.connect(self.show_mail)
        self._add_page("inbox", self.inbox)
        self.map: MapPage = MapPage(self.jobs, self.notices, self._style)
        self.map.participation_wanted.connect(self.show_participation)
        self.map.page_wanted.connect(self.show_page)
        self.exports: ExportsPage = ExportsPage(self.jobs, self.notices, self._style, edition)
        self.exports.page_wanted.connect(self._search_people)
        self._add_page("participants", self.people)
        self._add_page("map", self.map)
        self._add_page("exports", self.exports)
        self.places: PlacesPage = PlacesPage(self.jobs, self.notices, self._style)
        self.places.page_wanted.connect(self.show_page)
        self.places.mail_wanted.connect(self.show_mail)
        self.places.participation_wanted.connect(self.show_participation)
        self._add_page("places", self.places)
        self.preferences: Preferences = Preferences(self.frame, self.jobs, self.notices)
        self.preferences.online_changed.connect(self._allow_online)
        self.places.online.clicked.connect(self.preferences.look_up_online)
        self.preferences.ask()
        self.editions: Editions = Editions(self.frame.menus["View"], self.jobs, self.notices)
        self.editions.chosen.connect(self.use_desk)
        self.own_words: OwnWords = OwnWords(self.frame, self.jobs, self.preferences)
        self.actions.act_in(self.inbox.queue, self.inbox.mail.view)
        self._connect_verbs()
        self.show_page("inbox")

    def _add_page(self, key: str, page: Page) -> None:
        self.pages[key] = page
        self.stack.addWidget(page)

    def _connect_verbs(self) -> None:
        inbox, zoom = self.inbox, self._style.zoom
        verbs: dict[str, Callable[[], object]] = {
            "import": self.importing.choose_files,
            "import-folder": self.importing.choose_folder,
            "paste": self.importing.paste,
            "fetch": self.fetching.open,
            "imports": self.imports.open,
            "export": lambda: self.show_page("exports"),
            "quit": self.frame.close,
            "undo": self.undo,
            "redo": self.redo,
            "find": self._find,
            "accept": inbox.accept,
            "accept-ready": inbox.accept_ready,
            "set-aside": inbox.set_aside,
            "set-mail-aside": inbox.set_mail_aside,
            "reopen": inbox.reopen,
            "next": lambda: inbox.go(1),
            "previous": lambda: inbox.go(-1),
            "next-account": lambda: inbox.turn(1),
            "previous-account": lambda: inbox.turn(-1),
            "accept-all-ready": self.accept_all_ready,
            "locate": self.locate_missing,
            "online": self.preferences.look_up_online,
            "own-words": self.own_words.open,
            "settings": self.preferences.open_settings,
            "larger": lambda: zoom(1),
            "smaller": lambda: zoom(-1),
            "normal": lambda: zoom(0),
            "keys": self._show_keys,
            "about": self._about,
        }
        verbs |= {f"give-{n}": partial(inbox.assign, n) for n in range(1, 6)}
        verbs |= {key: partial(self.show_page, key) for key, _ in PAGES}
        self.actions.connect_to(verbs)

    # -- pages

    def show_page(self, key: str) -> None:
        """Turn to a page."""
        page = self.pages.get(key)
        if page is None:
            return
        if key == "inbox" and self.inbox.attention is not None:
            self.inbox.show_state("review")
        self.stack.setCurrentWidget(page)
        self.nav.show_current(key)
        self._focus_page()

    def show_attention(self, key: str) -> None:
        """Turn to what wants attention for one reason."""
        if key == _NOT_LISTED:
            self.people.show_not_listed()
            self.stack.setCurrentWidget(self.people)
            self.nav.show_current("participants", key)
            self.people.focus()
            return
        if key == _PLACE:
            self.stack.setCurrentWidget(self.places)
            self.nav.show_current("places", key)
            self.places.focus()
            return
        self.stack.setCurrentWidget(self.inbox)
        self.inbox.show_attention(key)
        self.nav.show_current("inbox", key)
        self._focus_page()

    def show_participation(self, participation_id: str) -> None:
        """Turn to one participant."""
        self._forget_search()
        self.show_page("participants")
        self.people.show_participation(participation_id)

    def show_mail(self, message_id: str) -> None:
        """Turn to one mail."""
        self._forget_search()
        self.show_page("inbox")
        self.inbox.show_mail(message_id)

    def _search_people(self, page: str) -> None:
        """Search from the exports goes on in another page; the person goes on typing."""
        self.show_page(page)
        self.bar.search.setFocus()

    def _forget_search(self) -> None:
        with QSignalBlocker(self.bar.search):
            self.bar.search.clear()

    def _focus_page(self) -> None:
        for page in self.pages.values():
            if page is self.stack.currentWidget():
                page.focus()

    def _find(self) -> None:
        self.bar.search.setFocus()
        self.bar.search.selectAll()

    def _look_for(self) -> None:
        if not self.pages:
            return
        words = self.bar.search.text()
        for page in self.pages.values():
            page.search(words)

    # -- changes

    def refresh(self) -> None:
        """Load everything again, each page when it is next seen."""
        self._stale = set(self.pages)
        self._freshen()
        self._ask_overview()

    def _changed(self, changes: Changes) -> None:
        touched = set(changes.touched)
        self._stale |= {key for key, page in self.pages.items() if page.tables & touched}
        self._freshen()
        self._ask_overview()
        self._tell(changes)

    def _freshen(self) -> None:
        """Load the page that is seen again if something of it changed since."""
        for key, page in self.pages.items():
            if page is self.stack.currentWidget() and key in self._stale:
                self._stale.discard(key)
                page.refresh()

    def _tell(self, changes: Changes) -> None:
        """Say what a verb did where the page does not show it by itself."""
        counts = changes.counts
        if _TOLD & counts.keys():
            if changes.problems:
                self.notices.tell_with_list(changes.sentence, changes.problems)
            else:
                self.notices.tell(changes.sentence)
        elif changes.problems:
            self.notices.tell_with_list(changes.sentence, changes.problems, tone="bad")
        elif counts.get("skipped") or (changes.sentence and not counts):  # words that are not about figures
            self.notices.tell(changes.sentence, tone="quiet")
        else:
            self.notices.hide()

    def _ask_overview(self) -> None:
        self.jobs.load("overview", questions.overview, self._show_overview)

    def _show_overview(self, seen: Overview) -> None:
        self._overview = seen
        self.status.show_overview(seen)
        self.inbox.set_counts(seen.queue)
        self.nav.show_counts({"inbox": seen.queue["review"], "participants": seen.participants})
        self.nav.show_attention([*seen.attention, (_NOT_LISTED, "Not on the list yet", seen.not_listed)])
        self._show_steps()

    def _show_steps(self) -> None:
        busy = self.jobs.long_running  # an import is one step; it cannot be undone while it grows
        undo = self._overview.undo if self._overview and not busy else ""
        redo = self._overview.redo if self._overview and not busy else ""
        self.bar.show_steps(undo, redo)
        for key, word, step in (("undo", "Undo", undo), ("redo", "Redo", redo)):
            self.actions[key].setText(f"{word} {step}".strip().replace("&", "&&"))
            self.actions[key].setEnabled(bool(step))

    # -- verbs of the frame

    def undo(self) -> None:
        """Undo the newest step."""
        self.jobs.write(_undo)

    def redo(self) -> None:
        """Apply again what was undone last."""
        self.jobs.write(_redo)

    def accept_all_ready(self) -> None:
        """Accept every account that is ready."""
        self.jobs.run("Accepting what is ready", _accept_all_ready)

    def locate_missing(self) -> None:
        """Look up the places that were not tried or failed."""
        self.jobs.run("Looking up places", _locate_missing)

    def _show_keys(self) -> None:
        self.notices.show_list("Letters and digits act in the list and the mail.", self.actions.keys())

    def _allow_online(self, enabled: bool) -> None:
        self.actions["online"].setEnabled(enabled)
        self.places.online.setVisible(enabled)

    def _about(self) -> None:
        self.jobs.load("credit", questions.gazetteer_credit, self._show_about)

    def _show_about(self, credit: str) -> None:
        from poltwt_console.gui.about_dialog import AboutDialog

        AboutDialog(self.frame, credit).open()

    def _take_dropped(self, names: list[str]) -> None:
        if self.pages:
            self.importing.take([Path(name) for name in names])

    def _close(self) -> None:
        self._search.stop()
        self._fine_map.stop()
        self.jobs.close()


def _undo(desk: Desk) -> Changes | None:
    from poltwt_console.workflow import undo

    return undo.undo(desk.store)


def _redo(desk: Desk) -> Changes | None:
    from poltwt_console.workflow import undo

    return undo.redo(desk.store)


def _accept_all_ready(desk: Desk, progress: RunProgress) -> Changes:
    from poltwt_console.workflow import review

    return review.accept_ready(desk.store, desk.edition_id, progress=progress)


def _locate_missing(desk: Desk, progress: RunProgress) -> Changes:
    from poltwt_console.workflow import locate

    return locate.locate_missing(desk.store, desk.reader, desk.edition_id, progress=progress)

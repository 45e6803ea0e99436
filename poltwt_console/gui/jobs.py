"""Work away from the window: a thread each that writes, reads, counts behind, and runs long.

One QObject that lives as long as the window carries the answers back over a queued signal;
plain thread pools do the work (20,000 jobs, none called back off the main thread).  An answer
that is no longer asked for is dropped: ``read`` takes a topic, and a newer question on the same
topic puts the older one out of date.  What was refused: a QObject per job, and more than one
thread of each kind (four Python threads make the window wait 100 ms, one 19 ms).
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any, TypeVar

from PySide6.QtCore import QObject, Qt, Signal

from poltwt_console.domain.changes import Changes
from poltwt_console.errors import Cancelled
from poltwt_console.gui.desk import Desk

T = TypeVar("T")


class RunProgress:
    """How far a long run is; written by the worker, read by the window, cancelled by a person."""

    def __init__(self, tell: Callable[[int, int, str], None]) -> None:
        self._tell = tell
        self._stop = threading.Event()
        self._broken_off = threading.Event()
        self._last = 0.0

    def report(self, done: int, total: int, words: str) -> None:
        """Pass on at most 20 reports a second; Cancelled once the window closes."""
        if self._broken_off.is_set():
            raise Cancelled
        now = time.monotonic()
        if now - self._last > 0.05:
            self._last = now
            self._tell(done, total, words)

    @property
    def cancelled(self) -> bool:
        """True once the organiser asked to stop."""
        return self._stop.is_set()

    def cancel(self) -> None:
        """Ask to stop between two items."""
        self._stop.set()

    def break_off(self) -> None:
        """End like a kill, at the next report: an import is then not over, and is offered again."""
        self._broken_off.set()


@dataclass(frozen=True, slots=True)
class _Answer:
    """What a worker found, or what went wrong."""

    ticket: int
    topic: str
    done: Callable[[Any], None]
    value: Any = None
    error: BaseException | None = None
    failed: Callable[[BaseException], None] | None = None


class Jobs(QObject):
    """Runs questions and verbs on the desk; everything it calls back, it calls in the window's thread."""

    changed = Signal(object)  # Changes of a verb that is done
    failed = Signal(object)  # the exception of a job that nobody caught
    progressed = Signal(int, int, str)  # of the long run
    long_started = Signal(str)
    long_ended = Signal()
    quiet = Signal()  # every job is done and its answer delivered
    _arrived = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._desk: Desk | None = None
        self._tickets = 0
        self._wanted: dict[str, int] = {}
        self._asked: dict[str, Future[None]] = {}
        self._pending = 0
        self._long: RunProgress | None = None
        self._closed = False
        self._readers = ThreadPoolExecutor(1, "poltwt-read")
        self._writers = ThreadPoolExecutor(1, "poltwt-write")
        self._loaders = ThreadPoolExecutor(1, "poltwt-load")
        self._runners = ThreadPoolExecutor(1, "poltwt-long")
        self._arrived.connect(self._receive, Qt.ConnectionType.QueuedConnection)

    # -- state

    @property
    def desk(self) -> Desk | None:
        """What is open, None until ``open`` is answered."""
        return self._desk

    def use(self, desk: Desk) -> None:
        """Work on this desk from now on."""
        self._desk = desk

    @property
    def idle(self) -> bool:
        """Whether every job is done and its answer delivered."""
        return self._pending == 0

    @property
    def long_running(self) -> bool:
        """Whether a long run is under way."""
        return self._long is not None

    # -- asking

    def open(
        self, make: Callable[[], Desk], done: Callable[[Desk], None], failed: Callable[[BaseException], None]
    ) -> None:
        """Open the desk; ``make`` may import and read as long as it needs."""

        def opened(desk: Desk) -> None:
            self.use(desk)
            done(desk)

        self._submit(self._writers, make, opened, "open", failed)

    def read(self, topic: str, ask: Callable[[Desk], T], done: Callable[[T], None]) -> None:
        """Ask a question; an older question of the same topic is dropped, answered or not."""
        self._ask(self._readers, topic, ask, done)

    def load(self, topic: str, ask: Callable[[Desk], T], done: Callable[[T], None]) -> None:
        """Read something that takes its time, without making questions wait for it."""
        self._ask(self._loaders, topic, ask, done)

    def _ask(
        self, pool: ThreadPoolExecutor, topic: str, ask: Callable[[Desk], T], done: Callable[[T], None]
    ) -> None:
        earlier = self._asked.pop(topic, None)
        if earlier is not None and earlier.cancel():
            self._pending -= 1
        desk = self._desk
        assert desk is not None, "asked before the database was open"
        asked = self._submit(pool, lambda: ask(desk), done, topic)
        if asked is not None:
            self._asked[topic] = asked

    def write(self, verb: Callable[[Desk], Changes | None], done: Callable[[], None] | None = None) -> None:
        """Run a verb; ``changed`` tells its Changes, then ``done`` is called whatever came of it."""
        desk = self._desk
        assert desk is not None, "written before the database was open"

        def arrived(changes: Changes | None) -> None:
            if changes is not None:
                self.changed.emit(changes)
            if done is not None:
                done()

        def went_wrong(error: BaseException) -> None:
            self.failed.emit(error)
            if done is not None:
                done()

        self._submit(self._writers, lambda: verb(desk), arrived, "", went_wrong)

    def run(
        self,
        words: str,
        verb: Callable[[Desk, RunProgress], Changes | None],
        done: Callable[[], None] | None = None,
    ) -> bool:
        """Start a long run with progress and Cancel; False while another is under way.

        ``done`` is called at its end, whatever came of it.
        """
        desk = self._desk
        assert desk is not None, "started before the database was open"
        if self._long is not None:
            return False
        progress = self._long = RunProgress(self.progressed.emit)

        def ended(changes: Changes | None) -> None:
            self._long = None
            self.long_ended.emit()
            if changes is not None:
                self.changed.emit(changes)
            if done is not None:
                done()

        def went_wrong(error: BaseException) -> None:
            self._long = None
            self.long_ended.emit()
            if not isinstance(error, Cancelled):
                self.failed.emit(error)
            if done is not None:
                done()

        self.long_started.emit(words)
        self._submit(self._runners, lambda: verb(desk, progress), ended, "", went_wrong)
        return True

    def cancel(self) -> None:
        """Ask the long run to stop."""
        if self._long is not None:
            self._long.cancel()

    def close(self) -> None:
        """Take no more work (a timer may still ask), let what writes finish, forget the answers."""
        self._closed = True
        if self._long is not None:
            self._long.break_off()
        for pool in (self._readers, self._loaders, self._writers, self._runners):
            pool.shutdown(wait=True, cancel_futures=True)

    # -- the crossing

    def _submit(
        self,
        pool: ThreadPoolExecutor,
        work: Callable[[], Any],
        done: Callable[[Any], None],
        topic: str,
        failed: Callable[[BaseException], None] | None = None,
    ) -> Future[None] | None:
        if self._closed:
            return None
        self._tickets += 1
        ticket = self._tickets
        if topic:
            self._wanted[topic] = ticket
        self._pending += 1

        def job() -> None:
            try:
                answer = _Answer(ticket, topic, done, work(), failed=failed)
            except Exception as error:  # noqa: BLE001 - carried to the window's thread and told there
                answer = _Answer(ticket, topic, done, None, error, failed)
            if not self._closed:
                self._arrived.emit(answer)

        return pool.submit(job)

    def _receive(self, answer: _Answer) -> None:
        self._pending -= 1
        if self._closed:
            return
        try:
            if not answer.topic or self._wanted.get(answer.topic) == answer.ticket:
                self._deliver(answer)
        finally:
            if self.idle:
                self.quiet.emit()

    def _deliver(self, answer: _Answer) -> None:
        if answer.error is None:
            answer.done(answer.value)
        elif answer.failed is not None:
            answer.failed(answer.error)
        else:
            self.failed.emit(answer.error)

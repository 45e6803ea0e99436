"""The inbox by keyboard: decide and move on, correct, give selected words to a field."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import QApplication, QLabel, QPushButton

from poltwt_console.domain.registration import Intent, Kind
from poltwt_console.store import Store, participants, registrations
from poltwt_console.store.queries import inbox
from tests.fakes import CPD, WMP, read_mail
from tests.gui.conftest import Driver

EDITION = "2013-11"


def everyone(store: Store) -> dict[str, object]:
    with store.read() as connection:
        return {p.handle: p for p in participants.all_participations(connection, EDITION)}


def queue(store: Store) -> dict[str, int]:
    with store.read() as connection:
        counts = inbox.queue_counts(connection, EDITION)
    assert counts.pop("unread") == 0
    return counts


def select(driver: Driver, words: str) -> None:
    """Select words in the mail, as a person would with the mouse."""
    view = driver.window.inbox.mail.view
    found = view.document().find(words)
    assert not found.isNull(), f"{words!r} is not shown"
    view.setTextCursor(found)
    view.setFocus()


def texts(widget) -> str:
    """All that the labels and buttons of a part of the window say."""
    shown = [
        w.text() for kind in (QLabel, QPushButton) for w in widget.findChildren(kind) if w.isVisibleTo(widget)
    ]
    return "\n".join(shown)


def test_an_empty_database_says_the_next_step(open_window: Callable[[], Driver]):
    driver = open_window()
    assert "No mail yet" in driver.window.inbox.empty.text
    assert driver.window.inbox.empty.button.text() == "Import mail…"


def test_enter_accepts_and_moves_on(open_window, ready_mails, store: Store):
    ready_mails(3)
    driver = open_window()
    assert driver.subject == "#poltwt 1"
    driver.key(Qt.Key.Key_Return)
    assert list(everyone(store)) == ["Force1"]
    assert driver.subject == "#poltwt 2"
    assert QApplication.focusWidget() is driver.window.inbox.queue
    assert "1 done" in driver.window.inbox._chips["done"].text()


def test_ten_mails_by_keyboard_only(open_window, ready_mails, store: Store):
    ready_mails(10)
    driver = open_window()
    for n in range(10):
        driver.key("x" if n == 4 else Qt.Key.Key_Return)
    assert queue(store) == {"review": 0, "done": 9, "aside": 1}
    assert "Force5" not in everyone(store)
    assert "Nothing left to review" in driver.window.inbox.empty.text


def test_j_and_k_move_and_decide_nothing(open_window, ready_mails, store: Store):
    ready_mails(3)
    driver = open_window()
    driver.key("j")
    driver.key("j")
    assert driver.subject == "#poltwt 3"
    driver.key("j")
    assert driver.subject == "#poltwt 3"
    driver.key("k")
    assert driver.subject == "#poltwt 2"
    assert queue(store)["review"] == 3


def test_a_second_enter_before_the_first_is_stored_accepts_nothing_unseen(
    open_window, ready_mails, store: Store
):
    ready_mails(3)
    driver = open_window()
    with driver.quiet():
        driver.qtbot.keyClick(driver.window.inbox.queue, Qt.Key.Key_Return)
        driver.qtbot.keyClick(driver.window.inbox.queue, Qt.Key.Key_Return)
    assert list(everyone(store)) == ["Force1"]


def test_letters_are_text_in_a_field(open_window, ready_mails, store: Store):
    ready_mails(2)
    driver = open_window()
    field = driver.window.inbox.form._rows["name"].widget
    field.setFocus()
    field.selectAll()
    driver.type(field, "Jackson 1 X Kay")
    assert field.text() == "Jackson 1 X Kay"
    assert queue(store)["review"] == 2
    driver.key(Qt.Key.Key_Return, field)
    with store.read() as connection:
        [one] = registrations.registrations_of(connection, driver.window.inbox._answer.detail.id)
    assert one.value("name") == "Jackson 1 X Kay"
    assert queue(store)["review"] == 2, "Enter in a field commits the field, it does not accept"


def test_escape_takes_back_what_was_typed(open_window, ready_mails):
    ready_mails(1)
    driver = open_window()
    field = driver.window.inbox.form._rows["name"].widget
    before = field.text()
    field.setFocus()
    driver.type(field, "nonsense")
    driver.key(Qt.Key.Key_Escape, field)
    assert field.text() == before
    assert QApplication.focusWidget() is driver.window.inbox.queue


def test_several_accounts_of_one_mail_each_decided(open_window, take_in, store: Store):
    accounts = [{**WMP, "handle": f"Force{n}"} for n in range(1, 4)]
    take_in(read_mail(*accounts))
    driver = open_window()
    form = driver.window.inbox.form
    assert "account 1 of 3" in texts(form)
    driver.key(Qt.Key.Key_Return)
    assert "account 2 of 3" in texts(form)
    driver.key("x")
    assert "account 3 of 3" in texts(form)
    driver.key("h")
    assert "account 2 of 3" in texts(form)
    driver.key("l")
    driver.key(Qt.Key.Key_Return)
    assert sorted(everyone(store)) == ["Force1", "Force3"]
    assert queue(store) == {"review": 0, "done": 1, "aside": 0}


def test_shift_enter_accepts_all_ready_accounts_of_the_mail(open_window, take_in, store: Store):
    good = [{**WMP, "handle": f"Force{n}"} for n in range(1, 4)]
    take_in(read_mail(*good, {**WMP, "handle": "NoPlace", "address": "Nowhere 5"}))
    driver = open_window()
    driver.key(Qt.Key.Key_Return, modifier=Qt.KeyboardModifier.ShiftModifier)
    assert sorted(everyone(store)) == ["Force1", "Force2", "Force3"]
    assert "account 4 of 4" in texts(driver.window.inbox.form)
    assert "want" in driver.window.notices.text


def test_selected_words_go_to_a_field(open_window, take_in, store: Store):
    take_in(
        read_mail(
            {**WMP, "name": None}, text="Hi,\nwe are the Yard of @WMPolice\nLloyd House, Birmingham B4 6NQ"
        )
    )
    driver = open_window()
    select(driver, "the Yard")
    driver.key("2")
    assert driver.window.inbox.form._rows["name"].widget.text() == "the Yard"
    select(driver, "Yard of")
    driver.key("5")
    assert driver.window.inbox.form._rows["person"].widget.text() == "Yard of"


def test_an_address_of_two_lines_is_joined(open_window, take_in, store: Store):
    take_in(read_mail({**WMP, "address": None}, text="@WMPolice\nLloyd House,\nBirmingham B4 6NQ\nBye"))
    driver = open_window()
    view = driver.window.inbox.mail.view
    cursor = view.document().find("Lloyd House,")
    cursor.setPosition(cursor.selectionStart())
    cursor.setPosition(view.document().find("B4 6NQ").selectionEnd(), QTextCursor.MoveMode.KeepAnchor)
    view.setTextCursor(cursor)
    view.setFocus()
    driver.key("3")
    [one] = driver.window.inbox._answer.registrations
    assert one.value("address") == "Lloyd House, Birmingham B4 6NQ"
    assert one.location.place is not None, "a new address is looked up at once"


def test_a_number_without_a_selection_goes_to_the_field(open_window, ready_mails):
    ready_mails(1)
    driver = open_window()
    driver.key("3", driver.window.inbox.queue)
    assert QApplication.focusWidget() is driver.window.inbox.form._rows["address"].widget


def test_a_refused_value_is_told_and_the_old_one_shown(open_window, ready_mails):
    ready_mails(1)
    driver = open_window()
    field = driver.window.inbox.form._rows["handle"].widget
    field.setFocus()
    field.selectAll()
    driver.type(field, "not a name!")
    driver.key(Qt.Key.Key_Return, field)
    assert "is no Twitter name" in driver.window.notices.text
    assert field.text() == "@Force1"


def test_a_change_shows_old_beside_new(open_window, take_in, registration_ids, store: Store):
    from poltwt_console.workflow import review

    first = take_in(read_mail(WMP, number=1))
    review.accept(store, registration_ids(first))
    moved = {**WMP, "address": "1 Main Street, Chicago", "city": "Chicago", "country": "US"}
    take_in(read_mail(moved, number=2, intent=Intent.UPDATE, kind=Kind.UPDATE))
    driver = open_window()
    words = texts(driver.window.inbox.form.proposal)
    assert "Lloyd House, Birmingham B4 6NQ" in words
    assert "→ 1 Main Street, Chicago" in words
    driver.key(Qt.Key.Key_Return)
    assert everyone(store)["WMPolice"].city == "Chicago"


def test_a_mail_without_accounts_says_so_and_enter_does_nothing(open_window, take_in, store: Store):
    take_in(read_mail(text="Out of office"))
    driver = open_window()
    driver.key(Qt.Key.Key_Return)
    assert "names no account" in driver.window.notices.text
    driver.key("x")
    assert queue(store) == {"review": 0, "done": 0, "aside": 1}


def test_attention_shows_only_such_mails(open_window, take_in):
    take_in(
        read_mail(WMP, number=1), read_mail({**CPD, "address": None}, number=2, sender="news@cpd.example")
    )
    driver = open_window()
    with driver.quiet():
        driver.window.nav._attention["no-address"].click()
    assert driver.sender == "news@cpd.example"
    assert len(driver.window.inbox.model.ids) == 1


def test_search_finds_mails_in_every_state(open_window, ready_mails):
    ready_mails(3)
    driver = open_window()
    driver.key(Qt.Key.Key_Return)
    driver.search("force1")
    assert [driver.subject, len(driver.window.inbox.model.ids)] == ["#poltwt 1", 1]
    driver.search("")
    assert len(driver.window.inbox.model.ids) == 2


def test_html_in_a_mail_is_shown_as_text(open_window, take_in):
    body = "<b>@WMPolice</b> <img src='http://evil.example/x.png'>"
    take_in(read_mail({**WMP, "name": "<i>West</i>"}, text=body))
    driver = open_window()
    assert body in driver.window.inbox.mail.view.toPlainText()
    assert driver.window.inbox.form._rows["name"].widget.text() == "<i>West</i>"
    for shown in driver.window.frame.findChildren(QLabel):
        assert shown.textFormat() == Qt.TextFormat.PlainText, shown.text()


def test_marks_stand_on_the_exact_words_beyond_emoji(open_window, take_in):
    body = "😀😀 we are @WMPolice 👮 of West Midlands Police, Lloyd House, Birmingham B4 6NQ"
    take_in(read_mail(WMP, text=body))
    driver = open_window()
    view = driver.window.inbox.mail.view
    marked = set()
    for stretch in view._marks:
        cursor = QTextCursor(view.document())
        cursor.setPosition(stretch.start)
        cursor.setPosition(stretch.end, QTextCursor.MoveMode.KeepAnchor)
        marked.add(cursor.selectedText())
    assert {"WMPolice", "West Midlands Police", "Lloyd House, Birmingham B4 6NQ"} <= marked

"""Several editions in one database: the View menu says which is shown, and all pages follow."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict, replace
from datetime import date

from poltwt_console.domain.edition import NOVEMBER_2013
from poltwt_console.store import Store
from poltwt_console.store.tables import edition
from poltwt_console.workflow import review
from tests.fakes import CPD, WMP, read_mail
from tests.gui.conftest import Driver


def test_one_edition_needs_no_choice(open_window: Callable[[], Driver]):
    driver = open_window()
    assert driver.window.editions.group.actions() == []
    assert "Edition" not in [a.text() for a in driver.window.frame.menus["View"].actions()]


def test_another_edition_is_shown_with_its_own_mails_people_and_organiser(
    open_window: Callable[[], Driver],
    store: Store,
    take_in: Callable[..., list[str]],
    registration_ids: Callable[..., list[str]],
):
    march = replace(
        NOVEMBER_2013,
        id="2013-03",
        title="March 2013",
        hashtag="#poltwt13",
        day=date(2013, 3, 22),
        organiser_email="ann@poltwt.example",
    )
    with store.write("Add March", "test") as write:
        write.writer.insert(edition, [{**asdict(march), "texts": {}}])
    take_in(read_mail(WMP, number=1))
    accepted = take_in(read_mail(CPD, number=2, sender="news@cpd.example"), edition="2013-03")
    review.accept(store, registration_ids(accepted))
    driver = open_window()
    window = driver.window
    assert driver.sender == "k.blakeman@wmp.example"
    now, before = window.editions.group.actions()
    assert (now.isChecked(), before.isChecked(), before.text()) == (True, False, "March 2013")
    window.show_page("participants")
    driver.settle()
    assert window.people.model.ids == []
    with driver.quiet():
        before.trigger()
    assert before.isChecked()
    assert not now.isChecked()
    assert window.frame.windowTitle().startswith("#poltwt13")
    assert "22 Mar 2013" in window.bar._edition.text()
    assert len(window.people.model.ids) == 1
    window.show_page("inbox")
    driver.settle()
    assert "Nothing left to review" in window.inbox.empty.text
    assert window.jobs.desk.reader.settings.organiser.emails == {"ann@poltwt.example"}
    with driver.quiet():
        now.trigger()
    assert driver.sender == "k.blakeman@wmp.example"
    assert window.jobs.desk.reader.settings.organiser.emails == {"lauri@poltwt.example"}


def test_while_an_import_runs_the_edition_stays(
    open_window: Callable[[], Driver], store: Store, take_in: Callable[..., list[str]]
):
    with store.write("Add March", "test") as write:
        write.writer.insert(edition, [{**asdict(NOVEMBER_2013), "id": "2012-11", "texts": {}}])
    driver = open_window()
    other = driver.window.editions.group.actions()[1]
    with driver.quiet():
        driver.window.jobs.run("Waiting", lambda _desk, _progress: None)
        other.trigger()
    assert not other.isChecked()
    assert "One thing at a time." in driver.window.notices.text

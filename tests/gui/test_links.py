"""Links are shown in full before they open, and only pages of the web open."""

from __future__ import annotations

import pytest
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QWidget

from poltwt_console.gui.links import ask_to_open


@pytest.fixture
def opened(monkeypatch) -> list[str]:
    urls: list[str] = []
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda url: urls.append(url.toString()))
    return urls


@pytest.fixture
def parent(qtbot) -> QWidget:
    made = QWidget()
    qtbot.addWidget(made)
    return made


def test_a_link_opens_only_after_it_was_shown_in_full(parent, opened):
    target = "https://twitter.com/WMPolice?" + "x" * 3000
    dialog = ask_to_open(parent, target)
    assert dialog.target.toPlainText() == target
    assert opened == []
    dialog.ok.click()
    assert opened == [target]


@pytest.mark.parametrize(
    "target",
    ["javascript:alert(1)", "file:///etc/passwd", "mailto:a@b.example", "//evil.example", "https:///x"],
)
def test_what_is_no_page_of_the_web_cannot_be_opened(parent, opened, target):
    dialog = ask_to_open(parent, target)
    assert dialog.target.toPlainText() == target
    assert not dialog.ok.isVisible()
    dialog.ok.click()
    assert opened == []

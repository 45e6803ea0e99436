"""What all tests share: where they run, and that none is passed over unseen on CI."""

from __future__ import annotations

import os

import pytest

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

_SPEAKS_TO = ("server", "program")


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item, call: pytest.CallInfo[None]):
    """On CI a test that skips for want of a server or program fails."""
    report = yield
    wanting = report.skipped and any(item.get_closest_marker(name) for name in _SPEAKS_TO)
    if wanting and os.environ.get("POLTWT_NO_SKIPS"):
        report.outcome = "failed"
        report.longrepr = f"skipped, but this test must run here: {report.longrepr}"
    return report


def pytest_ignore_collect(collection_path, config):
    """Benchmarks run only when they are asked for by name."""
    if collection_path.name == "benchmarks" and not any("benchmarks" in arg for arg in config.args):
        return True
    return None

"""The collector runs seldom while somebody asks for it, and as before afterwards."""

from __future__ import annotations

import gc

from poltwt_console.collecting import COLLECT_AFTER, seldom_collected


def test_the_last_who_asked_puts_the_threshold_back() -> None:
    before = gc.get_threshold()
    first, second = seldom_collected(), seldom_collected()
    with first:
        second.__enter__()
        assert gc.get_threshold()[0] == COLLECT_AFTER
    assert gc.get_threshold()[0] == COLLECT_AFTER  # the second, begun within the first, goes on
    second.__exit__(None, None, None)
    assert gc.get_threshold() == before

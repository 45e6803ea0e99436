"""Keys and texts as the database keeps them."""

from __future__ import annotations

import time
import uuid

from poltwt_console.store.columns import new_id


def test_keys_are_uuids_of_version_7_that_tell_when_they_were_made() -> None:
    before = time.time_ns() // 1_000_000
    keys = [uuid.UUID(new_id()) for _ in range(2_000)]
    after = time.time_ns() // 1_000_000
    assert len(set(keys)) == len(keys)
    assert {key.version for key in keys} == {7}
    assert {key.variant for key in keys} == {uuid.RFC_4122}
    assert all(before <= key.int >> 80 <= after for key in keys)


def test_keys_made_later_sort_behind() -> None:
    first = new_id()
    time.sleep(0.002)
    assert first < new_id()

"""Build hook: makes the file of places before the package is put together, or installed editable.

By hand: ``python hatch_build.py`` (``--force`` builds even if nothing changed).
"""

from __future__ import annotations

import sys
import time
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent
GAZETTEER = ROOT / "resources" / "gazetteer" / "gazetteer.sqlite"


def make_gazetteer(force: bool = False) -> str:
    """Build the file of places unless it is current; returns a sentence about what was done."""
    sys.path.insert(0, str(ROOT))
    from poltwt_console.geocoding.build import gazetteer

    if not force and gazetteer.is_current(GAZETTEER):
        return f"{GAZETTEER.name} is current."
    started = time.monotonic()
    gazetteer.build(GAZETTEER)
    size = GAZETTEER.stat().st_size / 1e6
    return f"{GAZETTEER.name} built: {size:.1f} MB in {time.monotonic() - started:.0f} s."


try:
    from hatchling.builders.hooks.plugin.interface import BuildHookInterface
except ImportError:  # run by hand in an environment without hatchling
    pass
else:

    class GazetteerHook(BuildHookInterface):  # type: ignore[type-arg]
        """Runs for wheels and editable installs; the source archive carries no built file."""

        PLUGIN_NAME = "custom"

        def initialize(self, version: str, build_data: dict[str, Any]) -> None:
            if self.target_name == "wheel":
                self.app.display_info(make_gazetteer())


if __name__ == "__main__":
    print(make_gazetteer(force="--force" in sys.argv[1:]))

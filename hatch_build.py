"""Build hook: makes the file of places and the compiled modules before the package is put together,
or installed editable.

By hand: ``python hatch_build.py`` (``--force`` makes both even if nothing changed).  ``--beside FILE``
compiles one module more for a long run, as ``make train`` does.
"""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import redirect_stdout
from io import StringIO
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent
GAZETTEER = ROOT / "resources" / "gazetteer" / "gazetteer.sqlite"

#: What is compiled: the modules that run for every mail and every address.
HOT = (
    "domain/folding.py",
    "extraction/*.py",
    "geocoding/*.py",
    "mailbox/addresses.py",
    "mailbox/charsets.py",
    "mailbox/dates.py",
    "mailbox/digests.py",
    "mailbox/endings.py",
    "mailbox/flowed.py",
    "mailbox/html.py",
    "mailbox/mime.py",
    "mailbox/openers.py",
    "mailbox/parameters.py",
    "mailbox/reader.py",
    "mailbox/segments.py",
    "mailbox/tags.py",
    "mailbox/tree.py",
    "mailbox/words.py",
)
#: Of them these stay as they are: they run once or speak to a network, are pickled or weakly referenced.
NOT_HOT = ("__init__", "vocabulary", "spelling", "place_names", "geopy_adapter", "score", "online*")
#: Modules a shared library: the C compiler's time grows faster than the file that it is given.
TOGETHER = 12


def make_gazetteer(force: bool = False) -> str:
    """Build the file of places unless it is current; returns a sentence about what was done."""
    from poltwt_console.geocoding.build import gazetteer

    if not force and gazetteer.is_current(GAZETTEER):
        return f"{GAZETTEER.name} is current."
    started = time.monotonic()
    gazetteer.build(GAZETTEER)
    size = GAZETTEER.stat().st_size / 1e6
    return f"{GAZETTEER.name} built: {size:.1f} MB in {time.monotonic() - started:.0f} s."


def hot_modules() -> list[str]:
    """The sources to compile, as paths from the project's folder."""
    package = ROOT / "poltwt_console"
    return sorted(
        path.relative_to(ROOT).as_posix()
        for pattern in HOT
        for path in package.glob(pattern)
        if not any(path.match(f"{name}.py") for name in NOT_HOT)
    )


def make_compiled(force: bool = False) -> str:
    """Compile the hot modules unless they are current; returns a sentence about what was done.

    Where they cannot be compiled (no C compiler, say) there are none: Python then runs the sources.
    """
    from poltwt_console.compiled import STAMP, compiled_folder, is_current

    folder = compiled_folder()
    # Which modules are compiled, and how, is said in this file.
    if not force and is_current(folder) and (folder / STAMP).stat().st_mtime > Path(__file__).stat().st_mtime:
        return "The compiled modules are current."
    started = time.monotonic()
    modules = hot_modules()
    said = StringIO()
    with tempfile.TemporaryDirectory(prefix="poltwt-compile-") as scratch, redirect_stdout(said):
        try:
            (folder / STAMP).unlink(missing_ok=True)  # first: whatever happens, none of the old is used
            if folder.exists():
                shutil.rmtree(folder)
            _compile(modules, Path(scratch), folder)
        # mypyc stops with SystemExit, setuptools with one of its many errors: all mean the same here.
        except (Exception, SystemExit) as problem:  # noqa: BLE001
            errors = [line for line in said.getvalue().splitlines() if "error:" in line]
            why = " ".join(" ".join([str(problem), *errors]).split())[:300]
            return (
                f"No module was compiled ({why}). The program works without, at two thirds of the speed. "
                "To mend: install a C compiler and Python's headers (Debian: sudo apt-get install gcc "
                "python3-dev), then run python hatch_build.py"
            )
    return f"{len(modules)} modules compiled in {time.monotonic() - started:.0f} s."


def _compile(modules: list[str], scratch: Path, folder: Path) -> None:
    from poltwt_console.compiled import LIBRARY, STAMP, stamp

    made_from = stamp()
    parts = [modules[n : n + TOGETHER] for n in range(0, len(modules), TOGETHER)]
    name = LIBRARY.removesuffix("__mypyc")  # which mypyc adds itself
    libraries = [(part, name.format(n)) for n, part in enumerate(parts, 1)]
    # Optimised once is as fast as thrice: the time goes into Python's own objects.
    _run_compiler(modules, scratch, scratch / "made", opt_level="1", separate=libraries)
    shutil.move(scratch / "made", folder)
    (folder / STAMP).write_bytes(made_from.encode())


def compile_beside(source: str) -> None:
    """Compile one module of numbers for a long run; the files lie beside it, and hide its later changes."""
    with tempfile.TemporaryDirectory(prefix="poltwt-compile-") as scratch, redirect_stdout(StringIO()):
        _run_compiler([source], Path(scratch), ROOT, opt_level="3")


def _run_compiler(modules: list[str], scratch: Path, target: Path, **how: Any) -> None:
    from mypyc.build import mypycify
    from setuptools import Distribution
    from setuptools.command.build_ext import build_ext

    extensions = mypycify(
        ["--ignore-missing-imports", *modules], debug_level="0", target_dir=str(scratch / "c"), **how
    )
    command = build_ext(Distribution({"ext_modules": extensions}))
    command.build_lib, command.build_temp = str(target), str(scratch / "objects")
    command.parallel = os.cpu_count()
    command.ensure_finalized()
    command.run()


def make_all(force: bool = False) -> list[str]:
    """Both, side by side: compiling waits for the C compiler, mostly."""
    sys.path.insert(0, str(ROOT))
    os.environ["POLTWT_CONSOLE_COMPILED"] = "no"  # what is made anew does not run meanwhile
    os.chdir(ROOT)  # mypyc tells a module's name by its path from here
    with ThreadPoolExecutor(1) as beside:
        compiled = beside.submit(make_compiled, force)
        return [make_gazetteer(force), compiled.result()]


try:
    from hatchling.builders.hooks.plugin.interface import BuildHookInterface
except ImportError:  # run by hand in an environment without hatchling
    pass
else:

    class BuiltDataHook(BuildHookInterface):  # type: ignore[type-arg]
        """Runs for wheels and editable installs; the source archive carries no built file."""

        PLUGIN_NAME = "custom"

        def initialize(self, version: str, build_data: dict[str, Any]) -> None:
            if self.target_name != "wheel":
                return
            for sentence in make_all():
                self.app.display_info(sentence)
            from poltwt_console.compiled import compiled_folder, is_current

            if is_current(compiled_folder()):
                build_data["pure_python"], build_data["infer_tag"] = False, True


if __name__ == "__main__":
    if sys.argv[1:2] == ["--beside"]:
        compile_beside(sys.argv[2])
    else:
        print(*make_all(force="--force" in sys.argv[1:]), sep="\n")

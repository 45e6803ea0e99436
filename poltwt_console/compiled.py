"""Machine code for the modules that run for every mail, used only while it was made from these very sources.

``hatch_build.py`` compiles them where there is a C compiler; they lie in ``resources/compiled`` beside a
stamp of what they were made from.  Where they are missing, or a source was changed since, or the
interpreter is another one, Python runs the sources: the same answers, at two thirds of the speed.
``POLTWT_CONSOLE_COMPILED=no`` does so always.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from functools import cached_property
from importlib.machinery import EXTENSION_SUFFIXES, ModuleSpec
from importlib.util import source_hash, spec_from_file_location
from pathlib import Path
from types import ModuleType

from poltwt_console.paths import resources

_PACKAGE = Path(__file__).resolve().parent
#: Compiled modules, and what their code takes for granted.
_FOLDERS = ("domain", "extraction", "geocoding", "mailbox")
STAMP = "sources.txt"
#: Names of the shared libraries that hold the code; a compiled module is a small door to one of them.
LIBRARY = "poltwt_console_{}__mypyc"
_LIBRARIES = tuple(LIBRARY.split("{}"))


def compiled_folder() -> Path:
    """Where compiled modules lie; it may be missing."""
    return resources() / "compiled"


def stamp() -> str:
    """The kind of interpreter and a digest of each source, a line each, as they are now."""
    sources = sorted(path for folder in _FOLDERS for path in (_PACKAGE / folder).glob("*.py"))
    lines = [
        f"{source_hash(path.read_bytes()).hex()} {path.relative_to(_PACKAGE).as_posix()}" for path in sources
    ]
    return "\n".join([EXTENSION_SUFFIXES[0], *lines, ""])


def is_current(folder: Path) -> bool:
    """Whether the compiled modules in a folder were made from the sources as they are now."""
    try:
        return (folder / STAMP).read_bytes() == stamp().encode()
    except OSError:  # missing, mostly; nothing is lost by not using what cannot be read
        return False


class CompiledFinder:
    """Finds the compiled modules of a folder, and none at all once a source differs.

    A finder for ``sys.meta_path``; its abstract base would load tempfile, random and more at every start.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    @cached_property
    def in_use(self) -> bool:
        """Looked at once, when the first module is asked for."""
        return is_current(self._folder)

    def find_spec(
        self, fullname: str, path: Sequence[str] | None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        """The compiled module of this name; None leaves it to the finders of sources."""
        package, _, rest = fullname.partition(".")
        is_library = package.startswith(_LIBRARIES[0]) and package.endswith(_LIBRARIES[1])
        if not is_library and (package != __package__ or not rest.startswith(_FOLDERS)):
            return None
        if not self.in_use:
            return None
        file = self._folder / (fullname.replace(".", "/") + EXTENSION_SUFFIXES[0])
        return spec_from_file_location(fullname, file) if file.is_file() else None


def use_compiled() -> None:
    """From now on import compiled modules where they are current."""
    if os.environ.get("POLTWT_CONSOLE_COMPILED") != "no":
        sys.meta_path.insert(0, CompiledFinder(compiled_folder()))


def is_in_use() -> bool:
    """Whether this process runs compiled modules."""
    return any(isinstance(finder, CompiledFinder) and finder.in_use for finder in sys.meta_path)

"""The floors, shown: what a command must not load, and where third parties may be."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

PACKAGE = Path(__file__).parents[1] / "poltwt_console"

#: Modules that speak to a network, and the only files that may import them.
NETWORK = {"imaplib", "smtplib", "http", "urllib3", "requests", "socket", "ssl"}
MAY_SPEAK = {"geocoding/online.py", "geocoding/geopy_adapter.py", "mailbox/imap.py"}


def imports_of(path: Path) -> set[str]:
    tree = ast.parse(path.read_text("utf-8"))
    names = {alias.name for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names}
    return names | {
        node.module for node in ast.walk(tree) if isinstance(node, ast.ImportFrom) and node.module
    }


def test_all_below_the_window_loads_without_qt():
    modules = [
        ".".join(path.relative_to(PACKAGE.parent).with_suffix("").parts)
        for path in sorted(PACKAGE.rglob("*.py"))
        if "gui" not in path.parts and "migrations" not in path.parts and path.name != "__main__.py"
    ]
    code = (
        f"import importlib, sys\nfor m in {modules!r}: importlib.import_module(m.removesuffix('.__init__'))\n"
    )
    code += "print([m for m in sys.modules if m.startswith(('PySide6', 'shiboken'))])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_a_command_loads_nothing_that_it_does_not_need():
    code = (
        "import sys; from poltwt_console.app import main; main(['locate', 'Toronto, Canada']);"
        "print([m for m in ('PySide6', 'sqlalchemy', 'alembic', 'openpyxl', 'geopy') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[-1] == "[]"


def test_only_the_named_modules_speak_to_a_network():
    speakers = {
        path.relative_to(PACKAGE).as_posix()
        for path in PACKAGE.rglob("*.py")
        if {name.partition(".")[0] for name in imports_of(path)} & NETWORK
        or "urllib.request" in imports_of(path)
    }
    assert speakers <= MAY_SPEAK


def test_openpyxl_only_where_a_workbook_is_written_or_read():
    users = {
        path.relative_to(PACKAGE).as_posix()
        for path in PACKAGE.rglob("*.py")
        if any(name.partition(".")[0] == "openpyxl" for name in imports_of(path))
    }
    assert users == {"exports/workbook.py"}


def test_no_module_is_a_drawer_for_anything():
    names = {path.stem for path in PACKAGE.rglob("*.py")}
    assert not names & {"utils", "util", "helpers", "helper", "manager", "common", "base", "misc"}

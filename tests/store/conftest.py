"""Real databases: a SQLite file, and a PostgreSQL server that the tests start."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import pytest


def _postgres_tools() -> Path | None:
    found = (
        sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
        if Path("/usr/lib/postgresql").is_dir()
        else []
    )
    if found:
        return found[-1].parent
    initdb = shutil.which("initdb")
    return Path(initdb).parent if initdb else None


@pytest.fixture(scope="session")
def postgres_url() -> Iterator[str]:
    """A server of the tests' own on loopback; stops with them."""
    tools = _postgres_tools()
    if tools is None:
        pytest.skip("PostgreSQL is not installed")
    # Not below pytest's folder: the server needs a way to it that its own user may go.
    base = Path(tempfile.mkdtemp(prefix="poltwt-postgres-"))
    as_user: list[str] = []
    if os.geteuid() == 0:  # the server refuses to run as root
        shutil.chown(base, "postgres", "postgres")
        as_user = ["runuser", "-u", "postgres", "--"]
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    data = base / "data"
    run = [
        *as_user,
        str(tools / "initdb"),
        "-D",
        str(data),
        "-A",
        "trust",
        "-U",
        "console",
        "-E",
        "UTF8",
        "-N",
    ]
    subprocess.run(run, check=True, capture_output=True, cwd="/")
    options = f"-p {port} -h 127.0.0.1 -k {base} -c fsync=off"
    control = [*as_user, str(tools / "pg_ctl"), "-D", str(data)]
    subprocess.run(
        [*control, "-l", str(base / "log"), "-o", options, "-w", "start"],
        check=True,
        stdout=subprocess.DEVNULL,
        cwd="/",
    )
    try:
        yield f"postgresql://console@127.0.0.1:{port}"
    finally:
        subprocess.run([*control, "-m", "fast", "stop"], check=True, capture_output=True, cwd="/")
        shutil.rmtree(base)


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.server)])
def database(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The address of an empty database, of either kind."""
    if request.param == "sqlite":
        return str(tmp_path / "poltwt.db")
    url = request.getfixturevalue("postgres_url")
    name = f"t{time.monotonic_ns()}"
    from sqlalchemy import create_engine, text

    admin = create_engine(
        url.replace("postgresql://", "postgresql+pg8000://") + "/postgres", isolation_level="AUTOCOMMIT"
    )
    with admin.connect() as connection:
        connection.execute(text(f'CREATE DATABASE "{name}"'))
    admin.dispose()
    return f"{url}/{name}"

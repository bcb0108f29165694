"""A store on each engine: SQLite in a file, PostgreSQL in a cluster of our own where one is installed."""

import os
import shutil
import socket
import subprocess
import tempfile
from itertools import count
from pathlib import Path

import pytest

from evaluator.store.engine import open_store

SERVERS = ("/usr/lib/postgresql/*/bin", "/usr/local/pgsql/bin", "/opt/homebrew/bin")
NUMBERS = count()


def find_server():
    """The folder of initdb and pg_ctl, or why there is none."""
    try:
        import psycopg  # noqa: F401
    except ImportError:
        return None, "psycopg is not installed"
    found = [path for pattern in SERVERS for path in sorted(Path("/").glob(pattern[1:])) if (path / "initdb").is_file()]
    on_path = shutil.which("initdb")
    folder = found[-1] if found else Path(on_path).parent if on_path else None
    return (folder, "") if folder else (None, "no PostgreSQL server is installed")


@pytest.fixture(scope="session")
def postgres():
    """The address of a cluster without any database of ours yet."""
    folder, missing = find_server()
    if folder is None:
        pytest.skip(missing)
    home = Path(tempfile.mkdtemp(prefix="evaluator-store-"))
    as_user = []
    if os.name == "posix" and os.geteuid() == 0:  # the server refuses to run as root
        if not shutil.which("runuser"):
            pytest.skip("PostgreSQL does not run as root, and there is no runuser")
        as_user = ["runuser", "-u", "postgres", "--"]
        shutil.chown(home, "postgres")
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    data, log = home / "data", home / "log"
    options = f"-p {port} -k {home} -c listen_addresses=127.0.0.1"
    made = subprocess.run(
        [*as_user, folder / "initdb", "-D", data, "-U", "postgres", "--auth=trust", "-E", "UTF8", "--no-sync"],
        capture_output=True,
        text=True,
        check=False,
        cwd="/",
    )
    if made.returncode:
        pytest.skip(f"PostgreSQL could not be set up: {made.stderr[-300:]}")
    control = [*as_user, folder / "pg_ctl", "-D", data, "-l", log]
    subprocess.run([*control, "-o", options, "-w", "start"], check=True, capture_output=True, cwd="/")
    yield f"postgresql://postgres@127.0.0.1:{port}"
    subprocess.run([*control, "-m", "immediate", "stop"], check=True, capture_output=True, cwd="/")
    shutil.rmtree(home, ignore_errors=True)


def new_database(server):
    import psycopg

    name = f"store_{next(NUMBERS)}"
    with psycopg.connect(f"{server}/postgres", autocommit=True) as connection:
        connection.execute(f"create database {name}")
    return f"{server}/{name}"


@pytest.fixture(params=["sqlite", "postgresql"])
def address(request, tmp_path):
    """Where a store that does not exist yet would be, on each engine."""
    if request.param == "sqlite":
        return str(tmp_path / "folder" / "store.sqlite")
    return new_database(request.getfixturevalue("postgres"))


@pytest.fixture
def store(address):
    opened = open_store(address)
    yield opened
    opened.close()


@pytest.fixture
def file_store(tmp_path):
    """A store in a file that a test may look into."""
    opened = open_store(str(tmp_path / "store.sqlite"))
    yield opened
    opened.close()

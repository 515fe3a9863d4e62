"""The PostgreSQL that other tests rely upon."""

import subprocess
import sys
from pathlib import Path

import psycopg

BEGIN = """
import sys
sys.path.insert(0, sys.argv[1])
from postgres_server import PostgresServer
server = PostgresServer()
print(server._process.pid, server.folder, flush=True)
input()
"""
SUPPORT = Path(__file__).parents[2] / "support"


def test_a_database_is_empty_and_a_test_s_own(postgres_server):
    with postgres_server.database() as first, postgres_server.database() as second:
        with psycopg.connect(first) as connection:
            connection.execute("CREATE TABLE mine (number integer)")
        with psycopg.connect(second) as connection:
            found = "SELECT count(*) FROM pg_tables WHERE tablename = 'mine'"
            assert (0,) == connection.execute(found).fetchone()


def test_it_listens_on_no_address_of_a_network(postgres_server):
    with psycopg.connect(postgres_server.url("postgres")) as connection:
        assert ("",) == connection.execute("SHOW listen_addresses").fetchone()


def test_what_was_written_is_there_after_a_restart(postgres_server, postgres_url):
    with psycopg.connect(postgres_url) as connection:
        connection.execute("CREATE TABLE kept (number integer)")
    postgres_server.stop()
    postgres_server.start()
    with psycopg.connect(postgres_url) as connection:
        assert (0,) == connection.execute("SELECT count(*) FROM kept").fetchone()


def test_a_killed_test_leaves_no_server():
    with subprocess.Popen(
        [sys.executable, "-c", BEGIN, str(SUPPORT)], stdin=-1, stdout=-1, text=True
    ) as child:
        pid, folder = child.stdout.readline().split()
        child.kill()
        child.wait()
        subprocess.run(["tail", f"--pid={pid}", "-f", "/dev/null"], timeout=120, check=True)
        subprocess.run(["rm", "-r", folder], check=True)

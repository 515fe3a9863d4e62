"""The record of runs on a PostgreSQL, as commands find it or do not."""

import json

import psycopg
import pytest

STATEMENT = """Write a function `clamp(value, low, high)` that returns value, but at least low
and at most high. The limits are in order: low <= high.

clamp(5, 1, 3) -> 3
clamp(0, 1, 3) -> 1
"""
RIGHT = "```python\ndef clamp(value, low, high):\n    return max(low, min(value, high))\n```\n"
NO_FINDINGS = json.dumps({"findings": [], "recommendations": [], "coverage_gaps": []})


@pytest.fixture
def own(seenred, monkeypatch, tmp_path_factory):
    """The command, with an empty data folder."""
    monkeypatch.setenv("SEENRED_DATA", str(tmp_path_factory.mktemp("data")))
    return seenred


@pytest.fixture
def on_server(own, monkeypatch, postgres_url):
    """The command, over an empty database."""
    monkeypatch.setenv("SEENRED_DATABASE__URL", postgres_url)
    return own


def refused(own, monkeypatch, url: str) -> str:
    monkeypatch.setenv("SEENRED_DATABASE__URL", url)
    done = own("runs")
    assert 3 == done.returncode
    assert "Traceback" not in done.stderr
    assert "pass-word" not in done.stderr + done.stdout
    return done.stderr


def test_a_run_is_on_the_server_and_nothing_of_it_in_a_file(on_server, monkeypatch):
    on_server.write("p.txt", STATEMENT)
    model = on_server.script(RIGHT, RIGHT, NO_FINDINGS)
    done = on_server("solve", "p.txt", "--model", model, "--candidates", "1")
    assert 0 == done.returncode, done.stderr
    listed = json.loads(on_server("runs", "--json").stdout)
    assert ["solved"] == [run["verdict"] for run in listed]
    assert "development p.txt  solved" in on_server("show", listed[0]["id"]).stdout
    assert "run-started" in on_server("logs", listed[0]["id"], "--json").stdout
    monkeypatch.delenv("SEENRED_DATABASE__URL")
    assert "no record of runs yet" in on_server("db", "check").stdout


def test_both_kinds_of_tables_are_made_and_looked_at(on_server, postgres_url):
    assert 0 == on_server("db", "upgrade").returncode
    with psycopg.connect(postgres_url) as connection:
        tables = "SELECT schemaname, tablename FROM pg_tables"
        found = set(connection.execute(tables).fetchall())
        assert {("public", "runs"), ("dbos", "workflow_status")} <= found
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
    told = on_server("db", "check")
    assert (3, True) == (told.returncode, "of a newer Seenred" in told.stderr)


def test_a_server_that_is_not_there_is_told_in_a_sentence(own, monkeypatch, tmp_path):
    told = refused(own, monkeypatch, f"postgresql://me:pass-word@/runs?host={tmp_path}")
    assert "database-unreachable" in told
    assert f"The record of runs postgresql://{tmp_path}/runs cannot be reached" in told
    assert "mend that, or SEENRED_DATABASE__URL." in told
    told = refused(own, monkeypatch, "postgresql://me:pass-word@127.0.0.1:1/runs")
    assert "postgresql://127.0.0.1:1/runs cannot be reached (Connection refused)" in told


def test_a_database_that_is_not_there_is_told_with_its_remedy(own, monkeypatch, postgres_server):
    told = refused(own, monkeypatch, postgres_server.url("nowhere"))
    assert "database-missing" in told
    assert "createdb" in told


def test_what_names_no_postgresql_is_refused(own, monkeypatch):
    monkeypatch.setenv("SEENRED_DATABASE__URL", "mysql://me:pass-word@there/runs")
    done = own("runs")
    assert (2, True) == (done.returncode, "database-url" in done.stderr)
    assert "pass-word" not in done.stderr

"""A database file that cannot be used is told in one sentence, with its code."""

from __future__ import annotations

import os
import sqlite3

import pytest
import sqlalchemy as sa

from seenred.errors import EnvironmentLacks
from seenred.infrastructure.database.migration import refuse_other, upgrade
from seenred.infrastructure.database.sqlite import open_sqlite, told


def test_a_database_is_opened_so_that_a_kill_loses_nothing(database):
    with database.connect() as connection:
        found = {
            name: connection.exec_driver_sql(f"PRAGMA {name}").scalar()
            for name in ("journal_mode", "synchronous", "foreign_keys", "busy_timeout")
        }
        assert connection.exec_driver_sql("SELECT unixepoch('subsec') > 0").scalar()
    assert found == {
        "journal_mode": "wal",
        "synchronous": 1,
        "foreign_keys": 1,
        "busy_timeout": 30_000,
    }


def test_upgrading_twice_changes_nothing(database):
    upgrade(database)
    refuse_other(database)


def test_an_older_database_names_the_command_that_mends_it(file):
    with pytest.raises(EnvironmentLacks, match="seenred db upgrade") as caught:
        refuse_other(open_sqlite(file))
    assert caught.value.code == "database-older"


def test_a_newer_database_is_refused(database):
    with database.begin() as connection:
        connection.exec_driver_sql("UPDATE alembic_version SET version_num = '9999'")
    with pytest.raises(EnvironmentLacks, match="pip install --upgrade") as caught:
        refuse_other(database)
    assert caught.value.code == "database-newer"


def test_a_file_that_is_no_database_is_told(file):
    file.parent.mkdir()
    file.write_text("these are not the bytes of a database, and quite enough of them")
    with pytest.raises(EnvironmentLacks) as caught, told(file):
        open_sqlite(file).connect()
    assert caught.value.code == "database-broken"


def test_a_folder_that_cannot_be_made_is_told(tmp_path):
    (tmp_path / "data").write_text("a file")
    with pytest.raises(EnvironmentLacks, match="SEENRED_DATA") as caught:
        open_sqlite(tmp_path / "data" / "runs.db")
    assert caught.value.code == "database-not-opened"


@pytest.mark.parametrize(
    ("cause", "code"),
    [
        ("attempt to write a readonly database", "database-read-only"),
        ("unable to open database file", "database-not-opened"),
        ("database or disk is full", "database-full"),
        ("database is locked", "database-busy"),
    ],
)
def test_what_the_disk_refuses_is_told(file, cause, code):
    error = sa.exc.OperationalError("INSERT", {}, sqlite3.OperationalError(cause))
    with pytest.raises(EnvironmentLacks) as caught, told(file):
        raise error
    assert caught.value.code == code


@pytest.mark.skipif(os.getuid() == 0, reason="root may write anything")
@pytest.mark.usefixtures("database")
def test_a_file_that_may_not_be_written_is_told(file):
    file.chmod(0o400)
    with pytest.raises(EnvironmentLacks, match="cannot be written"), told(file):
        open_sqlite(file).connect().exec_driver_sql("CREATE TABLE t (x)")


def test_a_database_and_its_folder_are_readable_by_their_owner_alone(file):
    previous = os.umask(0o022)
    try:
        with open_sqlite(file).begin() as connection:
            connection.exec_driver_sql("CREATE TABLE t (x)")
            there = {path.name: path.stat().st_mode & 0o777 for path in file.parent.iterdir()}
    finally:
        os.umask(previous)
    assert {"runs.db": 0o600, "runs.db-wal": 0o600, "runs.db-shm": 0o600} == there
    assert file.parent.stat().st_mode & 0o777 == 0o700


def test_one_that_others_could_read_is_closed_to_them(file):
    file.parent.mkdir()
    file.touch()
    file.chmod(0o644)
    open_sqlite(file)
    assert file.stat().st_mode & 0o777 == 0o600

"""One contract for every place where accounts are kept, and what only files can go through."""

import asyncio
import multiprocessing

import pytest

from seenred.domain.account import Account, Amount, Hold
from seenred.errors import EnvironmentLacks
from seenred.infrastructure.accounts.memory import MemoryAccounts
from seenred.infrastructure.accounts.sqlite import SqliteAccounts

ONE = Amount(tokens=1, cost=0.25, seconds=0.5, iterations=1)


@pytest.fixture
def file(tmp_path):
    return tmp_path / "state" / "accounts.sqlite"


@pytest.fixture(params=["memory", "sqlite"])
def accounts(request, file):
    return MemoryAccounts() if request.param == "memory" else SqliteAccounts(file)


def changed(accounts, change, key="ada/2026-11-25"):
    return asyncio.run(accounts.change(key, change))


def same(account):
    return account


def test_an_account_begins_empty(accounts):
    assert changed(accounts, same) == Account()


def test_what_was_changed_is_there_the_next_time(accounts):
    hold = Hold("call", ONE, 60.0)
    kept = changed(accounts, lambda account: account.settled("", ONE).held(hold))
    assert kept == Account(ONE, (hold,))
    assert changed(accounts, same) == kept


def test_each_key_has_an_account_of_its_own(accounts):
    changed(accounts, lambda account: account.settled("", ONE), key="ada")
    assert changed(accounts, same, key="bob") == Account()


def test_a_change_that_raises_changes_nothing(accounts):
    def refuse(_account):
        raise KeyError("no")

    changed(accounts, lambda account: account.settled("", ONE))
    with pytest.raises(KeyError):
        changed(accounts, refuse)
    assert changed(accounts, same).spent == ONE


def test_changes_at_the_same_time_are_all_kept(accounts):
    async def main():
        await asyncio.gather(
            *(accounts.change("k", lambda a: a.settled("", ONE)) for _ in range(20))
        )
        return await accounts.change("k", same)

    assert asyncio.run(main()).spent.tokens == 20


def spend(file, times):
    for _ in range(times):
        changed(SqliteAccounts(file), lambda account: account.settled("", ONE))


def test_another_process_sees_and_keeps_what_is_there(file):
    context = multiprocessing.get_context("spawn")
    processes = [context.Process(target=spend, args=(file, 10)) for _ in range(2)]
    for process in processes:
        process.start()
    for process in processes:
        process.join()
    assert changed(SqliteAccounts(file), same).spent.tokens == 20


def test_a_file_that_is_none_of_ours_is_said_with_what_to_do(file):
    file.parent.mkdir()
    file.write_text("not a database, and long enough to be told from an empty one" * 20)
    with pytest.raises(EnvironmentLacks, match=r"cannot be kept in .*accounts\.sqlite.*remove it"):
        changed(SqliteAccounts(file), same)


def test_a_folder_that_cannot_be_made_is_said(tmp_path):
    (tmp_path / "state").write_text("in the way")
    with pytest.raises(EnvironmentLacks) as caught:
        changed(SqliteAccounts(tmp_path / "state" / "accounts.sqlite"), same)
    assert caught.value.code == "accounts-unusable"

"""A session of pytest that has begun without the project's code, to be gone on with in a fork.

It leans on parts of pytest that are not public: the host asks for it only with the versions that
it was tried with.
"""

from __future__ import annotations

import sys

import pytest
from _pytest.config import _prepareconfig
from _pytest.main import Session

from . import observe

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

_PASSED, _FAILED, _INTERRUPTED, _INTERNAL, _USAGE, _NOTHING = range(6)


class Prepared:
    """The session as it was before any code of the project was seen.

    Args:
        options: the command line without the tests.
        root: where the project's settings lie, and nothing else yet.
    """

    def __init__(self, options: list[str], root: str) -> None:
        self._observer = observe.Observer()
        observe.name_command([*options, root])
        # conftests are the project's code
        words = [*options, "--noconftest", root]
        self._config: Any = _prepareconfig(words, [self._observer])
        self._session: Any = Session.from_config(self._config)
        self._session.exitstatus = _PASSED
        self._config._do_configure()
        self._config.hook.pytest_sessionstart(session=self._session)
        self._capture = self._config.pluginmanager.getplugin("capturemanager")
        if self._capture is not None:
            self._capture.stop_global_capturing()

    def run(self, job: dict[str, Any], tell: Callable[..., None], scratch: str) -> int:
        """Collect and run what the job asks for; pytest's status."""
        observe.name_command(job["arguments"])
        self._observer.begin(job, tell, scratch)
        self._config.option.maxfail = int(job["stop_at_failure"])
        self._choose(job["paths"])
        if self._capture is not None:
            self._capture.start_global_capturing()
        try:
            self._load_conftests()
        except Exception as error:
            sys.__stderr__.write(f"{type(error).__name__}: {error}\n")  # type: ignore[union-attr]
            return _USAGE
        self._observer.start(self._config)
        status = self._session.exitstatus = self._main()
        self._config.hook.pytest_sessionfinish(session=self._session, exitstatus=status)
        return status

    def _choose(self, paths: list[str]) -> None:
        """Tell the configuration which tests were asked for."""
        config = self._config
        named = config.known_args_namespace
        named.noconftest = config.option.noconftest = False
        named.file_or_dir = config.option.file_or_dir = paths
        config.args, config.args_source = config._decide_args(
            args=paths,
            pyargs=named.pyargs,
            testpaths=config.getini("testpaths"),
            invocation_dir=config.invocation_params.dir,
            rootpath=config.rootpath,
            warn=True,
        )

    def _load_conftests(self) -> None:
        """As at the start of a session, and only what is new: the plugins have had their turn."""
        manager = self._config.pluginmanager
        known = set(manager.get_plugins())
        acting = (self._config, self._observer, manager.getplugin("warnings"))
        manager.subset_hook_caller(
            "pytest_load_initial_conftests", [plugin for plugin in known if plugin not in acting]
        )(early_config=self._config, args=self._config.args, parser=self._config._parser)
        if known != manager.get_plugins():
            manager.subset_hook_caller("pytest_sessionstart", known)(session=self._session)

    def _main(self) -> int:
        """What pytest's own `wrap_session` does between the start and the end of a session."""
        session, hook = self._session, self._config.hook
        try:
            hook.pytest_collection(session=session)
            hook.pytest_runtestloop(session=session)
        except pytest.UsageError as error:
            sys.__stderr__.write(f"ERROR: {error}\n")  # type: ignore[union-attr]
            return _USAGE
        except session.Failed:
            return _FAILED
        except (KeyboardInterrupt, pytest.exit.Exception):
            hook.pytest_keyboard_interrupt(excinfo=pytest.ExceptionInfo.from_current())
            return _INTERRUPTED
        except BaseException:
            self._config.notify_exception(pytest.ExceptionInfo.from_current(), self._config.option)
            return _INTERNAL
        if session.testsfailed:
            return _FAILED
        return _PASSED if session.testscollected else _NOTHING

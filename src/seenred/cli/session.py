"""What every command shares: settings from flags, a watched application, Ctrl-C."""

from __future__ import annotations

import os
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any, TypeVar

from rich.console import Console

from seenred.bootstrap.application import Application
from seenred.cli.interruptible import interruptible
from seenred.cli.watch import Watcher
from seenred.config.settings import Settings, load_settings

T = TypeVar("T")


def settings_from(options: dict[str, Any]) -> Settings:
    """Settings with the command line's values on top.

    Raises:
        UsageError: a setting is wrong, all of them named at once.
    """
    places = {
        "model": ("model", "name"),
        "candidates": ("run", "candidates"),
        "max_iterations": ("run", "max_iterations"),
        "output": ("run", "output"),
        "review": ("go", "review"),
        "minimality": ("go", "minimality"),
        "max_tokens": ("budget", "max_tokens"),
        "max_seconds": ("budget", "max_seconds"),
        "max_cost": ("budget", "max_cost"),
    }
    overrides: dict[str, dict[str, Any]] = {}
    for option, (section, key) in places.items():
        if options.get(option) is not None:
            overrides.setdefault(section, {})[key] = options[option]
    if options.get("no_sandbox"):
        overrides.setdefault("sandbox", {})["enabled"] = False
    if options.get("record"):
        kept = "hashes" if options["record"] == "off" else options["record"]
        overrides.setdefault("records", {})["model_calls"] = kept
    return load_settings(overrides, Path.cwd(), os.environ)


def watched(settings: Settings, work: Callable[[Application], Awaitable[T]]) -> T:
    """Run `work` with its progress on stderr; Ctrl-C cancels it and its children are gone."""
    watcher = Watcher(Console(stderr=True))

    try:
        return interruptible(lambda: work(Application(settings, watcher)))
    finally:
        watcher.close()

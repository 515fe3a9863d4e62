"""How the commands are put together: groups that suggest, options that several share."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

import click

from seenred.errors import UsageError

_Command = TypeVar("_Command", bound=Callable[..., None])


def with_options(options: tuple[Any, ...]) -> Callable[[_Command], _Command]:
    """A decorator that gives a command all of these options, in this order."""

    def decorate(function: _Command) -> _Command:
        for option in reversed(options):
            function = option(function)
        return function

    return decorate


class Group(click.Group):
    """A group that keeps its commands in their order, and suggests the nearest."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002
        return [*self.commands]

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        found = super().get_command(ctx, cmd_name)
        if found is None and not ctx.resilient_parsing:
            from seenred.domain.workflow import unknown

            raise UsageError("command-unknown", unknown("command", cmd_name, [*self.commands]))
        return found

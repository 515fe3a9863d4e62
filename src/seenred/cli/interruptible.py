"""Work that Ctrl-C cancels, so that it can let go of its processes."""

from __future__ import annotations

import asyncio
import signal
from collections.abc import Awaitable, Callable
from typing import TypeVar

T = TypeVar("T")


def interruptible(work: Callable[[], Awaitable[T]]) -> T:
    """Run `work` to its end.

    Raises:
        KeyboardInterrupt: it was cancelled by SIGINT or SIGTERM and has ended.
    """

    async def main() -> T:
        task = asyncio.ensure_future(work())
        loop = asyncio.get_running_loop()
        for number in (signal.SIGINT, signal.SIGTERM):
            loop.add_signal_handler(number, task.cancel)
        return await task

    try:
        return asyncio.run(main())
    except asyncio.CancelledError:
        raise KeyboardInterrupt from None

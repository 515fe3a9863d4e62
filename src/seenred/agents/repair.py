"""Asking again: a reply that cannot be used, and code that failed when it was run."""

from __future__ import annotations

from dataclasses import replace

from seenred.domain.conversation import Message, Prompt, Speaker

# Enough of the refused reply for a model to see what it wrote, in characters.
SHOWN = 2000


def repair_prompt(prompt: Prompt, reply: str, reason: str) -> Prompt:
    """The same conversation, the refused reply and why it was refused."""
    return replace(
        prompt,
        messages=(
            *prompt.messages,
            Message(Speaker.ASSISTANT, reply[:SHOWN]),
            Message(
                Speaker.USER,
                f"Your reply {reason}. Answer again, complete and in the form asked for.",
            ),
        ),
    )


def counterexample_prompt(prompt: Prompt, code: str, seen: str) -> Prompt:
    """The same conversation, the code that was tried, and what running it showed."""
    return replace(
        prompt,
        messages=(
            *prompt.messages,
            Message(Speaker.ASSISTANT, f"```python\n{code.rstrip()}\n```"),
            Message(
                Speaker.USER,
                f"Running it showed: {seen}\nFind the mistake and reply with the complete "
                "corrected code, in the same form.",
            ),
        ),
    )

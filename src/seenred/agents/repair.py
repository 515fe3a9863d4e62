"""The one request to mend a reply that cannot be used."""

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

"""A test that a model has proposed for a list."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class DraftedItem:
    """One behaviour to be tested.

    Attributes:
        invented: values in it that the description does not have; somebody must vouch for them.
    """

    text: str
    invented: tuple[str, ...] = ()

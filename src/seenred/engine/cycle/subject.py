"""What a commit is called: the item's own words, as a command."""

from __future__ import annotations

import re

from seenred.domain.plan import PlanItem

# git's own advice is 50, its log cuts at 72
LONGEST = 72
# verbs that end in s by themselves, and words that are no verbs
_LEFT = re.compile(r".*(ss|us|is)$|^(as|has|was|does|its|always|sometimes|plus|minus)$")
# what several things do; the first word of such an item is those things
_PLURAL = re.compile(r"(?<!that )(?<!which )\b(are|were|do|have|can|must|may|will|count|stay)\b")


def subject_of(kind: str, item: PlanItem, verb: str = "") -> str:
    """`feat: reject a withdrawal above the balance`, cut at a word.

    Args:
        verb: what was done to the item, where it was not done.
    """
    text = " ".join(item.text.split())
    words = f"{kind}: {verb}{text if verb else _imperative(text)}".rstrip(".")
    if len(words) <= LONGEST:
        return words
    return f"{words[: LONGEST - 1].rsplit(' ', 1)[0].rstrip(',;:')}…"


def body_of(item: PlanItem, subject: str) -> str:
    """The item as it stands, where the subject could not hold it; else ""."""
    return " ".join(item.text.split()) if subject.endswith("…") else ""


def _imperative(text: str) -> str:
    """`rejects a …` as `reject a …`; whatever does not look like a verb stays."""
    first, space, rest = text.partition(" ")
    if not re.fullmatch(r"[A-Z]?[a-z]+", first) or not rest:
        return text
    lower = first[0].lower() + first[1:]
    return f"{lower if _PLURAL.search(rest) else _stem(lower)}{space}{rest}"


def _stem(word: str) -> str:
    if not word.endswith("s") or _LEFT.match(word) or len(word) < 4:
        return word
    if word.endswith("ies"):
        return f"{word[:-3]}y"
    return word[:-2] if re.search(r"(ss|sh|ch|x|zz)es$", word) else word[:-1]

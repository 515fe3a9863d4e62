"""How a llama.cpp model is asked to fill a gap, as it was trained: before, after, middle."""

from __future__ import annotations

from typing import Any

# Marks of Qwen2.5-Coder (its technical report, section 3.2.1); others of its family keep them.
PREFIX, SUFFIX, MIDDLE = "<|fim_prefix|>", "<|fim_suffix|>", "<|fim_middle|>"

# Grammars of llama.cpp (GBNF). No line is a comment: where one stands above the gap, a small model
# goes on with more of it. The first line that leaves the gap is the last: a model that may not
# leave it goes on with what is of no use, up to its limit.
_ROOTS = {
    "line": 'root ::= [^\\n]+ "\\n"',
    "block": 'root ::= [^\\n]+ ":\\n" line (line | blank line)* end?',
    "lines": "root ::= first (line | blank line)* end?",
}
_LINES = """\
first ::= "{margin}" code
line ::= "{margin}" " "* code
end ::= " "{{0,{less}}} code
code ::= [^ #\\n] [^\\n]* "\\n"
blank ::= "\\n\""""


def completion(request: dict[str, Any]) -> dict[str, Any]:
    """The raw completion that fills the request's gap."""
    gap = request["gap"]
    return {
        "prompt": prompt_of(gap),
        "grammar": grammar_of(gap["room"], gap["depth"]),
        "stop": stops(gap["after"]),
        "n_predict": request["max_tokens"],
        "temperature": request["temperature"],
        "cache_prompt": True,
        "stream": True,
        **({} if request["seed"] is None else {"seed": request["seed"]}),
    }


def prompt_of(gap: dict[str, Any]) -> str:
    """What stays from gap to gap comes first, so that it is computed once."""
    return f"{PREFIX}{gap['context']}{gap['before']}{SUFFIX}{gap['after']}{MIDDLE}"


def grammar_of(room: str, depth: int) -> str:
    """What may stand in a gap.

    Args:
        room: a value of `seenred.domain.gap.Room`.
        depth: spaces that lines begin with at least.
    """
    root = _ROOTS[room]
    if room == "line":
        return root
    return f"{root}\n{_LINES.format(margin=' ' * depth, less=max(depth - 1, 0))}"


def stops(after: str) -> list[str]:
    """A model that writes the line which follows the gap goes on to copy the rest."""
    following = next((row for row in after.splitlines() if row.strip()), None)
    return [] if following is None else [f"\n{following}\n"]

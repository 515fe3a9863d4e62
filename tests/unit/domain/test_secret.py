"""What is taken for a secret, and what is not."""

from __future__ import annotations

import pytest

from seenred.domain.secret import known_secrets, redacted, redacted_data, settled

DIGITS = "0123456789abcdefghij"
BLOCK = "-----BEGIN RSA PRIVATE KEY-----\nMIIE\nabc\n"
SECRETS = [
    (f"key = 'sk-{DIGITS}'", "key = '[redacted]'"),
    (f"sk-ant-api03-{DIGITS}_x-Y", "[redacted]"),
    (f"sk-proj-{DIGITS}", "[redacted]"),
    ("id AKIAIOSFODNN7EXAMPLE.", "id [redacted]."),
    ("ASIAIOSFODNN7EXAMPLE", "[redacted]"),
    (f"ghp_{DIGITS}", "[redacted]"),
    (f"gho_{DIGITS}", "[redacted]"),
    (f"github_pat_{DIGITS}_{DIGITS}", "[redacted]"),
    (f"Authorization: Bearer {DIGITS}.x-y==", "Authorization: Bearer [redacted]"),
    (f"authorization: bearer  {DIGITS}\n", "authorization: bearer  [redacted]\n"),
    (f"a\n{BLOCK}-----END RSA PRIVATE KEY-----\nb", "a\n[redacted]\nb"),
    ("-----BEGIN OPENSSH PRIVATE KEY-----\nb3Bl", "[redacted]"),
    (f"x{BLOCK}", "x[redacted]"),
]
HARMLESS = [
    "",
    "sk-fading-circle-animation",
    f"task-{DIGITS}",
    f"risk-sk{DIGITS}",
    "the bearer of this",
    'headers["Authorization"] = "Bearer token"',
    "AKIA",
    "-----BEGIN PUBLIC KEY-----\nMIIE\n-----END PUBLIC KEY-----",
    "ghp_short",
    "d41d8cd98f00b204e9800998ecf8427e",
]


@pytest.mark.parametrize(("text", "told"), SECRETS)
def test_what_has_the_shape_of_a_secret_is_redacted(text, told):
    assert told == redacted(text)
    assert told == redacted(told)


@pytest.mark.parametrize("text", HARMLESS)
def test_what_only_resembles_one_stays(text):
    assert text == redacted(text)


def test_known_keys_are_redacted_the_longest_first():
    assert "a [redacted] b [redacted]" == redacted(
        "a my-own-key-2 b my-own-key", ["my-own-key", "my-own-key-2"]
    )


def test_a_known_key_that_is_a_word_is_none():
    assert "ask ollama" == redacted("ask ollama", ["ollama", ""])


def test_data_are_redacted_text_by_text():
    data = {"a": [f"sk-{DIGITS}", 1, None], "b": {"c": "fine"}}
    assert {"a": ["[redacted]", 1, None], "b": {"c": "fine"}} == redacted_data(data)


def test_variables_are_known_by_their_names():
    found = known_secrets(
        {
            "OPENAI_API_KEY": "one",
            "SEENRED_MODEL__API_KEY": "two",
            "GH_TOKEN": "three",
            "AWS_SECRET_ACCESS_KEY": "four",
            "PATH": "/bin",
            "KEYBOARD": "us",
            "MAX_TOKENS": "100000000",
        }
    )
    assert ("one", "two", "three", "four") == found


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("some words sk-01", "some words "),
        ("use Bearer 0123", "use "),
        ("use Bearer ", "use "),
        ("a b\n", "a b\n"),
        (f"see {BLOCK}", "see "),
        (f"see {BLOCK}-----END RSA PRIVATE KEY-----\n", None),
        ("nogap", ""),
    ],
)
def test_of_a_growing_text_only_what_no_secret_can_reach_into_is_settled(text, told):
    assert (text if told is None else told) == text[: settled(text)]

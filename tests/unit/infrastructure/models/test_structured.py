from seenred.domain.conversation import Message, Prompt, Speaker
from seenred.infrastructure.models.structured import messages_of

MESSAGES = (Message(Speaker.SYSTEM, "Be terse."), Message(Speaker.USER, "Who?"))


def test_free_text_leaves_the_messages_alone():
    assert messages_of(Prompt(MESSAGES)) == MESSAGES


def test_a_schema_is_told_at_the_end_so_that_the_prefix_stays():
    first, last = messages_of(Prompt(MESSAGES, schema={"type": "object"}))
    assert first == MESSAGES[0]
    assert last.speaker is Speaker.USER
    assert last.text.startswith("Who?\n\nReply with JSON only")
    assert last.text.endswith('{"type": "object"}')

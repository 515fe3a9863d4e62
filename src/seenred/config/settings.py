"""What a user may set: command line > environment > `.env` > file > defaults."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path, PurePosixPath
from typing import Annotated, Any, Literal

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    SecretStr,
    ValidationError,
)
from pydantic_core import PydanticCustomError
from pydantic_settings import (
    BaseSettings,
    InitSettingsSource,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
)

from seenred.config.complaint import complaints_of, unprotected, unusable
from seenred.config.layer import Complaint, Layer, environment, file, flags, variables_file

Reasoning = Literal["off", "low", "medium", "high", "max"]
Seconds = Annotated[float, Field(gt=0, allow_inf_nan=False)]
Count = Annotated[int, Field(ge=1)]


def _within(path: str) -> str:
    """A path that can lead nowhere but into the repository: files of a project may name it."""
    parts = PurePosixPath(path).parts
    if not parts or path.startswith(("/", "~")) or ".." in parts:
        told = "should be a path inside the repository, such as docs/PLAN.md"
        raise PydanticCustomError("path_outside", told)
    return path


def _listed(value: object) -> object:
    """A list as a variable has it: separated by commas."""
    if isinstance(value, str):
        return [part.strip() for part in value.split(",") if part.strip()]
    return value


RepositoryPath = Annotated[str, AfterValidator(_within)]
Commands = Annotated[tuple[str, ...], BeforeValidator(_listed)]


class Section(BaseModel):
    """One table of the settings; immutable, and no key is guessed."""

    model_config = ConfigDict(extra="forbid", frozen=True, hide_input_in_errors=True)


class ModelSettings(Section):
    """Which model answers.

    Attributes:
        name: `provider:model`, or `local` for the embedded one.
        fallback: the model that answers what `name` cannot; None: the run ends there.
        path: a GGUF file of the user's own, instead of the embedded model's.
        cache: where downloaded models are kept; None: the user's cache directory.
        api_key: for the provider; None: the provider's own variable is asked.
        reasoning: thinking effort of every request.
        timeout: seconds that one reply may take.
    """

    name: Annotated[str, Field(min_length=1)] = "local"
    fallback: Annotated[str, Field(min_length=1)] | None = None
    path: Path | None = None
    cache: Path | None = None
    api_key: SecretStr | None = None
    reasoning: Reasoning = "high"
    timeout: Seconds = 600.0


class BudgetSettings(Section):
    """What one run may spend, and all runs of one day; None: no limit.

    Attributes:
        max_tokens: of prompts and replies together.
        max_seconds: wall-clock time.
        max_cost: US dollars.
        daily_tokens, daily_cost: of all runs that begin their calls on one day.
        daily_seconds: that models have worked.
        daily_iterations: cycles, and reviews with their fixes.
    """

    max_tokens: Annotated[int, Field(ge=1)] | None = None
    max_seconds: Seconds | None = None
    max_cost: Annotated[float, Field(ge=0, allow_inf_nan=False)] | None = None
    daily_tokens: Count | None = None
    daily_seconds: Seconds | None = None
    daily_cost: Annotated[float, Field(ge=0, allow_inf_nan=False)] | None = None
    daily_iterations: Count | None = None


class RunSettings(Section):
    """How a workflow runs.

    Attributes:
        candidates: at most so many are drawn for one step.
        max_iterations: at most so many reviews, each with its fix.
        output: where artifacts go; a numbered sibling when it holds earlier ones.
    """

    candidates: Annotated[int, Field(ge=1, le=64)] = 8
    max_iterations: Annotated[int, Field(ge=0)] = 5
    output: Path = Path("output")


class SandboxSettings(Section):
    """Limits of one execution of model-written code.

    Attributes:
        enabled: False runs hostile code unprotected; no file of a project may say so.
        memory_mb: address space of each process, MiB.
        seconds: wall-clock time of one call.
    """

    enabled: bool = True
    memory_mb: Annotated[int, Field(ge=64)] = 512
    seconds: Seconds = 10.0


class RecordsSettings(Section):
    """What the record of runs keeps.

    Attributes:
        model_calls: `full`, or of what was asked and answered the sha256 alone.
    """

    model_calls: Literal["full", "hashes"] = "full"


class DatabaseSettings(Section):
    """Where the record of runs lies.

    Attributes:
        url: of a PostgreSQL; None: a file in the user's data folder. No file of a project may say.
    """

    url: SecretStr | None = None


class GoSettings(Section):
    """How a cycle of red, green, refactor goes.

    Attributes:
        plan: path of the list, from the repository's root; None: PLAN.md, or plan.md if only that
            is there.
        review: `auto` is off for a model on this machine, advisory for others.
        minimality: what becomes of code that no test requires.
        subjects: of commits: conventional, or Kent Beck's own.
        test_attempts, code_attempts: at most so many proposals for the test and for the code.
        structure_attempts: at most so many for a refactoring or a tidying.
        restarts: how often an attempt is dropped for another one.
        refactoring: whether what is green is looked at for what could be simpler.
    """

    plan: RepositoryPath | None = None
    review: Literal["auto", "off", "advisory", "required"] = "auto"
    minimality: Literal["report", "shrink", "strict", "off"] = "report"
    subjects: Literal["conventional", "beck"] = "conventional"
    test_attempts: Count = 4
    code_attempts: Count = 8
    structure_attempts: Count = 2
    restarts: Annotated[int, Field(ge=0)] = 1
    refactoring: bool = True


class WorktreeSettings(Section):
    """Where a cycle works.

    Attributes:
        copy_: `copy`: files and folders that git does not know and that the tests need.
    """

    copy_: Annotated[tuple[RepositoryPath, ...], BeforeValidator(_listed)] = Field((), alias="copy")


class ProtocolSettings(Section):
    """What surrounds every proposed change.

    Attributes:
        reviewer: `provider:model`; None: the model that wrote the change.
        review_rounds: at most so many reviews of one change.
        checks: commands by kind of file; a kind that is not named gets what the project configures.
        test_lint: whether tests that know the implementation are refused.
    """

    reviewer: Annotated[str, Field(min_length=1)] | None = None
    review_rounds: Count = 2
    checks: Mapping[Literal["python", "rust"], Commands] = Field(default_factory=dict)
    test_lint: bool = False


class LimitsSettings(Section):
    """House limits of a changed file, checked once they are enabled.

    Attributes:
        function: lines of a function.
        complexity: branches of a function, as McCabe counts them.
        nesting: levels of blocks inside a function.
        line: characters of a line.
        file: lines of a file.
    """

    enabled: bool = False
    function: Count = 50
    complexity: Count = 10
    nesting: Count = 4
    line: Count = 100
    file: Count = 500


class Settings(BaseSettings):
    """All settings, validated; built without arguments it is the defaults and reads nothing.

    Attributes:
        workflows: name to table, as written; the engine validates them.
    """

    model_config = SettingsConfigDict(extra="forbid", frozen=True, hide_input_in_errors=True)

    model: ModelSettings = ModelSettings()
    budget: BudgetSettings = BudgetSettings()
    run: RunSettings = RunSettings()
    sandbox: SandboxSettings = SandboxSettings()
    records: RecordsSettings = RecordsSettings()
    database: DatabaseSettings = DatabaseSettings()
    go: GoSettings = GoSettings()
    worktree: WorktreeSettings = WorktreeSettings()
    protocol: ProtocolSettings = ProtocolSettings()
    limits: LimitsSettings = LimitsSettings()
    workflows: Mapping[str, Mapping[str, Any]] = Field(default_factory=dict)

    @classmethod
    def settings_customise_sources(
        cls, *_: Any, **sources: Any
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """Nothing is read from the process behind the caller's back."""
        return (sources["init_settings"],)


def load_settings(overrides: Mapping[str, Any], cwd: Path, environ: Mapping[str, str]) -> Settings:
    """The settings that hold in `cwd`.

    Args:
        overrides: what the command line says, by dotted key (`run.candidates`) or nested; None
            is an option that was not given.
        cwd: files are looked for here and above, up to the repository's root.
        environ: the process's environment.

    Raises:
        UsageError: `settings-invalid`, all that is wrong in one message.
    """
    paths, known = _paths(), _known()
    found = [
        flags(overrides),
        environment(environ),
        variables_file(cwd, paths),
        file(cwd, paths),
    ]
    layers = [part for part in found if isinstance(part, Layer)]
    complaints = [part for part in found if isinstance(part, Complaint)]
    complaints += [each for part in layers for each in unprotected(part)]
    try:
        settings = _merged(layers)
    except ValidationError as error:
        raise unusable([*complaints, *complaints_of(error, layers, known)]) from None
    if complaints:
        raise unusable(complaints)
    return settings


def _merged(layers: Sequence[Layer]) -> Settings:
    """Validate the layers, strongest first, merged key by key."""

    class Layered(Settings):
        @classmethod
        def settings_customise_sources(
            cls, settings_cls: type[BaseSettings], *_: Any, **__: Any
        ) -> tuple[PydanticBaseSettingsSource, ...]:
            return tuple(InitSettingsSource(settings_cls, dict(part.values)) for part in layers)

    return Settings.model_validate(Layered().model_dump(by_alias=True))


def _known() -> tuple[str, ...]:
    """Every dotted key, sections included."""
    keys: list[str] = []
    for name, field in Settings.model_fields.items():
        keys.append(name)
        section = field.annotation
        if isinstance(section, type) and issubclass(section, Section):
            keys += [f"{name}.{inner.alias or key}" for key, inner in section.model_fields.items()]
    return tuple(keys)


def _paths() -> frozenset[str]:
    """The dotted keys whose values are paths."""
    return frozenset(
        f"{name}.{key}"
        for name, field in Settings.model_fields.items()
        if isinstance(field.annotation, type) and issubclass(field.annotation, Section)
        for key, inner in field.annotation.model_fields.items()
        if inner.annotation in (Path, Path | None)
    )

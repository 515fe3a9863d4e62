"""Which tables a database has, and how they become what this version needs."""

from __future__ import annotations

from dataclasses import dataclass

import sqlalchemy as sa

from seenred.errors import EnvironmentLacks

# Names the lock of who upgrades; "seenred" in ASCII.
_UPGRADE = int.from_bytes(b"seenred")
# The newest step under `seenred/migrations/versions`.
NEWEST = "0003"


@dataclass(frozen=True, slots=True)
class Standing:
    """Where the tables of a database are.

    Attributes:
        revision: the newest step that it has had; "" of an empty one.
    """

    revision: str

    @property
    def empty(self) -> bool:
        return not self.revision

    @property
    def newest(self) -> bool:
        return self.revision == NEWEST


def standing(engine: sa.Engine) -> Standing:
    """Where its tables are; changes nothing."""
    with engine.connect() as connection:
        if not sa.inspect(connection).has_table("alembic_version"):
            return Standing("")
        found = connection.execute(sa.text("SELECT version_num FROM alembic_version")).scalar()
    return Standing(found or "")


def refuse_other(engine: sa.Engine) -> None:
    """Check that the tables are those of this version.

    Raises:
        EnvironmentLacks: they are older or newer, with the command that mends it.
    """
    refuse_newer(engine)
    now = standing(engine)
    if now.newest:
        return
    raise EnvironmentLacks(
        "database-older",
        f"The record of runs {_shown(engine)} is of an older Seenred (its tables are at "
        f"{now.revision or 'nothing'}, this version needs {NEWEST}); run `seenred db upgrade`.",
    )


def refuse_newer(engine: sa.Engine) -> None:
    """Check that the tables are not of a newer version.

    Raises:
        EnvironmentLacks: they are.
    """
    now = standing(engine)
    if now.revision > NEWEST:
        raise EnvironmentLacks(
            "database-newer",
            f"The record of runs {_shown(engine)} is of a newer Seenred (its tables are at "
            f"{now.revision}, this version knows {NEWEST}); use that one: pip install --upgrade "
            "seenred.",
        )


def _shown(engine: sa.Engine) -> str:
    if engine.dialect.name == "sqlite":
        return engine.url.database or "in memory"
    return f"in {engine.url.database}"


def upgrade(engine: sa.Engine) -> None:
    """Bring the tables to this version, in one transaction; two processes may do it at once."""
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", "seenred:migrations")
    with engine.begin() as connection:
        # else two would both find it empty
        if engine.dialect.name == "sqlite":
            connection.exec_driver_sql("BEGIN IMMEDIATE")
        else:
            connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({_UPGRADE})")
        config.attributes["connection"] = connection
        command.upgrade(config, "head")

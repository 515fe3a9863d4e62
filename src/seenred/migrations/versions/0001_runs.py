"""Runs, their events, their model calls."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def upgrade() -> None:
    """The first tables."""
    op.create_table(
        "runs",
        *(sa.Column(name, sa.Text, nullable=False, primary_key=name == "id") for name in _TEXTS),
        *(sa.Column(name, sa.Float) for name in ("started", "ended")),
        *(sa.Column(name, sa.Float, nullable=False) for name in ("created", "seconds", "cost")),
        *(sa.Column(name, sa.Integer, nullable=False) for name in ("calls", "tokens")),
        sa.Column("exit_code", sa.Integer),
        sa.Column("given", sa.Text, nullable=False),
        sa.Column("result", sa.Text),
    )
    op.create_index("runs_by_age", "runs", ["created"])
    op.create_index("runs_by_state", "runs", ["state", "created"])
    op.create_table(
        "events",
        _run(),
        sa.Column("number", sa.Integer, primary_key=True),
        *(sa.Column(name, sa.Text, nullable=False) for name in ("place", "kind", "data")),
        sa.Column("at", sa.Float, nullable=False),
        sa.UniqueConstraint("run", "place", name="events_once"),
    )
    op.create_table(
        "model_calls",
        _run(),
        sa.Column("step", sa.Text, primary_key=True),
        *(sa.Column(name, sa.Text, nullable=False) for name in ("request", "model", "reply")),
        *(sa.Column(name, sa.Float, nullable=False) for name in ("at", "seconds", "cost")),
        *(sa.Column(name, sa.Integer, nullable=False) for name in _COUNTS),
        sa.Column("truncated", sa.Boolean, nullable=False),
    )
    op.create_index("model_calls_by_request", "model_calls", ["run", "request"])


def _run() -> sa.Column[str]:
    return sa.Column("run", sa.Text, sa.ForeignKey("runs.id", ondelete="CASCADE"), primary_key=True)


_TEXTS = (
    "id",
    "kind",
    "name",
    "subject",
    "folder",
    "output",
    "model",
    "state",
    "executor",
    "origin",
    "verdict",
    "reason",
)
_COUNTS = ("number", "prompt_tokens", "reply_tokens", "cached_tokens")

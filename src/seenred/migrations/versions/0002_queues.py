"""Which queue a run waits in, and how often it was taken over from a dead process."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Runs that nobody queued wait in none."""
    op.add_column("runs", sa.Column("queue", sa.Text, nullable=False, server_default=""))
    op.add_column("runs", sa.Column("takeovers", sa.Integer, nullable=False, server_default="0"))

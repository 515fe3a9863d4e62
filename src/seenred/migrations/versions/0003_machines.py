"""What machines that share a record need: long texts, hearts, and who has a run by now."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    """Beside a file long texts lie in a folder, as before."""
    op.create_table(
        "objects",
        sa.Column("sha256", sa.Text, primary_key=True),
        sa.Column("content", sa.LargeBinary, nullable=False),
    )
    op.create_table(
        "executors",
        sa.Column("name", sa.Text, primary_key=True),
        sa.Column("host", sa.Text, nullable=False),
        sa.Column("worker", sa.Boolean, nullable=False),
        sa.Column("beats", sa.Integer, nullable=False),
        sa.Column("seen", sa.Float, nullable=False),
    )
    op.add_column("runs", sa.Column("generation", sa.Integer, nullable=False, server_default="0"))

"""Which credential of agency.toml opens a repository."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    op.add_column("repositories", sa.Column("credential", sa.Text(), nullable=False, server_default=""))

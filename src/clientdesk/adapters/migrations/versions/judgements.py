"""The severities that an engineer set when signing an audit off."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    op.add_column("sign_offs", sa.Column("judgements", sa.Text(), nullable=False, server_default=""))

"""What calendars answer to invitations."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"

_ONCE = ("window", "attendee", "sequence", "answer", "at")


def upgrade() -> None:
    op.create_table(
        "invitation_replies",
        sa.Column("entry", sa.Integer(), nullable=False),
        sa.Column("window", sa.Text(), nullable=False),
        sa.Column("attendee", sa.Text(), nullable=False),
        sa.Column("answer", sa.Text(), nullable=False),
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("kept_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["window"], ["windows.id"], name="fk_invitation_replies_window"),
        sa.PrimaryKeyConstraint("entry", name="pk_invitation_replies"),
        sa.UniqueConstraint(*_ONCE, name=f"uq_invitation_replies_{'_'.join(_ONCE)}"),
    )
    op.create_index("ix_invitation_replies_window", "invitation_replies", ["window"])

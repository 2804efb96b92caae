"""The client's yes, the hours that work took, and which proposal revises which."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    # In SQL, because Alembic would copy SQLite's table, which other tables refer to.
    op.execute("ALTER TABLE proposals ADD COLUMN parent TEXT CONSTRAINT fk_proposals_parent REFERENCES proposals (id)")
    op.create_table(
        "acceptances",
        sa.Column("entry", sa.Integer(), nullable=False),
        sa.Column("proposal", sa.Text(), nullable=False),
        sa.Column("by", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("how", sa.Text(), nullable=False),
        sa.Column("evidence", sa.Text(), nullable=False),
        sa.Column("evidence_sha256", sa.Text(), nullable=False),
        sa.Column("pdf_sha256", sa.Text(), nullable=False),
        sa.Column("recorded_by", sa.Text(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("window", sa.Text(), nullable=True),
        sa.Column("window_note", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["proposal"], ["proposals.id"], name="fk_acceptances_proposal"),
        sa.ForeignKeyConstraint(["window"], ["windows.id"], name="fk_acceptances_window"),
        sa.PrimaryKeyConstraint("entry", name="pk_acceptances"),
        sa.UniqueConstraint("proposal", name="uq_acceptances_proposal"),
    )
    op.create_table(
        "actuals",
        sa.Column("entry", sa.Integer(), nullable=False),
        sa.Column("proposal", sa.Text(), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("cause", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("likely", sa.Text(), nullable=False),
        sa.Column("spent", sa.Text(), nullable=False),
        sa.Column("by", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["proposal"], ["proposals.id"], name="fk_actuals_proposal"),
        sa.PrimaryKeyConstraint("entry", name="pk_actuals"),
    )
    op.create_index("ix_actuals_proposal", "actuals", ["proposal"])

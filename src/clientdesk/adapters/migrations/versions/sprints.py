"""Maintenance sprints, their items and hours, and the register of secrets."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    _sprints()
    _items()
    _looks_and_hours()
    _secrets()


def _sprints() -> None:
    op.create_table(
        "sprints",
        sa.Column("entry", sa.Integer(), nullable=False),
        sa.Column("window", sa.Text(), nullable=False),
        sa.Column("client", sa.Text(), nullable=False),
        sa.Column("proposal", sa.Text(), nullable=True),
        sa.Column("box_minutes", sa.Integer(), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("late_why", sa.Text(), nullable=False),
        sa.Column("planned_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("sheet", sa.Text(), nullable=False),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("next_window", sa.Text(), nullable=True),
        sa.Column("outcome", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["client"], ["clients.id"], name="fk_sprints_client"),
        sa.ForeignKeyConstraint(["next_window"], ["windows.id"], name="fk_sprints_next_window"),
        sa.ForeignKeyConstraint(["proposal"], ["proposals.id"], name="fk_sprints_proposal"),
        sa.ForeignKeyConstraint(["window"], ["windows.id"], name="fk_sprints_window"),
        sa.PrimaryKeyConstraint("entry", name="pk_sprints"),
        sa.UniqueConstraint("window", name="uq_sprints_window"),
    )
    op.create_index("ix_sprints_client", "sprints", ["client"])


def _items() -> None:
    op.create_table(
        "sprint_items",
        sa.Column("entry", sa.Integer(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("client", sa.Text(), nullable=False),
        sa.Column("proposal", sa.Text(), nullable=True),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=False),
        sa.Column("priority", sa.Text(), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("covers", sa.Text(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("window", sa.Text(), nullable=True),
        sa.Column("is_planned", sa.Boolean(), nullable=False),
        sa.Column("rolls", sa.Integer(), nullable=False),
        sa.Column("done_by", sa.Text(), nullable=False),
        sa.Column("done_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("evidence", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["client"], ["clients.id"], name="fk_sprint_items_client"),
        sa.ForeignKeyConstraint(["proposal"], ["proposals.id"], name="fk_sprint_items_proposal"),
        sa.ForeignKeyConstraint(["window"], ["windows.id"], name="fk_sprint_items_window"),
        sa.PrimaryKeyConstraint("entry", name="pk_sprint_items"),
        sa.UniqueConstraint("client", "key", name="uq_sprint_items_client_key"),
        sa.UniqueConstraint("id", name="uq_sprint_items_id"),
    )
    op.create_index("ix_sprint_items_window", "sprint_items", ["window"])
    op.create_table(
        "sprint_item_moves",
        sa.Column("entry", sa.Integer(), nullable=False),
        sa.Column("item", sa.Text(), nullable=False),
        sa.Column("before", sa.Text(), nullable=False),
        sa.Column("after", sa.Text(), nullable=False),
        sa.Column("window_before", sa.Text(), nullable=True),
        sa.Column("window_after", sa.Text(), nullable=True),
        sa.Column("rolls", sa.Integer(), nullable=False),
        sa.Column("by", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("why", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["item"], ["sprint_items.id"], name="fk_sprint_item_moves_item"),
        sa.ForeignKeyConstraint(["window_after"], ["windows.id"], name="fk_sprint_item_moves_window_after"),
        sa.ForeignKeyConstraint(["window_before"], ["windows.id"], name="fk_sprint_item_moves_window_before"),
        sa.PrimaryKeyConstraint("entry", name="pk_sprint_item_moves"),
    )
    op.create_index("ix_sprint_item_moves_item", "sprint_item_moves", ["item"])
    op.create_index("ix_sprint_item_moves_window_before", "sprint_item_moves", ["window_before"])


def _looks_and_hours() -> None:
    op.create_table(
        "sprint_looks",
        sa.Column("entry", sa.Integer(), nullable=False),
        sa.Column("window", sa.Text(), nullable=False),
        sa.Column("moment", sa.Text(), nullable=False),
        sa.Column("repository", sa.Text(), nullable=False),
        sa.Column("ref", sa.Text(), nullable=False),
        sa.Column("audit", sa.Text(), nullable=True),
        sa.Column("before", sa.Text(), nullable=True),
        sa.Column("problem", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["audit"], ["audits.id"], name="fk_sprint_looks_audit"),
        sa.ForeignKeyConstraint(["before"], ["audits.id"], name="fk_sprint_looks_before"),
        sa.ForeignKeyConstraint(["window"], ["sprints.window"], name="fk_sprint_looks_window"),
        sa.PrimaryKeyConstraint("entry", name="pk_sprint_looks"),
        sa.UniqueConstraint(
            "window", "moment", "repository", "ref", name="uq_sprint_looks_window_moment_repository_ref"
        ),
    )
    op.create_table(
        "sprint_times",
        sa.Column("entry", sa.Integer(), nullable=False),
        sa.Column("item", sa.Text(), nullable=False),
        sa.Column("window", sa.Text(), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=False),
        sa.Column("by", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["item"], ["sprint_items.id"], name="fk_sprint_times_item"),
        sa.ForeignKeyConstraint(["window"], ["sprints.window"], name="fk_sprint_times_window"),
        sa.PrimaryKeyConstraint("entry", name="pk_sprint_times"),
    )
    op.create_index("ix_sprint_times_window", "sprint_times", ["window"])
    op.create_table(
        "sprint_extensions",
        sa.Column("entry", sa.Integer(), nullable=False),
        sa.Column("window", sa.Text(), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=False),
        sa.Column("approved_by", sa.Text(), nullable=False),
        sa.Column("how", sa.Text(), nullable=False),
        sa.Column("recorded_by", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["window"], ["sprints.window"], name="fk_sprint_extensions_window"),
        sa.PrimaryKeyConstraint("entry", name="pk_sprint_extensions"),
    )
    op.create_index("ix_sprint_extensions_window", "sprint_extensions", ["window"])
    op.create_table(
        "sprint_watch",
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("name", name="pk_sprint_watch"),
    )


def _secrets() -> None:
    op.create_table(
        "client_secrets",
        sa.Column("entry", sa.Integer(), nullable=False),
        sa.Column("client", sa.Text(), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("place", sa.Text(), nullable=False),
        sa.Column("owner", sa.Text(), nullable=False),
        sa.Column("every_days", sa.Integer(), nullable=False),
        sa.Column("rotated_on", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(["client"], ["clients.id"], name="fk_client_secrets_client"),
        sa.PrimaryKeyConstraint("entry", name="pk_client_secrets"),
        sa.UniqueConstraint("client", "key", name="uq_client_secrets_client_key"),
    )

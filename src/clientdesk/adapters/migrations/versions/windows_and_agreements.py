"""Windows that are moved, skipped and started; what accepted proposals promise; who is away when."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    # Added with a default, because Alembic would copy SQLite's table, which other tables refer to.
    op.add_column("windows", sa.Column("uid", sa.Text(), nullable=False, server_default=""))
    op.add_column("windows", sa.Column("sequence", sa.Integer(), nullable=False, server_default="0"))
    op.add_column("windows", sa.Column("slot", sa.Text(), nullable=True))
    op.add_column("windows", sa.Column("nominal", sa.Date(), nullable=False, server_default="1970-01-01"))
    # A first window that a holiday moved keeps that day as its anchor: which weekday it came from was not recorded.
    op.execute("UPDATE windows SET uid = id, nominal = day")
    op.execute("UPDATE windows SET slot = '0/1' WHERE id IN (SELECT \"window\" FROM acceptances)")
    op.create_index("uq_windows_uid", "windows", ["uid"], unique=True)
    op.create_index("uq_windows_slot", "windows", ["proposal", "slot"], unique=True)
    op.create_index("ix_windows_state", "windows", ["state", "starts_at"])
    _moves()
    _agreements()
    _absences()


def _moves() -> None:
    op.create_table(
        "window_moves",
        sa.Column("entry", sa.Integer(), nullable=False),
        sa.Column("window", sa.Text(), nullable=False),
        sa.Column("before", sa.Text(), nullable=False),
        sa.Column("after", sa.Text(), nullable=False),
        sa.Column("was", sa.Date(), nullable=True),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("by", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("why", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["window"], ["windows.id"], name="fk_window_moves_window"),
        sa.PrimaryKeyConstraint("entry", name="pk_window_moves"),
    )
    op.create_index("ix_window_moves_window", "window_moves", ["window"])


def _agreements() -> None:
    op.create_table(
        "agreements",
        sa.Column("entry", sa.Integer(), nullable=False),
        sa.Column("proposal", sa.Text(), nullable=False),
        sa.Column("client", sa.Text(), nullable=False),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("anchor", sa.Date(), nullable=True),
        sa.Column("retainer_hours", sa.Integer(), nullable=True),
        sa.Column("ends_on", sa.Date(), nullable=True),
        sa.Column("ended_by", sa.Text(), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("end_why", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["proposal"], ["proposals.id"], name="fk_agreements_proposal"),
        sa.ForeignKeyConstraint(["client"], ["clients.id"], name="fk_agreements_client"),
        sa.PrimaryKeyConstraint("entry", name="pk_agreements"),
        sa.UniqueConstraint("proposal", name="uq_agreements_proposal"),
    )
    op.create_index("ix_agreements_client", "agreements", ["client"])
    op.execute(
        "INSERT INTO agreements (proposal, client, since, anchor, ended_by, end_why)"
        " SELECT acceptances.proposal, proposals.client, DATE(acceptances.at), windows.day, '', ''"
        " FROM acceptances JOIN proposals ON proposals.id = acceptances.proposal"
        ' LEFT JOIN windows ON windows.id = acceptances."window" ORDER BY acceptances.entry'
    )


def _absences() -> None:
    op.create_table(
        "absences",
        sa.Column("entry", sa.Integer(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("person", sa.Text(), nullable=False),
        sa.Column("first", sa.Date(), nullable=False),
        sa.Column("last", sa.Date(), nullable=False),
        sa.Column("is_half", sa.Boolean(), nullable=False),
        sa.Column("why", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("entry", name="pk_absences"),
        sa.UniqueConstraint("id", name="uq_absences_id"),
        sa.UniqueConstraint("person", "first", "last", "is_half", name="uq_absences_person_first_last_is_half"),
    )

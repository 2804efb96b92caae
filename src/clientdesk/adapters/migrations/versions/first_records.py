"""The first tables: clients, calls, audits, proposals, windows and mails."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None

_STILL_OPEN = sa.text("state IN ('draft', 'in_review', 'approved', 'sent')")


def upgrade() -> None:
    op.create_table(
        "clients",
        sa.Column("entry", sa.Integer(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("company", sa.Text(), nullable=False),
        sa.Column("registered_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("entry", name="pk_clients"),
        sa.UniqueConstraint("id", name="uq_clients_id"),
        sa.UniqueConstraint("key", name="uq_clients_key"),
    )
    op.create_table(
        "counters",
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("value", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("name", name="pk_counters"),
    )
    op.create_table(
        "messages",
        sa.Column("entry", sa.Integer(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("document", sa.Text(), nullable=False),
        sa.Column("version", sa.Text(), nullable=False),
        sa.Column("recipient", sa.Text(), nullable=False),
        sa.Column("purpose", sa.Text(), nullable=False),
        sa.Column("message_id", sa.Text(), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("source", sa.LargeBinary(), nullable=False),
        sa.Column("sha256", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("detail", sa.Text(), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("since", sa.DateTime(timezone=True), nullable=False),
        sa.Column("retry_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("entry", name="pk_messages"),
        sa.UniqueConstraint(
            "document", "version", "recipient", "purpose", name="uq_messages_document_version_recipient_purpose"
        ),
        sa.UniqueConstraint("id", name="uq_messages_id"),
        sa.UniqueConstraint("message_id", name="uq_messages_message_id"),
    )
    op.create_index("ix_messages_state", "messages", ["state"])
    op.create_table(
        "audits",
        sa.Column("entry", sa.Integer(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("client", sa.Text(), nullable=False),
        sa.Column("repository", sa.Text(), nullable=False),
        sa.Column("commit", sa.Text(), nullable=False),
        sa.Column("audited_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("document", sa.Text(), nullable=False),
        sa.Column("sha256", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["client"], ["clients.id"], name="fk_audits_client"),
        sa.PrimaryKeyConstraint("entry", name="pk_audits"),
        sa.UniqueConstraint("client", "sha256", name="uq_audits_client_sha256"),
        sa.UniqueConstraint("id", name="uq_audits_id"),
    )
    op.create_table(
        "calls",
        sa.Column("entry", sa.Integer(), nullable=False),
        sa.Column("client", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["client"], ["clients.id"], name="fk_calls_client"),
        sa.PrimaryKeyConstraint("entry", name="pk_calls"),
    )
    op.create_index("ix_calls_client", "calls", ["client"])
    op.create_table(
        "contacts",
        sa.Column("entry", sa.Integer(), nullable=False),
        sa.Column("client", sa.Text(), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("email", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["client"], ["clients.id"], name="fk_contacts_client"),
        sa.PrimaryKeyConstraint("entry", name="pk_contacts"),
        sa.UniqueConstraint("client", "key", name="uq_contacts_client_key"),
    )
    op.create_table(
        "message_moves",
        sa.Column("entry", sa.Integer(), nullable=False),
        sa.Column("message", sa.Text(), nullable=False),
        sa.Column("before", sa.Text(), nullable=False),
        sa.Column("after", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("detail", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["message"], ["messages.id"], name="fk_message_moves_message"),
        sa.PrimaryKeyConstraint("entry", name="pk_message_moves"),
    )
    op.create_index("ix_message_moves_message", "message_moves", ["message"])
    op.create_table(
        "proposals",
        sa.Column("entry", sa.Integer(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("client", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("number", sa.Text(), nullable=True),
        sa.Column("year", sa.Integer(), nullable=True),
        sa.Column("serial", sa.Integer(), nullable=True),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("basis", sa.Text(), nullable=False),
        sa.Column("drafted_on", sa.Date(), nullable=False),
        sa.Column("valid_until", sa.Date(), nullable=False),
        sa.Column("document", sa.Text(), nullable=False),
        sa.Column("pdf", sa.Text(), nullable=False),
        sa.Column("pdf_sha256", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["client"], ["clients.id"], name="fk_proposals_client"),
        sa.PrimaryKeyConstraint("entry", name="pk_proposals"),
        sa.UniqueConstraint("id", name="uq_proposals_id"),
        sa.UniqueConstraint("number", name="uq_proposals_number"),
        sa.UniqueConstraint("year", "serial", "revision", name="uq_proposals_year_serial_revision"),
    )
    op.create_index("ix_proposals_client", "proposals", ["client"])
    op.create_index(
        "uq_proposals_open_basis",
        "proposals",
        ["client", "basis"],
        unique=True,
        sqlite_where=_STILL_OPEN,
        postgresql_where=_STILL_OPEN,
    )
    op.create_table(
        "repositories",
        sa.Column("entry", sa.Integer(), nullable=False),
        sa.Column("client", sa.Text(), nullable=False),
        sa.Column("address", sa.Text(), nullable=False),
        sa.Column("ref", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["client"], ["clients.id"], name="fk_repositories_client"),
        sa.PrimaryKeyConstraint("entry", name="pk_repositories"),
        sa.UniqueConstraint("client", "address", "ref", name="uq_repositories_client_address_ref"),
    )
    op.create_table(
        "proposal_audits",
        sa.Column("proposal", sa.Text(), nullable=False),
        sa.Column("audit", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["audit"], ["audits.id"], name="fk_proposal_audits_audit"),
        sa.ForeignKeyConstraint(["proposal"], ["proposals.id"], name="fk_proposal_audits_proposal"),
        sa.PrimaryKeyConstraint("proposal", "audit", name="pk_proposal_audits"),
    )
    op.create_table(
        "proposal_moves",
        sa.Column("entry", sa.Integer(), nullable=False),
        sa.Column("proposal", sa.Text(), nullable=False),
        sa.Column("before", sa.Text(), nullable=False),
        sa.Column("after", sa.Text(), nullable=False),
        sa.Column("by", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("why", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["proposal"], ["proposals.id"], name="fk_proposal_moves_proposal"),
        sa.PrimaryKeyConstraint("entry", name="pk_proposal_moves"),
    )
    op.create_index("ix_proposal_moves_proposal", "proposal_moves", ["proposal"])
    op.create_table(
        "sign_offs",
        sa.Column("entry", sa.Integer(), nullable=False),
        sa.Column("audit", sa.Text(), nullable=False),
        sa.Column("engineer", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("notes", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["audit"], ["audits.id"], name="fk_sign_offs_audit"),
        sa.PrimaryKeyConstraint("entry", name="pk_sign_offs"),
    )
    op.create_index("ix_sign_offs_audit", "sign_offs", ["audit"])
    op.create_table(
        "windows",
        sa.Column("entry", sa.Integer(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("client", sa.Text(), nullable=False),
        sa.Column("proposal", sa.Text(), nullable=True),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("starts_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ends_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=False),
        sa.Column("held_until", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["client"], ["clients.id"], name="fk_windows_client"),
        sa.ForeignKeyConstraint(["proposal"], ["proposals.id"], name="fk_windows_proposal"),
        sa.PrimaryKeyConstraint("entry", name="pk_windows"),
        sa.UniqueConstraint("id", name="uq_windows_id"),
    )
    op.create_index("ix_windows_client", "windows", ["client"])
    op.create_index("ix_windows_day", "windows", ["day"])

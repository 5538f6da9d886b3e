"""What is known of calls, authorizations and letters beyond their due times."""

from __future__ import annotations

from alembic import op

from db.released import run_script

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    run_script(op.get_bind(), revision)


def downgrade() -> None:
    raise NotImplementedError("a newer file is never turned back; restore the copy that was made before")

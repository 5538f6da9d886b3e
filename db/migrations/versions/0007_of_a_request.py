"""What is of a request is found among what has one: visits and authorizations without any no longer count."""

from __future__ import annotations

from alembic import op

from db.released import run_script

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    run_script(op.get_bind(), revision)


def downgrade() -> None:
    raise NotImplementedError("a newer file is never turned back; restore the copy that was made before")

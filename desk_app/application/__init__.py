"""Use cases, the ports they need, and the read models the screens show."""

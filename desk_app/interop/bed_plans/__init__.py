"""Bed instances from files, and plans for them: the plain engine, or HiGHS where it is installed."""

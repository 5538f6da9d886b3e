"""Bed instances from files, and plans for them: the plain engine, or HiGHS and OR-Tools where they are installed."""

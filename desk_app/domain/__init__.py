"""The practice's rules: frozen values and functions, without database or window."""

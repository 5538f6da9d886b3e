"""Reports: each file makes some of them, from facts of a period; ``catalogue`` names them all."""

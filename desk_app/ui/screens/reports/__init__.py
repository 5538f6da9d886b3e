"""The manager's look: the day by ten figures, and reports of a period beside the one before."""

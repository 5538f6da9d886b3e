"""The Beds screen: recovery by the minute, beds by the night."""

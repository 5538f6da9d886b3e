"""Where on which page the words stand, measured by whoever knows the letters; without Qt."""

"""One module a group of commands. A command takes the program and its arguments, and answers what to print."""

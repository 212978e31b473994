"""Where the words of every fact stand: the passages that the records point at, looked for in the documentation."""

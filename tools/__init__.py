"""What is run beside the site: the browser's finder, the benchmark, and the checkers that need more than Python."""

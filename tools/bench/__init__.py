"""What a build costs: processor time, memory and the time from an edit to its page, against targets.

`make bench` prints tables in Markdown on the standard output and its progress on the standard error. It measures the
real site, catalogs of growing size, and MkDocs with Material with as many plain pages, all in one run on one machine;
then what it takes in a browser to filter and sort a matrix (alone: `python -m tools.bench --tables`).

Machines are noisy, and a shared one changes its speed from minute to minute. So the builds that are compared take
turns (all sites once, then all of them again), each figure is a median, and the verdicts rest on ratios where they can.
"""

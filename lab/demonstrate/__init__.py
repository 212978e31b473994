"""Demonstrations: functions of lab/demonstrations/ that show what a fact says of a run, or fail."""

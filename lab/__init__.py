"""Measures and probes what the records state: registries, footprints, types, behaviour."""

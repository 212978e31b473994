"""Benchmarks of running frameworks.

Adapters import this package inside a stack's environment, so nothing but the standard library is imported here.
"""

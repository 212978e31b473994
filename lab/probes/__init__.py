"""Questions that running frameworks are asked over HTTP, and their answers.

Adapters import this package inside a setup's environment, so nothing but the standard library is imported here.
"""

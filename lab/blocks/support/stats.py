"""What block 9 calls without defining it."""

from flask import request

calls = []


def calculate_comprehensive_stats():
    calls.append(request.full_path)
    return {"calls": len(calls)}

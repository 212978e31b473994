from flask import jsonify, request
from app import app

calls = []

def calculate_comprehensive_stats():
    calls.append(request.full_path)
    return {'calls': len(calls)}


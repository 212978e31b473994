from flask import jsonify
from flask_caching import Cache

from app import app
from stats import calculate_comprehensive_stats

cache = Cache(app, config={'CACHE_TYPE': 'SimpleCache'})

@app.route('/api/books/stats')
@cache.cached(timeout=600, query_string=True)
def book_statistics():
    # Expensive calculation
    stats = calculate_comprehensive_stats()
    return jsonify(stats)

# Database connection pooling
from sqlalchemy import create_engine

engine = create_engine(
    'postgresql+psycopg://user:pass@localhost/db',
    pool_size=10,
    max_overflow=20
)

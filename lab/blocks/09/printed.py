from flask_caching import Cache
from functools import wraps

cache = Cache(app, config={'CACHE_TYPE': 'simple'})

# Custom caching decorator
def cached_result(timeout=300):
    def decorator(f):
        @wraps(f)
        def decorated_function(*args, **kwargs):
            cache_key = f"{f.__name__}:{hash(str(args) + str(kwargs))}"
            result = cache.get(cache_key)
            if result is None:
                result = f(*args, **kwargs)
                cache.set(cache_key, result, timeout=timeout)
            return result
        return decorated_function
    return decorator

@app.route('/api/books/stats')
@cached_result(timeout=600)
def book_statistics():
    # Expensive calculation
    stats = calculate_comprehensive_stats()
    return jsonify(stats)

# Database connection pooling
from sqlalchemy import create_engine
from sqlalchemy.pool import QueuePool

engine = create_engine(
    'postgresql://user:pass@localhost/db',
    poolclass=QueuePool,
    pool_size=10,
    max_overflow=20
)

# Production configuration
class ProductionConfig:
    DEBUG = False
    TESTING = False
    SQLALCHEMY_DATABASE_URI = os.environ.get('DATABASE_URL')
    SQLALCHEMY_TRACK_MODIFICATIONS = False
    SECRET_KEY = os.environ.get('SECRET_KEY')

    # Redis for caching
    CACHE_TYPE = 'redis'
    CACHE_REDIS_URL = os.environ.get('REDIS_URL')

    # Logging
    LOG_LEVEL = 'INFO'
    LOG_FILE = '/var/log/bookstore/app.log'

app.config.from_object(ProductionConfig)

# Application factory pattern
def create_app(config_class=ProductionConfig):
    app = Flask(__name__)
    app.config.from_object(config_class)

    db.init_app(app)
    migrate.init_app(app, db)
    cache.init_app(app)

    # Register blueprints
    from app.books import bp as books_bp
    app.register_blueprint(books_bp, url_prefix='/api/books')

    return app

# WSGI server configuration
# gunicorn --workers 4 --bind 0.0.0.0:8000 "app:create_app()"

# Production configuration
import os

from flask import Flask
from flask_caching import Cache
from flask_migrate import Migrate
from flask_sqlalchemy import SQLAlchemy

db = SQLAlchemy()
migrate = Migrate()
cache = Cache()

class ProductionConfig:
    DEBUG = False
    TESTING = False
    SQLALCHEMY_DATABASE_URI = os.environ['DATABASE_URL']
    SECRET_KEY = os.environ['SECRET_KEY']

    # Redis for caching
    CACHE_TYPE = 'RedisCache'
    CACHE_REDIS_URL = os.environ['REDIS_URL']

# Application factory pattern
def create_app(config_class=ProductionConfig):
    app = Flask(__name__)
    app.config.from_object(config_class)

    # Logging
    app.logger.setLevel('INFO')

    db.init_app(app)
    migrate.init_app(app, db)
    cache.init_app(app)

    # Register blueprints
    from app.books import bp as books_bp
    app.register_blueprint(books_bp, url_prefix='/api/books')

    return app

# WSGI server configuration
# gunicorn --workers 4 --bind 0.0.0.0:8000 "app:create_app()"

import click
from flask import jsonify, request

from app import app, db

# Custom CLI commands
@app.cli.command()
def init_db():
    """Initialize the database."""
    db.create_all()
    print('Database initialized')

@app.cli.command()
@click.argument('filename')
def import_books(filename):
    """Import books from CSV file."""
    with open(filename, 'r') as f:
        # Import logic here
        pass
    print(f'Books imported from {filename}')

# Error handling
@app.errorhandler(404)
def not_found(error):
    return jsonify({'error': 'Resource not found'}), 404

@app.errorhandler(500)
def internal_error(error):
    db.session.rollback()
    return jsonify({'error': 'Internal server error'}), 500

# Request logging
@app.before_request
def log_request_info():
    app.logger.info('Request: %s %s', request.method, request.url)

@app.after_request
def log_response_info(response):
    app.logger.info('Response: %s', response.status_code)
    return response

# Development server with auto-reload, below everything that registers something
if __name__ == '__main__':
    app.run(debug=True, port=5000)

from flask import Blueprint, current_app

bp = Blueprint("books", __name__)


@bp.get("/")
def books():
    current_app.logger.info("books")
    return []

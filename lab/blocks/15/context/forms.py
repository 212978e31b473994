from flask import redirect, render_template, request, url_for
from wtforms import StringField
from wtforms.validators import DataRequired, Length, Regexp
from app import Book, app, db


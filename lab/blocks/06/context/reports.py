from sqlalchemy import text
from app import db


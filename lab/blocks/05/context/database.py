from typing import List
from sqlalchemy import update
from models import Author, Book


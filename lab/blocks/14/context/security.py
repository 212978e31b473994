from datetime import date
from pydantic import Field, validator
from main import BaseModel, BookCreate, BookService, app

SECRET_KEY = "a secret of at least thirty-two bytes"
ALGORITHM = "HS256"


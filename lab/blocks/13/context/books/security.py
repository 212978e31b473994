from .models import Book
user_input = "O'Reilly"


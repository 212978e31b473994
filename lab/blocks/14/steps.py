from importlib import import_module
from pathlib import Path


def decorated():
    """Run the class alone, with the keyword that Pydantic 2 has, to see what the decorator says."""
    text = Path("security.py").read_text(encoding="utf-8")
    body = text[text.index("class BookCreate") :].replace("regex=", "pattern=")
    names = {"__name__": "security"}
    needed = "from datetime import date\nfrom pydantic import BaseModel, Field, validator\n"
    exec(compile(needed + body, str(Path("security.py").resolve()), "exec"), names)
    return names["BookCreate"]


def digits():
    """Give the class an ISBN in Arabic-Indic digits."""
    book = decorated()(title="Emma", isbn="٩٧٨٠١٤١٤٣٩٥٨٧", published_date="1815-12-23")
    return f"{book.isbn} is taken"


def without_expiry():
    from jose import jwt

    found = jwt.decode(jwt.encode({"sub": "jane"}, "secret"), "secret", algorithms=["HS256"])
    return f"{found} is taken for ever" if found else ""


def steps(take):
    take.expect("an ISBN of the digits 0 to 9 is asked for, once regex is written pattern", digits)
    take.expect("a token without an end is refused", without_expiry)
    take.run("security.py is imported", lambda: import_module("security"))

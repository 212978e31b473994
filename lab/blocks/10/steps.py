from kit import set_up_django


def check():
    from django.core import checks
    from django.core.management.base import SystemCheckError

    found = [f"{item.obj.__name__}: ({item.id}) {item.msg.split(',')[0]}." for item in checks.run_checks()]
    if found:
        raise SystemCheckError(" ".join(found))


def command():
    """Run the command without what stands above it in context."""
    from pathlib import Path

    text = Path("books/management/commands/import_books.py").read_text(encoding="utf-8")
    names = {}
    exec(text[text.index("# Management commands") :], names)
    names["Command"]().handle(csv_file="books.csv")


def steps(take):
    take.run("the project loads", set_up_django)
    from django.core.management import call_command

    take.run("manage.py import_books books.csv", lambda: call_command("import_books", "books.csv"))
    take.expect("the command has all that it calls", command)
    take.run("manage.py check", check)

from importlib import import_module

from kit import set_up_django, unless


def steps(take):
    take.run("the project loads with the settings", set_up_django)
    from django.core.management import call_command
    from django.test import Client, RequestFactory

    def header():
        response = Client().get("/", secure=True)
        return unless("X-XSS-Protection" in response.headers, "no such header is sent")

    def deploy():
        from django.core import checks

        of_startproject = {"mail.E001", "security.W009", "security.W018", "security.W020"}
        found = sorted({item.id for item in checks.run_checks(include_deployment_checks=True)} - of_startproject)
        return unless(not found, ", ".join(found))

    take.expect("SECURE_BROWSER_XSS_FILTER does something", header)
    take.expect("manage.py check --deploy finds nothing in these settings", deploy)
    take.run("manage.py check", lambda: call_command("check", verbosity=0))
    block = take.run("books/security.py is imported", lambda: import_module("books.security"))

    def ask():
        from django.core.handlers.base import BaseHandler

        handler = BaseHandler()
        request = RequestFactory().get("/books/create")
        handler.check_response(block.create_book(request), block.create_book)

    take.run("GET of create_book", ask)

import os

from kit import set_up_django, unless


def steps(take):
    os.environ["DB_PASSWORD"] = "secret"

    def deploy():
        from django.core import checks

        of_block_13 = {"security.W004", "security.W008", "security.W012", "security.W016"}
        found = sorted({item.id for item in checks.run_checks(include_deployment_checks=True)} - of_block_13)
        return unless(not found, ", ".join(found))

    take.expect("manage.py check --deploy finds nothing beside what block 13 sets", lambda: _with_settings(deploy))
    take.run("the project loads with the settings", set_up_django)


def _with_settings(action):
    os.environ["DJANGO_SETTINGS_MODULE"] = "config.settings"
    import django
    from django.conf import settings

    logging, settings.LOGGING = settings.LOGGING, {}
    django.setup()
    try:
        return action()
    finally:
        settings.LOGGING = logging

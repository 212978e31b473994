# region database
from masoniteorm.connections import ConnectionResolver

from config.books import DATABASE

DATABASES = {
    "default": "sqlite",
    "sqlite": {"driver": "sqlite", "database": DATABASE, "prefix": "", "foreign_keys": True},
}

DB = ConnectionResolver().set_connection_details(DATABASES)
# endregion

# region database
from masoniteorm.models import Model


class Author(Model):
    __timestamps__ = False
    __fillable__ = ["name"]


# endregion

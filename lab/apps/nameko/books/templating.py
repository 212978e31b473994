from jinja2 import Environment, PackageLoader
from nameko.extensions import DependencyProvider


# region templates
class Templates(DependencyProvider):
    def setup(self):
        self.environment = Environment(loader=PackageLoader("books"), autoescape=True)

    def get_dependency(self, worker_ctx):
        return self.environment


# endregion

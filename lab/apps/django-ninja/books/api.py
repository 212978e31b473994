# region routing
from ninja import NinjaAPI

from books.catalogue import auth, books, errors, live

api = NinjaAPI(title="Books", urls_namespace="api")
api.add_router("/api", auth.router)
api.add_router("/api", books.router)
api.add_router("", live.router)
# endregion
errors.register(api)

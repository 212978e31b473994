from masonite.routes import Route

ROUTES = [
    Route.get("/", "PageController@show"),
    Route.get("/health", "HealthController@show"),
    Route.get("/live", "LiveController@show"),
]

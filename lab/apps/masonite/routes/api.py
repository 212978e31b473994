# region routing
from masonite.routes import Route

ROUTES = [
    Route.post("/token", "TokenController@store"),
    Route.get("/authors", "AuthorController@index"),
    Route.get("/statistics", "AuthorController@statistics"),
    Route.get("/books", "BookController@index"),
    Route.get("/books.csv", "ExportController@show"),
    Route.get("/books/@book_id:int", "BookController@show"),
    Route.group(
        [
            Route.post("/books", "BookController@store"),
            Route.post("/books/import", "ImportController@store"),
            Route.patch("/books/@book_id:int", "BookController@update"),
            Route.delete("/books/@book_id:int", "BookController@destroy"),
        ],
        middleware=["token"],
    ),
]
# endregion

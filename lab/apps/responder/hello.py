# region first-response
import responder

api = responder.API(sessions=False)


@api.get("/")
def index(req, resp):
    resp.text = "Hello, world!"


# endregion

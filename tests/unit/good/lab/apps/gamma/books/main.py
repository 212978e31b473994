import jwt
from alpha import Alpha, Page

# region routing
app = Alpha(jwt.encode("routing"))
# endregion

# region validation
app = Alpha(jwt.encode("validation"))
# endregion

# region errors
app = Page()
# endregion

# region database
app = Alpha(jwt.encode("database"))
# endregion

# region transaction
app = Alpha(jwt.encode("transaction"))
# endregion

# region pagination
app = Alpha(jwt.encode("pagination"))
# endregion

# region authentication
app = Alpha(jwt.encode("authentication"))
# endregion

# region streaming
app = Alpha(jwt.encode("streaming"))
# endregion

# region background
app = Alpha(jwt.encode("background"))
# endregion

# region live
app = Alpha(jwt.encode("live"))
# endregion

# region testing
app = Alpha(jwt.encode("testing"))
# endregion

# region configuration
app = Alpha(jwt.encode("configuration"))
# endregion

# region command-line
app = Alpha(jwt.encode("command-line"))
# endregion

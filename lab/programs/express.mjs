// Answer a request under Node.js' http server.
// /// script
// dependencies = ["express"]
// [tool.lab]
// serve = "node smoke.mjs {port}"
// ///

import express from "express";

const app = express();
app.get("/", (request, response) => response.json({ hello: "world" }));
app.listen(Number(process.argv[2]), "127.0.0.1");

// Answer a request under Node.js' http server.
// /// script
// dependencies = ["fastify"]
// [tool.lab]
// serve = "node smoke.mjs {port}"
// ///

import fastify from "fastify";

const app = fastify();
app.get("/", async () => ({ hello: "world" }));
await app.listen({ port: Number(process.argv[2]), host: "127.0.0.1" });

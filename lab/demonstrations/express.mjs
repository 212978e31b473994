// What Express does when it is run: each exported function shows the claim in its comment, or fails.

import assert from "node:assert/strict";
import { AsyncLocalStorage } from "node:async_hooks";
import { once } from "node:events";
import { setTimeout as sleep } from "node:timers/promises";

import express from "express";

/** Call `ask` with the address of a server that runs the application, and close the server. */
async function serve(application, ask) {
  const server = application.listen(0, "127.0.0.1");
  await once(server, "listening");
  try {
    await ask(`http://127.0.0.1:${server.address().port}`);
  } finally {
    server.closeAllConnections();
    server.close();
  }
}

/** The handler sees the store that middleware set, and a finish listener of middleware the one the handler entered. */
export async function context_variables_pass_both_ways() {
  const variable = new AsyncLocalStorage();
  const seen = {};
  const application = express();
  application.use((request, response, next) => {
    response.on("finish", () => {
      seen.middleware = variable.getStore();
    });
    variable.run("set by middleware", next);
  });
  application.get("/", async (request, response) => {
    seen.handler = variable.getStore();
    await sleep(1);
    variable.enterWith("set by the handler");
    response.send("done");
  });
  await serve(application, async (address) => {
    await (await fetch(address)).text();
    await sleep(50);
  });
  assert.deepEqual(seen, { handler: "set by middleware", middleware: "set by the handler" });
}

/** The first piece of a response arrives through middleware while the handler has not written the second. */
export async function middleware_keeps_a_response_streaming() {
  const second = withResolvers();
  const application = express();
  application.use((request, response, next) => next());
  application.get("/", async (request, response) => {
    response.write("first");
    await second.promise;
    response.end("second");
  });
  await serve(application, async (address) => {
    const reader = (await fetch(address)).body.getReader();
    const piece = await reader.read();
    assert.equal(Buffer.from(piece.value).toString(), "first");
    second.resolve();
    assert.equal(Buffer.from((await reader.read()).value).toString(), "second");
  });
}

/** Return a promise with the function that resolves it. */
function withResolvers() {
  const parts = {};
  parts.promise = new Promise((resolve) => {
    parts.resolve = resolve;
  });
  return parts;
}

/** An async handler goes on after the response has arrived, and middleware has not waited for it. */
export async function work_goes_on_after_the_response() {
  const events = [];
  const work = withResolvers();
  const application = express();
  application.use((request, response, next) => {
    response.on("finish", () => events.push("response finished"));
    next();
    events.push("middleware returned");
  });
  application.get("/", async (request, response) => {
    response.send("done");
    await work.promise;
    events.push("work done");
  });
  await serve(application, async (address) => {
    assert.equal(await (await fetch(address)).text(), "done");
    work.resolve();
    await sleep(50);
  });
  assert.deepEqual(events, ["middleware returned", "response finished", "work done"]);
}

/** A default that middleware writes to the query does not reach the handler: the query is read anew each time. */
export async function values_written_to_the_query_are_lost() {
  const application = express();
  application.use((request, response, next) => {
    request.query.limit = 10;
    next();
  });
  application.get("/", (request, response) => response.json(request.query.limit ?? "lost"));
  await serve(application, async (address) => {
    assert.equal(await (await fetch(address)).json(), "lost");
  });
}

/** A JSON body over 100kb is refused with 413, and one of the same size that a handler reads as a stream is not. */
export async function the_limit_is_that_of_the_parser() {
  const application = express();
  application.post("/parsed", express.json(), (request, response) => response.send("read"));
  application.post("/stream", async (request, response) => {
    let size = 0;
    for await (const piece of request) {
      size += piece.length;
    }
    response.json(size);
  });
  const body = JSON.stringify({ text: "x".repeat(200 * 1024) });
  const question = { method: "POST", headers: { "content-type": "application/json" }, body };
  await serve(application, async (address) => {
    assert.equal((await fetch(`${address}/parsed`, question)).status, 413);
    assert.equal(await (await fetch(`${address}/stream`, question)).json(), body.length);
  });
}

// What Fastify does when it is run: each exported function shows the claim in its comment, or fails.

import assert from "node:assert/strict";
import { AsyncLocalStorage } from "node:async_hooks";
import { PassThrough } from "node:stream";
import { setTimeout as sleep } from "node:timers/promises";

import Fastify from "fastify";

/** Call `ask` with the address of a server that runs the application, and close the server. */
async function serve(application, ask) {
  const address = await application.listen({ host: "127.0.0.1", port: 0 });
  try {
    await ask(address);
  } finally {
    await application.close();
  }
}

/** Handlers see the store of a hook; later hooks see the one that a handler entered if it calls send(), else not. */
export async function what_the_handler_sets_comes_back_with_reply_send() {
  const variable = new AsyncLocalStorage();
  const seen = {};
  const application = Fastify();
  application.addHook("onRequest", (request, reply, done) => variable.run("set by a hook", done));
  application.addHook("onResponse", async (request) => {
    seen[request.url].push(variable.getStore());
  });
  application.get("/returns", async (request) => {
    seen[request.url] = [variable.getStore()];
    await sleep(1);
    variable.enterWith("set by the handler");
    return "done";
  });
  application.get("/sends", async (request, reply) => {
    seen[request.url] = [variable.getStore()];
    await sleep(1);
    variable.enterWith("set by the handler");
    return reply.send("done");
  });
  await application.inject("/returns");
  await application.inject("/sends");
  assert.deepEqual(seen, {
    "/returns": ["set by a hook", "set by a hook"],
    "/sends": ["set by a hook", "set by the handler"],
  });
}

/** The first piece of a stream arrives through hooks while the stream has no second piece. */
export async function hooks_keep_a_response_streaming() {
  const stream = new PassThrough();
  const application = Fastify();
  application.addHook("onRequest", async () => {});
  application.addHook("onSend", async (request, reply, payload) => payload);
  application.get("/", (request, reply) => reply.send(stream));
  stream.write("first");
  await serve(application, async (address) => {
    const reader = (await fetch(address)).body.getReader();
    assert.equal(Buffer.from((await reader.read()).value).toString(), "first");
    stream.end("second");
    assert.equal(Buffer.from((await reader.read()).value).toString(), "second");
  });
}

/** An onResponse hook of the route does its work after the hooks of the application, and after the response arrived. */
export async function work_after_the_response_runs_after_other_hooks() {
  const events = [];
  let begin;
  const arrived = new Promise((resolve) => {
    begin = resolve;
  });
  const application = Fastify();
  application.addHook("onSend", async () => {
    events.push("onSend");
  });
  application.addHook("onResponse", async () => {
    events.push("onResponse");
  });
  const onResponse = async () => {
    await arrived;
    events.push("work");
  };
  application.get("/", { onResponse }, async () => "done");
  await serve(application, async (address) => {
    assert.equal(await (await fetch(address)).text(), "done");
    events.push("arrived");
    begin();
    await sleep(50);
  });
  assert.deepEqual(events, ["onSend", "onResponse", "arrived", "work"]);
}

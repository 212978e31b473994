/** How Fastify registers the capabilities of the contract, with its official plugins where they are installed. */
import { Readable } from "node:stream";
import Fastify from "fastify";
import {
  block,
  capability,
  chunks,
  failure,
  flood,
  FRIEND,
  KEY,
  missing,
  numbers,
  OPTED_IN,
  optin,
  pause,
  started,
  STATIC,
  stopped,
  TEMPLATES,
  ticks,
  work,
} from "../kit.mjs";

const REFERENCE = "https://fastify.dev/docs/latest/Reference";
const PLUGINS = "https://github.com/fastify";

// Behind a proxy, as it is deployed; the values with OPTED_IN are those of the options declared below.
export const app = Fastify({
  trustProxy: "loopback",
  routerOptions: { ignoreTrailingSlash: OPTED_IN },
  ajv: { customOptions: OPTED_IN ? { coerceTypes: false } : {} },
});

await capability("openapi", async () => {
  const { default: swagger } = await import("@fastify/swagger");
  await app.register(swagger, { openapi: { info: { title: "Probe", version: "1" } } });
  return "/documentation/json";
});

await capability("docs-ui", async () => {
  const { default: swaggerUi } = await import("@fastify/swagger-ui");
  await app.register(swaggerUi);
  return "/documentation";
});

await capability("cors", async () => {
  const { default: cors } = await import("@fastify/cors");
  await app.register(cors, { origin: FRIEND });
});

await optin(
  "security-headers",
  { how: "app.register(helmet), of @fastify/helmet", documentation: `${PLUGINS}/fastify-helmet` },
  async () => {
    const { default: helmet } = await import("@fastify/helmet");
    await app.register(helmet);
  },
);

await capability("ping", () => {
  const constraints = OPTED_IN ? { host: /^127\.0\.0\.1(:\d+)?$/ } : {};
  app.get("/ping", { constraints }, (request, reply) => {
    reply.type("text/plain").send("pong");
  });
});

optin("host-check", {
  how: 'app.get("/ping", { constraints: { host: /^127\\.0\\.0\\.1(:\\d+)?$/ } }, …)',
  documentation: `${REFERENCE}/Routes/#host-constraints`,
});
optin("trailing-slash", {
  how: "Fastify({ routerOptions: { ignoreTrailingSlash: true } })",
  documentation: `${REFERENCE}/Server/#ignoretrailingslash`,
});

await capability("async-sleep", () => {
  app.get("/async-sleep", async () => {
    await pause();
    return { slept: true };
  });
});

await capability("blocking-sleep", () => {
  app.get("/blocking-sleep", (request, reply) => {
    block();
    reply.send({ slept: true });
  });
});

await capability("query", () => {
  app.get("/query", async (request) => ({ tag: request.query.tag }));
});

await capability("path-text", () => {
  app.get("/text/:value", async (request) => ({ value: request.params.value }));
});

await capability("typed-path", () => {
  const params = { type: "object", properties: { value: { type: "integer" } } };
  app.get("/number/:value", { schema: { params } }, async (request) => ({ value: request.params.value }));
});

missing("typed-query", "A schema converts the query; annotations of a handler do not exist when the program runs.", {
  documentation: `${REFERENCE}/Type-Providers/`,
});

await capability("json-body", () => {
  app.post("/json", async (request) => ({ received: request.body }));
});

await capability("validation", () => {
  const body = {
    type: "object",
    properties: { name: { type: "string" }, quantity: { type: "integer" } },
    required: ["name", "quantity"],
    additionalProperties: !OPTED_IN,
  };
  app.post("/items", { schema: { body } }, async (request) => request.body);
});

optin("unknown-field", {
  how: "additionalProperties: false in the schema",
  documentation: `${REFERENCE}/Validation-and-Serialization/#validation`,
});
for (const probe of ["string-for-integer", "boolean-for-integer"])
  optin(probe, {
    how: "Fastify({ ajv: { customOptions: { coerceTypes: false } } })",
    documentation: `${REFERENCE}/Validation-and-Serialization/#validator-compiler`,
  });

await capability("response-model", () => {
  const item = { type: "object", properties: { name: { type: "string" }, quantity: { type: "integer" } } };
  app.get("/model", { schema: { response: { 200: item } } }, async () => ({ name: "a", quantity: 1, secret: "s3" }));
});

await capability("session", async () => {
  const { default: cookie } = await import("@fastify/cookie");
  const { default: session } = await import("@fastify/session");
  const options = OPTED_IN ? { secret: KEY, cookie: { sameSite: "lax" } } : { secret: KEY };
  await app.register(cookie);
  await app.register(async (scope) => {
    scope.register(session, options);
    scope.get("/session", async (request) => {
      request.session.user = "1";
      return { user: request.session.user };
    });
  });
});

optin("session-cookie", {
  how: 'app.register(session, { …, cookie: { sameSite: "lax" } })',
  documentation: `${PLUGINS}/session`,
});
await optin(
  "csrf",
  { how: 'app.post("/form", { onRequest: app.csrfProtection }, …)', documentation: `${PLUGINS}/csrf-protection` },
  async () => {
    const { default: csrfProtection } = await import("@fastify/csrf-protection");
    await app.register(csrfProtection);
  },
);

await capability("form", async () => {
  const { default: formbody } = await import("@fastify/formbody");
  await app.register(formbody);
  const protection = OPTED_IN ? { onRequest: app.csrfProtection } : {};
  app.post("/form", protection, async (request) => ({ a: request.body.a }));
});

await capability("upload", async () => {
  const { default: multipart } = await import("@fastify/multipart");
  await app.register(multipart);
  app.post("/upload", async (request) => {
    const file = await request.file();
    const content = await file.toBuffer();
    return { name: file.filename, size: content.length };
  });
});

await capability("body-length", () => {
  const parse = (request, body, done) => done(null, body);
  app.addContentTypeParser("application/octet-stream", { parseAs: "buffer" }, parse);
  app.post("/length", async (request) => ({ length: request.body.length }));
});

await capability("template", async () => {
  const { default: view } = await import("@fastify/view");
  const { default: ejs } = await import("ejs");
  await app.register(view, { engine: { ejs }, root: TEMPLATES });
  app.get("/template", (request, reply) => reply.viewAsync("hello.ejs", { name: request.query.name }));
});

await capability("stream", () => {
  app.get("/stream", (request, reply) => {
    reply.type("text/plain").send(Readable.from(chunks()));
  });
});

await capability("events", async () => {
  const { default: sse } = await import("@fastify/sse");
  await app.register(sse);
  app.get("/events", { sse: "only" }, async (request, reply) => {
    for await (const number of numbers()) await reply.sse.send({ data: number });
  });
});

await capability("flood", () => {
  app.get("/flood", (request, reply) => {
    reply.type("application/octet-stream").send(Readable.from(flood()));
  });
});

await capability("ticks", () => {
  app.get("/ticks", (request, reply) => {
    reply.type("text/plain").send(Readable.from(ticks()));
  });
});

await capability("background", () => {
  app.get("/background", { onResponse: async () => work() }, async () => ({ started: true }));
});

await capability("lifespan", () => {
  app.addHook("onReady", async () => started());
  app.addHook("onClose", async () => stopped());
});

await capability("error", () => {
  app.get("/error", async () => {
    throw failure();
  });
});

await capability("websocket", async () => {
  const { default: websocket } = await import("@fastify/websocket");
  await app.register(websocket, OPTED_IN ? { options: { maxPayload: 1048576 } } : {});
  app.get("/ws", { websocket: true }, (socket) => {
    socket.on("message", (message) => socket.send(message.toString()));
  });
});

optin("websocket-limit", {
  how: "app.register(websocket, { options: { maxPayload: 1048576 } })",
  documentation: `${PLUGINS}/fastify-websocket`,
});

await capability("injection", async () => {
  const { diContainer, fastifyAwilixPlugin } = await import("@fastify/awilix");
  const { asValue } = await import("awilix");
  await app.register(fastifyAwilixPlugin);
  diContainer.register({ dependency: asValue("provided") });
  app.get("/injected", async (request) => ({ value: request.diScope.resolve("dependency") }));
});

await capability("group", async () => {
  const routes = async (group) => {
    group.get("/ping", (request, reply) => {
      reply.type("text/plain").send("pong");
    });
  };
  await app.register(routes, { prefix: "/group" });
});

await capability("static", async () => {
  const { default: files } = await import("@fastify/static");
  await app.register(files, { root: STATIC, prefix: "/static/" });
});

await capability("nan", () => {
  app.get("/nan", async () => ({ value: NaN }));
});

await capability("test-client", async () => {
  const response = await app.inject({ method: "GET", url: "/ping" });
  return [response.statusCode, response.body];
});

await capability("command-line", () => ["fastify", "--help"]);

/** Serve until SIGTERM, and then close: requests in flight are answered. */
export async function serve(port) {
  process.on("SIGTERM", () => app.close());
  await app.listen({ host: "127.0.0.1", port });
}

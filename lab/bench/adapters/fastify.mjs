/** Fastify, with JSON Schema for requests and responses, EJS for pages and its plugin for WebSocket. */
import { Readable } from "node:stream";
import view from "@fastify/view";
import websocket from "@fastify/websocket";
import ejs from "ejs";
import Fastify from "fastify";
import { GREETING, LARGEST, MIDDLEWARE, openRows, pieces, ROUTES, TABLE, TEMPLATES, wait } from "../kit.mjs";

const object = (properties) => ({ type: "object", properties, required: Object.keys(properties) });
const text = { type: "string" };
const integer = { type: "integer" };
const item = object({
  name: { type: "string", minLength: 1 },
  price: { type: "number" },
  tags: { type: "array", items: text },
});
const id = object({ id: integer });
const row = object({ id: integer, name: text, value: integer });
const schemas = {
  greeting: { response: { 200: object({ message: text }) } },
  item: { params: id, querystring: object({ q: text }), response: { 200: object({ id: integer, q: text }) } },
  addItem: { body: item, response: { 201: item } },
  row: { params: id, response: { 200: row } },
  rows: { response: { 200: { type: "array", items: row } } },
  addRow: { body: object({ name: text, value: integer }), response: { 201: row } },
  wait: { response: { 200: object({ waited: integer }) } },
  upload: { response: { 200: object({ bytes: integer }) } },
};

const rows = await openRows();
const app = Fastify();
await app.register(view, { engine: { ejs }, root: TEMPLATES });
await app.register(websocket);
app.addContentTypeParser("application/octet-stream", { parseAs: "buffer" }, (request, body, done) => done(null, body));
app.addHook("onClose", () => rows.close());

for (const _ of MIDDLEWARE) app.addHook("onRequest", (request, reply, done) => done());

app.get("/plaintext", (request, reply) => {
  reply.type("text/plain").send(GREETING);
});

app.get("/json", { schema: schemas.greeting }, async () => ({ message: GREETING }));

app.get("/items/:id", { schema: schemas.item }, async (request) => ({ id: request.params.id, q: request.query.q }));

app.post("/items", { schema: schemas.addItem }, async (request, reply) => {
  reply.code(201);
  return request.body;
});

app.get("/row/:id", { schema: schemas.row }, async (request) => rows.one(request.params.id));

app.get("/rows", { schema: schemas.rows }, async () => rows.some());

app.post("/rows", { schema: schemas.addRow }, async (request, reply) => {
  reply.code(201);
  return rows.add(request.body.name, request.body.value);
});

app.get("/wait", { schema: schemas.wait }, async () => {
  await wait();
  return { waited: 50 };
});

app.get("/template", (request, reply) => reply.viewAsync("rows.ejs", { rows: TABLE }));

app.post("/upload", { bodyLimit: LARGEST, schema: schemas.upload }, async (request) => ({
  bytes: request.body.length,
}));

app.get("/download", (request, reply) => {
  reply.type("application/octet-stream").send(Readable.from(pieces()));
});

app.get("/ws", { websocket: true }, (socket) => {
  socket.on("message", (message) => socket.send(message.toString()));
});

for (const number of ROUTES)
  app.get(`/route/${number}`, (request, reply) => {
    reply.type("text/plain").send("ok");
  });

export async function serve(port) {
  process.on("SIGTERM", () => app.close());
  await app.listen({ host: "127.0.0.1", port });
}

/** node:http without a framework: the least that Node.js can be asked to run. */
import { createServer } from "node:http";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { WebSocketServer } from "ws";
import { GREETING, MIDDLEWARE, openRows, pieces, ROUTES, TABLE, wait } from "../kit.mjs";

const TEXT = "text/plain; charset=utf-8";
const ESCAPES = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;" };
const rows = await openRows();

function answer(response, body, type = "application/json", status = 200) {
  response.writeHead(status, { "Content-Type": type, "Content-Length": Buffer.byteLength(body) });
  response.end(body);
}

const json = (response, value, status = 200) => answer(response, JSON.stringify(value), "application/json", status);
const escape = (text) => text.replace(/[&<>"']/g, (character) => ESCAPES[character]);

async function read(request) {
  const chunks = [];
  for await (const chunk of request) chunks.push(chunk);
  return Buffer.concat(chunks);
}

function mistakes({ name, price, tags }) {
  const wrong = [];
  if (typeof name !== "string" || !name) wrong.push("name");
  if (typeof price !== "number") wrong.push("price");
  if (!Array.isArray(tags) || !tags.every((tag) => typeof tag === "string")) wrong.push("tags");
  return wrong;
}

function table() {
  const cells = TABLE.map((row) => `<tr><td>${row.id}</td><td>${escape(row.name)}</td><td>${row.value}</td></tr>`);
  const head = "<!doctype html><html><head><title>Rows</title></head>";
  return `${head}<body><table>${cells.join("")}</table></body></html>`;
}

// A client that leaves in the middle of a body ends its own request and nothing else.
const routes = {
  "GET /plaintext": (request, response) => answer(response, GREETING, TEXT),
  "GET /json": (request, response) => json(response, { message: GREETING }),
  "POST /items": async (request, response) => {
    const item = JSON.parse(await read(request));
    const wrong = mistakes(item);
    if (wrong.length) json(response, { mistakes: wrong }, 422);
    else json(response, item, 201);
  },
  "GET /rows": async (request, response) => json(response, await rows.some()),
  "POST /rows": async (request, response) => {
    const { name, value } = JSON.parse(await read(request));
    json(response, await rows.add(name, value), 201);
  },
  "GET /wait": async (request, response) => {
    await wait();
    json(response, { waited: 50 });
  },
  "GET /template": (request, response) => answer(response, table(), "text/html; charset=utf-8"),
  "POST /upload": (request, response) =>
    read(request).then((body) => json(response, { bytes: body.length }), () => response.destroy()),
  "GET /download": (request, response) => {
    response.writeHead(200, { "Content-Type": "application/octet-stream" });
    return pipeline(Readable.from(pieces()), response).catch(() => response.destroy());
  },
};
for (const number of ROUTES)
  routes[`GET /route/${number}`] = (request, response) => answer(response, "ok", TEXT);

async function dispatch(request, response) {
  const [path, query] = request.url.split("?");
  const found = routes[`${request.method} ${path}`];
  if (found) await found(request, response);
  else if (path.startsWith("/items/"))
    json(response, { id: Number(path.slice(7)), q: new URLSearchParams(query).get("q") });
  else if (path.startsWith("/row/")) json(response, await rows.one(Number(path.slice(5))));
  else answer(response, "Not Found", TEXT, 404);
}

const layer = (inner) => (request, response) => inner(request, response);
const listener = MIDDLEWARE.reduce(layer, dispatch);

export async function serve(port) {
  const server = createServer(listener);
  const sockets = new WebSocketServer({ server, path: "/ws" });
  sockets.on("connection", (socket) => socket.on("message", (message) => socket.send(message.toString())));
  server.listen(port, "127.0.0.1");
  process.on("SIGTERM", () => server.close(() => rows.close()));
}

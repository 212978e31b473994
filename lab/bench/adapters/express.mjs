/** Express, with zod for bodies and EJS for pages. */
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import express from "express";
import { z, ZodError } from "zod";
import { GREETING, LARGEST, MIDDLEWARE, openRows, pieces, ROUTES, TABLE, TEMPLATES, wait } from "../kit.mjs";

const Item = z.object({ name: z.string().min(1), price: z.number(), tags: z.array(z.string()) });
const NewRow = z.object({ name: z.string(), value: z.int() });

const rows = await openRows();
const app = express();
app.set("view engine", "ejs");
app.set("views", TEMPLATES);

for (const _ of MIDDLEWARE) app.use((req, res, next) => next());

app.get("/plaintext", (req, res) => {
  res.type("text/plain").send(GREETING);
});

app.get("/json", (req, res) => {
  res.json({ message: GREETING });
});

app.get("/items/:id", (req, res) => {
  res.json({ id: Number(req.params.id), q: req.query.q });
});

app.post("/items", express.json(), (req, res) => {
  res.status(201).json(Item.parse(req.body));
});

app.get("/row/:id", async (req, res) => {
  res.json(await rows.one(Number(req.params.id)));
});

app.get("/rows", async (req, res) => {
  res.json(await rows.some());
});

app.post("/rows", express.json(), async (req, res) => {
  const { name, value } = NewRow.parse(req.body);
  res.status(201).json(await rows.add(name, value));
});

app.get("/wait", async (req, res) => {
  await wait();
  res.json({ waited: 50 });
});

app.get("/template", (req, res) => {
  res.render("rows", { rows: TABLE });
});

app.post("/upload", express.raw({ limit: LARGEST }), (req, res) => {
  res.json({ bytes: req.body.length });
});

app.get("/download", async (req, res) => {
  res.type("application/octet-stream");
  await pipeline(Readable.from(pieces()), res);
});

for (const number of ROUTES)
  app.get(`/route/${number}`, (req, res) => {
    res.type("text/plain").send("ok");
  });

app.use((error, req, res, next) => {
  if (!(error instanceof ZodError)) return next(error);
  res.status(422).json({ errors: error.issues });
});

export async function serve(port) {
  const server = app.listen(port, "127.0.0.1");
  process.on("SIGTERM", () => server.close(() => rows.close()));
}

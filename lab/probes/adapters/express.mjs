/** How Express registers the capabilities of the contract, with middleware of its own organisation where installed. */
import { pipeline } from "node:stream/promises";
import express from "express";
import {
  block,
  capability,
  chunks,
  failure,
  flood,
  FRIEND,
  KEY,
  missing,
  OPTED_IN,
  optin,
  pause,
  STATIC,
  TEMPLATES,
  ticks,
} from "../kit.mjs";

const API = "https://expressjs.com/en/5x/api";
const MIDDLEWARE = "https://expressjs.com/en/resources/middleware";

export const app = express();

await capability("cors", async () => {
  const { default: cors } = await import("cors");
  app.use(cors({ origin: FRIEND }));
});

await capability("ping", () => {
  app.get("/ping", (req, res) => {
    res.type("text/plain").send("pong");
  });
});

await capability("async-sleep", () => {
  app.get("/async-sleep", async (req, res) => {
    await pause();
    res.json({ slept: true });
  });
});

await capability("blocking-sleep", () => {
  app.get("/blocking-sleep", (req, res) => {
    block();
    res.json({ slept: true });
  });
});

await capability("query", () => {
  app.get("/query", (req, res) => {
    res.json({ tag: req.query.tag });
  });
});

await capability("path-text", () => {
  app.get("/text/:value", (req, res) => {
    res.json({ value: req.params.value });
  });
});

missing("typed-path", "Parameters are strings; an example converts them by hand with app.param().", {
  documentation: "https://github.com/expressjs/express/blob/v5.2.1/examples/params/index.js",
});
missing("typed-query", "Values of the query are strings, and annotations do not exist when the program runs.", {
  documentation: `${API}/request`,
});

await capability("json-body", () => {
  app.post("/json", express.json(), (req, res) => {
    res.json({ received: req.body });
  });
});

missing("validation", "Bodies are parsed and not checked; the list of middleware has no validation.", {
  documentation: MIDDLEWARE,
});
missing("response-model", "res.json() turns a value into JSON as it is; responses are not declared.", {
  documentation: `${API}/response`,
});

await capability("form", () => {
  app.post("/form", express.urlencoded(), (req, res) => {
    res.json({ a: req.body.a });
  });
});

await capability("upload", async () => {
  const { default: multer } = await import("multer");
  const upload = multer();
  app.post("/upload", upload.single("file"), (req, res) => {
    res.json({ name: req.file.originalname, size: req.file.size });
  });
});

await capability("body-length", () => {
  app.post("/length", express.raw(), (req, res) => {
    res.json({ length: req.body.length });
  });
});

await capability("template", async () => {
  const { default: ejs } = await import("ejs");
  app.engine("ejs", ejs.renderFile);
  app.set("views", TEMPLATES);
  app.get("/template", (req, res) => {
    res.render("hello.ejs", { name: req.query.name });
  });
});

await capability("session", async () => {
  const { default: session } = await import("express-session");
  const cookie = OPTED_IN ? { httpOnly: true, sameSite: "lax", secure: true } : undefined;
  app.get("/session", session({ secret: KEY, resave: false, saveUninitialized: true, cookie }), (req, res) => {
    req.session.user = "1";
    res.json({ user: req.session.user });
  });
});

await optin(
  "session-cookie",
  {
    how: 'session({ …, cookie: { httpOnly: true, sameSite: "lax", secure: true } }), behind a proxy that is trusted',
    documentation: `${MIDDLEWARE}/session`,
  },
  () => {
    app.set("trust proxy", "loopback");
  },
);

await capability("stream", () => {
  app.get("/stream", async (req, res) => {
    res.type("text/plain");
    await pipeline(chunks(), res);
  });
});

missing("events", "There is no response for it; the documentation writes text/event-stream by hand.", {
  documentation: `${MIDDLEWARE}/compression`,
});

await capability("flood", () => {
  app.get("/flood", async (req, res) => {
    res.type("application/octet-stream");
    await pipeline(flood(), res);
  });
});

await capability("ticks", () => {
  app.get("/ticks", async (req, res) => {
    res.type("text/plain");
    await pipeline(ticks(), res);
  });
});

missing("background", "A handler may go on after res.send(); nothing of Express looks after what it does.", {
  documentation: `${API}/response`,
});
missing("lifespan", "There are no hooks: the callback of app.listen() and a handler of SIGTERM are written by hand.", {
  documentation: "https://expressjs.com/en/advanced/healthcheck-graceful-shutdown",
});

await capability("error", () => {
  app.get("/error", () => {
    throw failure();
  });
});

missing("websocket", "Neither the application nor the list of middleware has it.", { documentation: MIDDLEWARE });
missing("injection", "Shared values are put on app.locals, req or res.locals.", {
  documentation: `${API}/application`,
});

await capability("group", () => {
  const group = express.Router();
  group.get("/ping", (req, res) => {
    res.type("text/plain").send("pong");
  });
  app.use("/group", group);
});

await capability("static", () => {
  app.use("/static", express.static(STATIC));
});

await capability("nan", () => {
  app.get("/nan", (req, res) => {
    res.json({ value: NaN });
  });
});

missing("openapi", "Neither the application nor the list of middleware has it.", { documentation: MIDDLEWARE });
missing("docs-ui", "Neither the application nor the list of middleware has it.", { documentation: MIDDLEWARE });
missing("test-client", "Express itself is tested with supertest, a package of others.", {
  documentation: "https://github.com/expressjs/express/blob/v5.2.1/package.json",
});

await capability("command-line", () => {
  return ["express", "--help"];
});

/** Serve until SIGTERM, and end as the page on graceful shutdown shows. */
export async function serve(port) {
  const server = app.listen(port, "127.0.0.1");
  process.on("SIGTERM", () => server.close());
}

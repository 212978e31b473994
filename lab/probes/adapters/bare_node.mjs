/** What the HTTP server of Node.js does alone: one function that uses no framework, and improves nothing. */
import { createServer } from "node:http";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { block, capability, chunks, flood, pause, ticks } from "../kit.mjs";

const routes = {};

const json = (response, value) => {
  response.setHeader("Content-Type", "application/json");
  response.end(JSON.stringify(value));
};

const pour = async (response, pieces) => {
  response.setHeader("Content-Type", "text/plain");
  await pipeline(Readable.from(pieces), response).catch(() => {});
};

/** Answer GET and POST by the first segment of the path, and everything else with 404 or 405. */
async function app(request, response) {
  const [, name, ...rest] = request.url.split("/");
  if (!(name in routes) || rest.length > (name === "text" ? 1 : 0)) {
    response.writeHead(404).end();
  } else if (!["GET", "POST"].includes(request.method)) {
    response.writeHead(405).end();
  } else {
    await routes[name](request, response, rest[0]);
  }
}

await capability("ping", () => {
  routes.ping = (request, response) => {
    response.setHeader("Content-Type", "text/plain");
    response.end("pong");
  };
});

await capability("path-text", () => {
  routes.text = (request, response, rest) => {
    try {
      json(response, { value: decodeURIComponent(rest) });
    } catch {
      response.writeHead(400).end();
    }
  };
});

await capability("async-sleep", () => {
  routes["async-sleep"] = async (request, response) => {
    await pause();
    json(response, { slept: true });
  };
});

await capability("blocking-sleep", () => {
  routes["blocking-sleep"] = (request, response) => {
    block();
    json(response, { slept: true });
  };
});

await capability("body-length", () => {
  routes.length = async (request, response) => {
    let length = 0;
    try {
      for await (const piece of request) length += piece.length;
    } catch {
      return;
    }
    json(response, { length });
  };
});

await capability("stream", () => {
  routes.stream = (request, response) => pour(response, chunks());
});

await capability("flood", () => {
  routes.flood = (request, response) => pour(response, flood());
});

await capability("ticks", () => {
  routes.ticks = (request, response) => pour(response, ticks());
});

/** Serve until SIGTERM, and end as Node.js documents it: no new connections, and those that there are to their end. */
export async function serve(port) {
  const server = createServer(app).listen(port, "127.0.0.1");
  process.on("SIGTERM", () => server.close());
}

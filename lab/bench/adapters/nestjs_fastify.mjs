/** NestJS on Fastify, its other platform. */
import { FastifyAdapter } from "@nestjs/platform-fastify";
import ejs from "ejs";
import { LARGEST, TEMPLATES } from "../kit.mjs";
import { create } from "./nestjs.mjs";

const app = await create(new FastifyAdapter());
app.useBodyParser("application/octet-stream", { bodyLimit: LARGEST });
app.setViewEngine({ engine: { ejs }, templates: TEMPLATES });

export async function serve(port) {
  await app.listen(port, "127.0.0.1");
}

/**
 * NestJS, with class-validator for bodies and EJS for pages; both platforms share it.
 *
 * Applications are written in TypeScript; `decorated` applies decorators as its compiler would, so nothing is compiled.
 */
import "reflect-metadata";
import { Readable } from "node:stream";
import {
  Body,
  Controller,
  Get,
  Header,
  HttpCode,
  Module,
  Param,
  ParseIntPipe,
  Post,
  Query,
  Render,
  StreamableFile,
  ValidationPipe,
} from "@nestjs/common";
import { NestFactory } from "@nestjs/core";
import { WsAdapter } from "@nestjs/platform-ws";
import { WebSocketGateway } from "@nestjs/websockets";
import { IsArray, IsInt, IsNotEmpty, IsNumber, IsString } from "class-validator";
import { GREETING, MIDDLEWARE, openRows, pieces, ROUTES, TABLE, wait } from "../kit.mjs";

/** Apply decorators to a class and to its members, as TypeScript does with @Decorator() above them. */
function decorated(type, decorators, members = {}) {
  for (const [name, list] of Object.entries(members)) {
    const method = Object.getOwnPropertyDescriptor(type.prototype, name);
    const result = Reflect.decorate(list, type.prototype, name, method);
    if (method) Object.defineProperty(type.prototype, name, result ?? method);
  }
  Reflect.decorate(decorators, type);
  return type;
}

/** Return what TypeScript makes of the annotations of parameters. */
const types = (...annotations) => Reflect.metadata("design:paramtypes", annotations);

/** Return what TypeScript makes of a decorator in front of a parameter. */
const parameter = (index, decorator) => (target, name) => decorator(target, name, index);

class Item {}
decorated(Item, [], {
  name: [IsString(), IsNotEmpty()],
  price: [IsNumber()],
  tags: [IsArray(), IsString({ each: true })],
});

class NewRow {}
decorated(NewRow, [], { name: [IsString()], value: [IsInt()] });

class Rows {
  async onModuleInit() {
    Object.assign(this, await openRows());
  }
  async onApplicationShutdown() {
    await this.close();
  }
}

class BenchController {
  constructor(rows) {
    this.rows = rows;
  }
  plaintext() {
    return GREETING;
  }
  greeting() {
    return { message: GREETING };
  }
  item(id, q) {
    return { id, q };
  }
  addItem(item) {
    return item;
  }
  async row(id) {
    return this.rows.one(id);
  }
  async someRows() {
    return this.rows.some();
  }
  async addRow(row) {
    return this.rows.add(row.name, row.value);
  }
  async wait() {
    await wait();
    return { waited: 50 };
  }
  template() {
    return { rows: TABLE };
  }
  upload(body) {
    return { bytes: body.length };
  }
  download() {
    return new StreamableFile(Readable.from(pieces()), { type: "application/octet-stream" });
  }
  ok() {
    return "ok";
  }
}
const ID = parameter(0, Param("id", ParseIntPipe));
decorated(BenchController, [Controller(), types(Rows)], {
  plaintext: [Get("plaintext"), Header("Content-Type", "text/plain")],
  greeting: [Get("json")],
  item: [Get("items/:id"), ID, parameter(1, Query("q"))],
  addItem: [Post("items"), parameter(0, Body()), types(Item)],
  row: [Get("row/:id"), ID],
  someRows: [Get("rows")],
  addRow: [Post("rows"), parameter(0, Body()), types(NewRow)],
  wait: [Get("wait")],
  template: [Get("template"), Render("rows.ejs")],
  upload: [Post("upload"), HttpCode(200), parameter(0, Body())],
  download: [Get("download")],
  ...(ROUTES.length && {
    ok: [Get(ROUTES.map((number) => `route/${number}`)), Header("Content-Type", "text/plain")],
  }),
});

// Messages of a gateway are JSON with a name of an event; plain text is read from the connection itself.
class EchoGateway {
  handleConnection(client) {
    client.on("message", (message) => client.send(message.toString()));
  }
}
decorated(EchoGateway, [WebSocketGateway({ path: "/ws" })]);

class AppModule {}
decorated(AppModule, [Module({ controllers: [BenchController], providers: [Rows, EchoGateway] })]);

/** Return the application; without arguments on Express, the default platform. */
export async function create(...platform) {
  const app = await NestFactory.create(AppModule, ...platform, { logger: false });
  app.useGlobalPipes(new ValidationPipe());
  app.useWebSocketAdapter(new WsAdapter(app));
  app.enableShutdownHooks();
  for (const _ of MIDDLEWARE) app.use((request, response, next) => next());
  return app;
}

/**
 * How NestJS registers the capabilities of the contract, on Express, its default platform, with its official packages.
 *
 * Applications are written in TypeScript; `decorated` applies decorators as its compiler would, so nothing is compiled.
 */
import "reflect-metadata";
import { Readable } from "node:stream";
import {
  Body,
  ClassSerializerInterceptor,
  Controller,
  Get,
  Header,
  Injectable,
  Module,
  Param,
  ParseIntPipe,
  Post,
  Query,
  Render,
  Req,
  Sse,
  StreamableFile,
  UploadedFile,
  UseInterceptors,
  UsePipes,
  ValidationPipe,
} from "@nestjs/common";
import { NestFactory } from "@nestjs/core";
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

const DOCUMENTATION = "https://docs.nestjs.com";

const module = { controllers: [], imports: [], providers: [] };
const setup = [];

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

await capability("ping", () => {
  class PingController {
    ping() {
      return "pong";
    }
  }
  const options = OPTED_IN ? { host: "127.0.0.1" } : {};
  decorated(PingController, [Controller(options)], { ping: [Get("ping"), Header("Content-Type", "text/plain")] });
  module.controllers.push(PingController);
});

optin("host-check", { how: '@Controller({ host: "127.0.0.1" })', documentation: `${DOCUMENTATION}/controllers` });

await capability("async-sleep", () => {
  class SleepController {
    async sleep() {
      await pause();
      return { slept: true };
    }
  }
  module.controllers.push(decorated(SleepController, [Controller()], { sleep: [Get("async-sleep")] }));
});

await capability("blocking-sleep", () => {
  class BlockingController {
    sleep() {
      block();
      return { slept: true };
    }
  }
  module.controllers.push(decorated(BlockingController, [Controller()], { sleep: [Get("blocking-sleep")] }));
});

await capability("query", () => {
  class QueryController {
    query(tag) {
      return { tag };
    }
  }
  decorated(QueryController, [Controller()], { query: [Get("query"), parameter(0, Query("tag"))] });
  module.controllers.push(QueryController);
});

await capability("path-text", () => {
  class TextController {
    text(value) {
      return { value };
    }
  }
  decorated(TextController, [Controller()], { text: [Get("text/:value"), parameter(0, Param("value"))] });
  module.controllers.push(TextController);
});

await capability("typed-path", () => {
  class NumberController {
    number(value) {
      return { value };
    }
  }
  decorated(NumberController, [Controller()], {
    number: [Get("number/:value"), parameter(0, Param("value", ParseIntPipe))],
  });
  module.controllers.push(NumberController);
});

await capability("typed-query", () => {
  class TypedQueryController {
    query(number) {
      return { number };
    }
  }
  const pipe = new ValidationPipe({ transform: true });
  decorated(TypedQueryController, [Controller()], {
    query: [Get("typed-query"), UsePipes(pipe), parameter(0, Query("number")), types(Number)],
  });
  module.controllers.push(TypedQueryController);
});

await capability("json-body", () => {
  class JsonController {
    json(received) {
      return { received };
    }
  }
  decorated(JsonController, [Controller()], { json: [Post("json"), parameter(0, Body())] });
  module.controllers.push(JsonController);
});

await capability("validation", async () => {
  const { IsInt, IsString } = await import("class-validator");
  class Item {}
  decorated(Item, [], { name: [IsString()], quantity: [IsInt()] });
  class ItemsController {
    create(item) {
      return item;
    }
  }
  const pipe = new ValidationPipe(OPTED_IN ? { whitelist: true } : {});
  decorated(ItemsController, [Controller()], {
    create: [Post("items"), UsePipes(pipe), parameter(0, Body()), types(Item)],
  });
  module.controllers.push(ItemsController);
});

optin("unknown-field", {
  how: "new ValidationPipe({ whitelist: true })",
  documentation: `${DOCUMENTATION}/application/validation`,
});

await capability("response-model", async () => {
  const { Exclude } = await import("class-transformer");
  class Item {
    constructor(values) {
      Object.assign(this, values);
    }
  }
  decorated(Item, [], { secret: [Exclude()] });
  class ModelController {
    model() {
      return new Item({ name: "a", quantity: 1, secret: "s3" });
    }
  }
  decorated(ModelController, [Controller()], { model: [Get("model"), UseInterceptors(ClassSerializerInterceptor)] });
  module.controllers.push(ModelController);
});

await capability("form", () => {
  class FormController {
    form(a) {
      return { a };
    }
  }
  module.controllers.push(decorated(FormController, [Controller()], { form: [Post("form"), parameter(0, Body("a"))] }));
});

await capability("upload", async () => {
  const { FileInterceptor } = await import("@nestjs/platform-express");
  class UploadController {
    upload(file) {
      return { name: file.originalname, size: file.size };
    }
  }
  decorated(UploadController, [Controller()], {
    upload: [Post("upload"), UseInterceptors(FileInterceptor("file")), parameter(0, UploadedFile())],
  });
  module.controllers.push(UploadController);
});

await capability("body-length", () => {
  class LengthController {
    length(body) {
      return { length: body.length };
    }
  }
  decorated(LengthController, [Controller()], { length: [Post("length"), parameter(0, Body())] });
  module.controllers.push(LengthController);
  setup.push((app) => app.useBodyParser("raw"));
});

await capability("template", () => {
  class TemplateController {
    hello(name) {
      return { name };
    }
  }
  decorated(TemplateController, [Controller()], {
    hello: [Get("template"), Render("hello.ejs"), parameter(0, Query("name"))],
  });
  module.controllers.push(TemplateController);
  setup.push((app) => app.setBaseViewsDir(TEMPLATES).setViewEngine("ejs"));
});

await capability("session", async () => {
  const { default: session } = await import("express-session");
  class SessionController {
    user(request) {
      request.session.user = "1";
      return { user: request.session.user };
    }
  }
  decorated(SessionController, [Controller()], { user: [Get("session"), parameter(0, Req())] });
  module.controllers.push(SessionController);
  const cookie = OPTED_IN ? { httpOnly: true, sameSite: "lax", secure: true } : undefined;
  setup.push((app) => app.use("/session", session({ secret: KEY, resave: false, saveUninitialized: false, cookie })));
});

await optin(
  "session-cookie",
  {
    how: 'session({ …, cookie: { httpOnly: true, sameSite: "lax", secure: true } }), behind a proxy that is trusted',
    documentation: `${DOCUMENTATION}/http/sessions`,
  },
  () => {
    setup.push((app) => app.set("trust proxy", "loopback"));
  },
);

await capability("stream", () => {
  class StreamController {
    stream() {
      return new StreamableFile(Readable.from(chunks()), { type: "text/plain" });
    }
  }
  module.controllers.push(decorated(StreamController, [Controller()], { stream: [Get("stream")] }));
});

await capability("events", async () => {
  const { from, map } = await import("rxjs");
  class EventsController {
    events() {
      return from(numbers()).pipe(map((number) => ({ data: String(number) })));
    }
  }
  module.controllers.push(decorated(EventsController, [Controller()], { events: [Sse("events")] }));
});

await capability("flood", () => {
  class FloodController {
    flood() {
      return new StreamableFile(Readable.from(flood()));
    }
  }
  module.controllers.push(decorated(FloodController, [Controller()], { flood: [Get("flood")] }));
});

await capability("ticks", () => {
  class TicksController {
    ticks() {
      return new StreamableFile(Readable.from(ticks()), { type: "text/plain" });
    }
  }
  module.controllers.push(decorated(TicksController, [Controller()], { ticks: [Get("ticks")] }));
});

await capability("background", async () => {
  const { EventEmitter2, EventEmitterModule, OnEvent } = await import("@nestjs/event-emitter");
  class WorkListener {
    async work() {
      await work();
    }
  }
  decorated(WorkListener, [Injectable()], { work: [OnEvent("work", { async: true })] });
  class BackgroundController {
    constructor(emitter) {
      this.emitter = emitter;
    }
    background() {
      this.emitter.emit("work");
      return { started: true };
    }
  }
  decorated(BackgroundController, [Controller(), types(EventEmitter2)], { background: [Get("background")] });
  module.imports.push(EventEmitterModule.forRoot());
  module.providers.push(WorkListener);
  module.controllers.push(BackgroundController);
});

await capability("lifespan", () => {
  class Lifespan {
    onApplicationBootstrap() {
      started();
    }
    onApplicationShutdown() {
      stopped();
    }
  }
  module.providers.push(decorated(Lifespan, [Injectable()]));
  setup.push((app) => app.enableShutdownHooks());
});

await capability("error", () => {
  class ErrorController {
    fail() {
      throw failure();
    }
  }
  module.controllers.push(decorated(ErrorController, [Controller()], { fail: [Get("error")] }));
});

await capability("websocket", async () => {
  const { WsAdapter } = await import("@nestjs/platform-ws");
  const { WebSocketGateway } = await import("@nestjs/websockets");
  // Messages of a gateway are JSON with a name of an event; plain text is read from the connection itself.
  class EchoGateway {
    handleConnection(client) {
      client.on("message", (message) => client.send(message.toString()));
    }
  }
  const options = OPTED_IN ? { path: "/ws", maxPayload: 1048576 } : { path: "/ws" };
  module.providers.push(decorated(EchoGateway, [WebSocketGateway(options)]));
  setup.push((app) => app.useWebSocketAdapter(new WsAdapter(app)));
});

optin("websocket-limit", {
  how: '@WebSocketGateway({ path: "/ws", maxPayload: 1048576 })',
  documentation: `${DOCUMENTATION}/websockets/gateways`,
});

await capability("injection", () => {
  class Dependency {
    value = "provided";
  }
  class InjectedController {
    constructor(dependency) {
      this.dependency = dependency;
    }
    injected() {
      return { value: this.dependency.value };
    }
  }
  module.providers.push(decorated(Dependency, [Injectable()]));
  decorated(InjectedController, [Controller(), types(Dependency)], { injected: [Get("injected")] });
  module.controllers.push(InjectedController);
});

await capability("group", () => {
  class GroupController {
    ping() {
      return "pong";
    }
  }
  decorated(GroupController, [Controller("group")], { ping: [Get("ping"), Header("Content-Type", "text/plain")] });
  module.controllers.push(GroupController);
});

await capability("static", async () => {
  const { ServeStaticModule } = await import("@nestjs/serve-static");
  module.imports.push(ServeStaticModule.forRoot({ rootPath: STATIC, serveRoot: "/static" }));
});

await capability("nan", () => {
  class NanController {
    nan() {
      return { value: NaN };
    }
  }
  module.controllers.push(decorated(NanController, [Controller()], { nan: [Get("nan")] }));
});

await capability("openapi", async () => {
  const { DocumentBuilder, SwaggerModule } = await import("@nestjs/swagger");
  setup.push((app) => {
    const document = () => SwaggerModule.createDocument(app, new DocumentBuilder().build());
    SwaggerModule.setup("api", app, document);
  });
  return "/api-json";
});

await capability("docs-ui", () => "/api");

await capability("cors", () => {
  setup.push((app) => app.enableCors({ origin: FRIEND }));
});

missing("test-client", "@nestjs/testing builds the application; requests go through supertest, a package of others.", {
  documentation: `${DOCUMENTATION}/fundamentals/testing`,
});

await capability("command-line", () => ["nest", "--help"]);

class AppModule {}
decorated(AppModule, [Module(module)]);
export const app = await NestFactory.create(AppModule, { logger: false });
for (const step of setup) step(app);

/** Serve until SIGTERM, which the shutdown hooks wait for. */
export async function serve(port) {
  await app.listen(port, "127.0.0.1");
}

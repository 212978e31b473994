// Answer a request on the Express platform; the decorators of TypeScript are called as functions.
// /// script
// dependencies = ["@nestjs/core", "@nestjs/common", "@nestjs/platform-express", "reflect-metadata", "rxjs"]
// [tool.lab]
// serve = "node smoke.mjs {port}"
// ///

import "reflect-metadata";
import { Controller, Get, Module } from "@nestjs/common";
import { NestFactory } from "@nestjs/core";

class Hello {
  hello() {
    return { hello: "world" };
  }
}
Controller()(Hello);
Get()(Hello.prototype, "hello", Object.getOwnPropertyDescriptor(Hello.prototype, "hello"));

class App {}
Module({ controllers: [Hello] })(App);

const app = await NestFactory.create(App, { logger: ["error"] });
await app.listen(Number(process.argv[2]), "127.0.0.1");

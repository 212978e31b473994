// What NestJS does when it is run: each exported function shows the claim in its comment, or fails.

import "reflect-metadata";

import assert from "node:assert/strict";
import { AsyncLocalStorage } from "node:async_hooks";
import { setTimeout as sleep } from "node:timers/promises";

import { Controller, Get, Module } from "@nestjs/common";
import { NestFactory } from "@nestjs/core";
import { tap } from "rxjs";

/** Call `ask` with the address of an application with one handler at `/`, a middleware and an interceptor. */
async function serve({ handler, middleware, interceptor }, ask) {
  class Root {}
  Root.prototype.index = handler;
  Get()(Root.prototype, "index", Object.getOwnPropertyDescriptor(Root.prototype, "index"));
  Controller()(Root);
  class Application {
    configure(consumer) {
      consumer.apply(middleware).forRoutes("{*path}");
    }
  }
  Module({ controllers: [Root] })(Application);
  const application = await NestFactory.create(Application, { logger: false });
  application.useGlobalInterceptors({ intercept: interceptor });
  await application.listen(0, "127.0.0.1");
  try {
    await ask(await application.getUrl());
  } finally {
    await application.close();
  }
}

/** The handler sees the store of middleware; neither middleware nor an interceptor sees what the handler entered. */
export async function what_the_handler_sets_does_not_come_back() {
  const variable = new AsyncLocalStorage();
  const seen = {};
  const parts = {
    middleware(request, response, next) {
      variable.run("set by middleware", () => {
        response.on("finish", () => {
          seen.middleware = variable.getStore();
        });
        next();
      });
    },
    interceptor(context, next) {
      return next.handle().pipe(
        tap(() => {
          seen.interceptor = variable.getStore();
        }),
      );
    },
    async handler() {
      seen.handler = variable.getStore();
      await sleep(1);
      variable.enterWith("set by the handler");
      return "done";
    },
  };
  await serve(parts, async (address) => {
    await (await fetch(address)).text();
    await sleep(50);
  });
  assert.deepEqual(seen, {
    handler: "set by middleware",
    interceptor: "set by middleware",
    middleware: "set by middleware",
  });
}

/** The first piece of a generator arrives through middleware and an interceptor before the second is made. */
export async function middleware_keeps_a_response_streaming() {
  let make;
  const second = new Promise((resolve) => {
    make = resolve;
  });
  const parts = {
    middleware: (request, response, next) => next(),
    interceptor: (context, next) => next.handle(),
    async *handler() {
      yield "first";
      await second;
      yield "second";
    },
  };
  await serve(parts, async (address) => {
    const reader = (await fetch(address)).body.getReader();
    assert.equal(Buffer.from((await reader.read()).value).toString(), "first");
    make();
    assert.equal(Buffer.from((await reader.read()).value).toString(), "second");
  });
}

/** NestJS on Express, its default platform. */
import { LARGEST, TEMPLATES } from "../kit.mjs";
import { create } from "./nestjs.mjs";

const app = await create();
app.useBodyParser("raw", { limit: LARGEST });
app.setBaseViewsDir(TEMPLATES).setViewEngine("ejs");

export async function serve(port) {
  await app.listen(port, "127.0.0.1");
}

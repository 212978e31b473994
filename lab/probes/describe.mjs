/** Serve an adapter, or print as one line of JSON what it declares: `node describe.mjs ADAPTER [PORT]`. */
import { pathToFileURL } from "node:url";
import { declarations } from "./kit.mjs";

const [adapter, port] = process.argv.slice(2);
const { serve } = await import(pathToFileURL(adapter));
if (port) {
  await serve(Number(port));
} else {
  console.log(`@@${JSON.stringify(await declarations())}`);
  process.exit(0);
}

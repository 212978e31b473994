/** Serve an adapter on 127.0.0.1 until SIGTERM: `node serve.mjs ADAPTER PORT`. */
import { pathToFileURL } from "node:url";

const [adapter, port] = process.argv.slice(2);
const { serve } = await import(pathToFileURL(adapter));
await serve(Number(port));

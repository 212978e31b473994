import { readFileSync } from 'node:fs';
import Fastify from 'fastify';
import database from './plugins/database.js';
import settings from './plugins/settings.js';

const app = Fastify();
await app.register(settings);
await app.register(database);
app.db.exec(readFileSync(new URL('schema.sql', import.meta.url), 'utf8'));
await app.close();

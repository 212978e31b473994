import { readFileSync } from 'node:fs';
import { openDatabase } from './database.js';
import { readSettings } from './settings.js';

const db = openDatabase(readSettings());
db.exec(readFileSync(new URL('schema.sql', import.meta.url), 'utf8'));
db.close();

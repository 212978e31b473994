/** What all adapters on Node.js share: the settings of a run, the table, the wait, the pieces of the download. */
import { setTimeout } from "node:timers/promises";

export const DATABASE = process.env.BENCH_DATABASE ?? "";
export const ROUTES = [...Array(Number(process.env.BENCH_ROUTES ?? 0)).keys()];
export const MIDDLEWARE = [...Array(Number(process.env.BENCH_MIDDLEWARE ?? 0)).keys()];
export const GREETING = "Hello, World!";
export const LARGEST = 32 * 1024 * 1024;
export const TEMPLATES = `${import.meta.dirname}/adapters/templates`;
export const TABLE = [...Array(50).keys()].map((index) => {
  const id = index + 1;
  return { id, name: `<row> & ${id}`, value: id * 3 };
});

const COUNT = Number(process.env.BENCH_ROWS ?? 20);
const CONNECTIONS = 10;
const PIECES = 16;
const PIECE = Buffer.from([...Array(65536).keys()].map((index) => index % 256));

const FILL = `
INSERT INTO item (name, value)
WITH RECURSIVE numbers(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM numbers WHERE n < 10000)
SELECT 'row ' || n, n * 3 FROM numbers ORDER BY n`;
const SQLITE_TABLE = "CREATE TABLE item (id INTEGER PRIMARY KEY, name TEXT NOT NULL, value INTEGER NOT NULL)";
const POSTGRES_TABLE = `
CREATE TABLE item (id integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY, name text NOT NULL, value integer NOT NULL)`;

/** Return the statements; the marks are how the driver writes its parameters. */
const statements = (first, second) => ({
  one: `SELECT id, name, value FROM item WHERE id = ${first}`,
  some: `SELECT id, name, value FROM item ORDER BY id LIMIT ${first}`,
  add: `INSERT INTO item (name, value) VALUES (${first}, ${second}) RETURNING id, name, value`,
});

/** Wait for the other service, and let others run. */
export const wait = () => setTimeout(50);

/** Yield the pieces of the download. */
export async function* pieces() {
  for (let index = 0; index < PIECES; index += 1) yield PIECE;
}

/** Return the table on a SQLite file in the working folder, through better-sqlite3, which does not wait. */
async function openSqlite() {
  const { default: Database } = await import("better-sqlite3");
  const database = new Database("bench.sqlite", { timeout: 10_000 });
  database.pragma("journal_mode = WAL");
  database.pragma("synchronous = NORMAL");
  if (!database.prepare("SELECT 1 FROM sqlite_master WHERE name = 'item'").get()) {
    database.exec(SQLITE_TABLE);
    database.exec(FILL);
  }
  const text = statements("?", "?");
  const [one, some, insert] = [text.one, text.some, text.add].map((statement) => database.prepare(statement));
  const add = database.transaction((name, value) => insert.get(name, value));
  return {
    one: async (id) => one.get(id),
    some: async () => some.all(COUNT),
    add: async (name, value) => add.immediate(name, value),
    close: async () => database.close(),
  };
}

/** Call `work` with a client of the pool, in a transaction. */
async function transaction(pool, work) {
  const client = await pool.connect();
  try {
    await client.query("BEGIN");
    const result = await work(client);
    await client.query("COMMIT");
    return result;
  } catch (error) {
    await client.query("ROLLBACK");
    throw error;
  } finally {
    client.release();
  }
}

/** Return the table on a PostgreSQL server, through the pool of pg, with prepared statements. */
async function openPostgres() {
  const { default: pg } = await import("pg");
  const pool = new pg.Pool({ connectionString: DATABASE, max: CONNECTIONS });
  await transaction(pool, async (client) => {
    await client.query("SELECT pg_advisory_xact_lock(11)");
    const found = await client.query("SELECT to_regclass('item') IS NOT NULL AS there");
    if (found.rows[0].there) return;
    await client.query(POSTGRES_TABLE);
    await client.query(FILL);
  });
  const text = statements("$1", "$2");
  const first = (result) => result.rows[0];
  return {
    one: async (id) => first(await pool.query({ name: "one", text: text.one, values: [id] })),
    some: async () => (await pool.query({ name: "some", text: text.some, values: [COUNT] })).rows,
    add: (name, value) =>
      transaction(pool, async (client) =>
        first(await client.query({ name: "add", text: text.add, values: [name, value] })),
      ),
    close: () => pool.end(),
  };
}

/** Return the table behind /row and /rows, made unless it is there. */
export const openRows = () => (DATABASE ? openPostgres() : openSqlite());

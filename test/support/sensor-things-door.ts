/** A running door of SensorThings over a database of its own, and how tests speak with it. */
import type { Pool } from '../../server/store/pool.ts';
import { storeSensorThings } from '../../server/store/sensor-things.ts';
import { type TestDatabase, testDatabase } from './database.ts';
import { type RunningApp, runApp } from './running-app.ts';
import { sampleServices } from './sample-city.ts';

// biome-ignore lint/suspicious/noExplicitAny: documents of a service are looked into, not trusted
export type Document = any;

export interface DoorAnswer {
  readonly status: number;
  readonly body: Document;
  readonly location: string | null;
}

export interface SensorThingsDoor {
  readonly database: TestDatabase;
  readonly app: RunningApp;
  /** An address below the root of the service, or a whole one; as staff unless said otherwise. */
  ask(path: string, options?: DoorOptions): Promise<DoorAnswer>;
  get(path: string): Promise<Document>;
  /** @throws Error when it is not made */
  make(path: string, body: object): Promise<{ readonly id: number; readonly self: string }>;
  /** Every entity of a listing, along its links. */
  all(path: string): Promise<readonly Document[]>;
  /** How many statements reading has taken so far. */
  reads(): number;
  close(): Promise<void>;
}

interface DoorOptions {
  readonly method?: string;
  readonly body?: unknown;
  readonly contentType?: string;
  readonly authorization?: string;
}

export async function openSensorThingsDoor(): Promise<SensorThingsDoor> {
  const database = await testDatabase();
  let reads = 0;
  const counted: Pool = {
    ...database.pool,
    read(statement, signal) {
      reads++;
      return database.pool.read(statement, signal);
    },
  };
  const sensors = storeSensorThings(database.pool, counted);
  const app = await runApp(
    { ...sampleServices(1), sensors },
    {
      identify: ({ authorization }) =>
        authorization === 'staff'
          ? { who: 'jan', roles: ['public', 'staff'] }
          : { who: 'anonymous', roles: ['public'] },
    },
  );
  const ask: SensorThingsDoor['ask'] = async (path, options = {}) => {
    const {
      body,
      method = body === undefined ? 'GET' : 'POST',
      contentType,
      authorization = 'staff',
    } = options;
    const reply = await fetch(path.startsWith('http') ? path : `${app.url}/sta/v1.1${path}`, {
      method,
      ...(body !== undefined && { body: typeof body === 'string' ? body : JSON.stringify(body) }),
      headers: { authorization, ...(contentType && { 'content-type': contentType }) },
    });
    const text = await reply.text();
    const isJson = reply.headers.get('content-type')?.includes('json');
    return {
      status: reply.status,
      body: isJson ? JSON.parse(text) : text,
      location: reply.headers.get('location'),
    };
  };
  const get: SensorThingsDoor['get'] = async (path) => {
    const { status, body } = await ask(path);
    if (status !== 200) throw new Error(`${path}: ${status} ${JSON.stringify(body)}`);
    return body;
  };
  return {
    database,
    app,
    ask,
    get,
    async make(path, body) {
      const { status, body: made } = await ask(path, { body });
      if (status !== 201) throw new Error(`${path}: ${status} ${JSON.stringify(made)}`);
      return { id: made['@iot.id'], self: made['@iot.selfLink'] };
    },
    async all(path) {
      const found: Document[] = [];
      for (let next: string | undefined = path; next !== undefined; ) {
        const page: Document = await get(next);
        found.push(...page.value);
        next = page['@iot.nextLink'];
      }
      return found;
    },
    reads: () => reads,
    async close() {
      await app.close();
      await database.drop();
    },
  };
}

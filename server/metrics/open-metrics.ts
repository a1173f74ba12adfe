/** Measures of this server and its database, for Prometheus and for the page of operations. */
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import type { OperationsState } from '../../core/wire/operations.ts';
import type { Admission } from '../access/admission.ts';
import { isMetricsReader } from '../access/metrics-reader.ts';
import { requireRight } from '../access/require-right.ts';
import type { AnsweredRequest } from '../http/answered-request.ts';
import type { Operations } from '../services/operations.ts';
import { DURATION_BOUNDS_S, RecentRequests } from './recent-requests.ts';

type ServerState = OperationsState['server'];

/** What the database says of itself. */
export type DatabaseFacts = Pick<OperationsState, 'queues' | 'layers' | 'storage'>;

export interface MetricsSources {
  readonly caches: () => ServerState['caches'];
  readonly pools: () => ServerState['pools'];
  readonly database: () => Promise<DatabaseFacts>;
  readonly admission: Admission['state'];
  readonly log: { warn(fields: object, message: string): void };
}

export interface Metrics {
  readonly operations: Operations;
  readonly answered: (request: AnsweredRequest) => void;
  close(): void;
}

/** Of the page of operations. */
const MINUTES = 15;
const LOOP_RESOLUTION_MS = 20;

export function openMetrics({ caches, pools, database, admission, log }: MetricsSources): Metrics {
  const registers = [new Registry()];
  const [register] = registers as [Registry];
  collectDefaultMetrics({ register });
  const recent = new RecentRequests(MINUTES);
  const loop = monitorEventLoopDelay({ resolution: LOOP_RESOLUTION_MS });
  loop.enable();
  const startedAt = new Date().toISOString();
  const requests = new Counter({
    ...{ name: 'blizniak_http_requests_total', help: 'Requests answered', registers },
    labelNames: ['door', 'method', 'status'],
  });
  const durations = new Histogram({
    ...{ name: 'blizniak_http_request_seconds', help: 'From the request to the last byte of its answer' },
    ...{ labelNames: ['door'], buckets: [...DURATION_BOUNDS_S], registers },
  });
  const bytes = new Counter({
    ...{ name: 'blizniak_http_sent_bytes_total', help: 'Bytes sent, heads included', registers },
    labelNames: ['door'],
  });
  const heldBack = new Counter({
    ...{
      name: 'blizniak_http_held_back_total',
      help: 'Requests refused by a budget or under load',
      registers,
    },
    labelNames: ['by'],
  });
  const gauge = (name: string, help: string, labelNames: readonly string[] = []) =>
    new Gauge({ name: `blizniak_${name}`, help, labelNames: [...labelNames], registers });
  const heavy = gauge('http_heavy_requests', 'Heavy requests under way');
  const cached = gauge('cache_bytes', 'Memory of a cache in use', ['cache']);
  const connections = gauge('database_connections', 'Connections of this server', ['pool', 'state']);
  const up = gauge('database_up', '1 while the database answers');
  const jobs = gauge('jobs', 'Jobs of the queue that all servers share', ['task', 'state']);
  const oldest = gauge('job_oldest_seconds', 'How long the oldest job that waits has been due', ['task']);
  const loaded = gauge('layer_loaded_timestamp_seconds', 'When the layer was last loaded', ['layer']);
  const stale = gauge('layer_stale', '1 when the layer is older than its freshness limit', ['layer']);
  const objects = gauge('layer_objects', 'Objects of the layer', ['layer']);
  const stored = gauge('database_bytes', 'Size of the database by schema', ['schema']);
  const free = gauge('disk_free_bytes', 'Free on the disk of DATA_DIR');
  const archived = gauge('archive_last_timestamp_seconds', 'When changes were last put into the archive');

  const fillFromDatabase = ({ queues, layers, storage }: DatabaseFacts) => {
    for (const { task, waiting, running, failed, oldestS } of queues) {
      jobs.set({ task, state: 'waiting' }, waiting);
      jobs.set({ task, state: 'running' }, running);
      jobs.set({ task, state: 'failed' }, failed);
      oldest.set({ task }, oldestS ?? 0);
    }
    for (const { layer, loadedAt, isStale, objects: count } of layers) {
      if (loadedAt === null) continue;
      loaded.set({ layer }, Date.parse(loadedAt) / 1000);
      stale.set({ layer }, isStale ? 1 : 0);
      objects.set({ layer }, count);
    }
    for (const { schema, bytes: size } of storage.schemas) stored.set({ schema }, size);
    if (storage.freeBytes !== null) free.set(storage.freeBytes);
    if (storage.archive?.lastAt) archived.set(Date.parse(storage.archive.lastAt) / 1000);
  };

  return {
    answered(request) {
      recent.add(request);
      const { door, method, status, seconds } = request;
      requests.inc({ door, method: METHODS.has(method) ? method : 'other', status });
      bytes.inc({ door }, request.bytes);
      if (seconds !== undefined) durations.observe({ door }, seconds);
    },
    operations: {
      async metrics(who) {
        if (!isMetricsReader(who)) requireRight(who, 'operate');
        for (const each of caches()) cached.set({ cache: each.cache }, each.bytes);
        for (const { pool, open, idle, waiting } of pools()) {
          connections.set({ pool, state: 'open' }, open);
          connections.set({ pool, state: 'idle' }, idle);
          connections.set({ pool, state: 'waiting' }, waiting);
        }
        const { heavy: underWay, refusedByBudget, refusedByLoad } = admission();
        heavy.set(underWay);
        heldBack.reset();
        heldBack.inc({ by: 'budget' }, refusedByBudget);
        heldBack.inc({ by: 'load' }, refusedByLoad);
        // What is gone (a task, a layer) must not be told for ever.
        for (const each of [jobs, oldest, loaded, stale, objects, stored, free, archived]) each.reset();
        try {
          fillFromDatabase(await database());
          up.set(1);
        } catch (error) {
          log.warn({ err: error }, 'measures of the database are left out');
          up.set(0);
        }
        return { contentType: register.contentType, text: await register.metrics() };
      },
      async state(who) {
        requireRight(who, 'operate');
        return {
          at: new Date().toISOString(),
          server: {
            ...{ startedAt, minutes: MINUTES, doors: [...recent.doors()] },
            residentBytes: process.memoryUsage.rss(),
            eventLoopP99S: Math.max(0, loop.percentile(99) / 1e9 - LOOP_RESOLUTION_MS / 1e3),
            ...{ caches: caches(), pools: pools() },
          },
          ...(await database()),
        };
      },
    },
    close() {
      loop.disable();
      register.clear();
    },
  };
}

/** Clients may write any word. */
const METHODS = new Set(['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS']);

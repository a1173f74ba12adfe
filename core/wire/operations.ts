/** How the service itself is doing: what those who run it look at. */
import { z } from 'zod';

const moment = z.iso.datetime({ offset: true });

/** Of one door in the last minutes, on the server that answers. */
const doorLoadSchema = z.strictObject({
  door: z.string(),
  requests: z.int(),
  /** Refused: status 400 to 499. */
  refused: z.int(),
  /** Failed: status 500 and above, and answers that were cut. */
  failed: z.int(),
  bytes: z.int(),
  /** Upper bound of the duration of 95 of 100 answers, seconds; null = there were none, or longer than is told apart. */
  p95S: z.number().nullable(),
});
export type DoorLoad = z.infer<typeof doorLoadSchema>;

const queueSchema = z.strictObject({
  task: z.string(),
  waiting: z.int(),
  running: z.int(),
  /** Given up after all attempts. */
  failed: z.int(),
  /** How long the one that waits longest has been due, seconds. */
  oldestS: z.number().nullable(),
});

const layerFreshnessSchema = z.strictObject({
  layer: z.string(),
  objects: z.int(),
  /** null = never loaded. */
  loadedAt: moment.nullable(),
  /** Days after which the layer counts as stale. */
  freshnessDays: z.number(),
  isStale: z.boolean(),
  synthetic: z.boolean(),
});
export type LayerFreshness = z.infer<typeof layerFreshnessSchema>;

const storedSchema = z.strictObject({ schema: z.string(), bytes: z.int() });

export const operationsSchema = z.strictObject({
  at: moment,
  /** The server that answers; others of the same database have their own. */
  server: z.strictObject({
    startedAt: moment,
    minutes: z.int(),
    doors: z.array(doorLoadSchema),
    residentBytes: z.int(),
    /** How late the event loop was, 99 of 100 times less than so, seconds. */
    eventLoopP99S: z.number(),
    caches: z.array(z.strictObject({ cache: z.string(), bytes: z.int(), mostBytes: z.int() })),
    pools: z.array(
      z.strictObject({ pool: z.string(), open: z.int(), idle: z.int(), waiting: z.int(), most: z.int() }),
    ),
  }),
  queues: z.array(queueSchema),
  layers: z.array(layerFreshnessSchema),
  storage: z.strictObject({
    databaseBytes: z.int(),
    schemas: z.array(storedSchema),
    /** Of the disk of DATA_DIR; null = there is no such folder here. */
    freeBytes: z.int().nullable(),
    /** The log of changes that is kept for restoring a moment; null = it is not kept by this database. */
    archive: z.strictObject({ lastAt: moment.nullable(), failedSinceThen: z.boolean() }).nullable(),
  }),
});
export type OperationsState = z.infer<typeof operationsSchema>;

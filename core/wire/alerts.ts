/** JSON of `/api/alerts` and `/api/thresholds`. Spoken by the server and the viewer. */
import { z } from 'zod';
import { QUALITY_RULES } from '../live/quality/quality-rule.ts';
import { sensorKind } from '../live/sensor-kinds.ts';

const text = z.object({ pl: z.string(), en: z.string() });
const said = (most: number) => z.string().trim().min(1).max(most);
const severity = z.enum(['info', 'warning', 'critical']);
const state = z.enum(['open', 'acknowledged', 'closed']);

const delivery = z.object({
  event: z.string(),
  channel: z.enum(['webhook', 'email']),
  target: z.string(),
  state: z.enum(['waiting', 'delivered', 'failed']),
  attempts: z.int(),
  problem: z.string().nullable(),
  doneAt: z.string().nullable(),
});

const change = z.object({
  revision: z.int(),
  at: z.string(),
  who: z.string(),
  state,
  owner: z.string().nullable(),
  reason: z.string().nullable(),
});

/** Moments are UTC ISO text. */
export const alertSchema = z.object({
  id: z.int(),
  severity,
  title: text,
  /** What is the matter, with place and numbers. */
  message: text,
  /** Id of the Thing; null when it is gone. */
  thing: z.int().nullable(),
  datastream: z.int().nullable(),
  threshold: z.int().nullable(),
  /** The rule of quality, where the alert is about the sensor and not about the city. */
  rule: z.enum(QUALITY_RULES).nullable(),
  /** Since when it is so, and until when it was. */
  since: z.string(),
  overAt: z.string().nullable(),
  /** The value that raised it. */
  value: z.number().nullable(),
  unit: text.nullable(),
  raisedAt: z.string(),
  state,
  revision: z.int(),
  /** The rest is told to staff only. */
  owner: z.string().nullable().optional(),
  reason: z.string().nullable().optional(),
  history: z.array(change).optional(),
  deliveries: z.array(delivery).optional(),
});

export const alertsReplySchema = z.object({
  now: z.string(),
  /** Not closed first, then the newest first. */
  alerts: z.array(alertSchema),
  more: z.boolean(),
});

export const alertChangesSchema = z
  .strictObject({
    state: state.optional(),
    owner: said(100).nullable().optional(),
    reason: said(1_000).optional(),
    /** The revision that was seen; a change of another one is refused. */
    revision: z.int().optional(),
  })
  .refine(
    ({ state: wanted, owner, reason }) => wanted !== undefined || owner !== undefined || reason !== undefined,
    {
      message: 'say state, owner or reason',
    },
  )
  .refine(({ state: wanted, reason }) => wanted !== 'closed' || reason !== undefined, {
    path: ['reason'],
    message: 'closing an alert needs a reason',
  });

const limits = {
  title: text,
  severity,
  /** Code of a kind of sensor: all its datastreams. */
  kind: z
    .string()
    .refine((code) => sensorKind(code) !== undefined, 'there is no such kind of sensor')
    .nullable(),
  datastream: z.int().positive().nullable(),
  direction: z.enum(['above', 'below']),
  enter: z.number(),
  /** The alert is over when the value has come back to this. */
  leave: z.number(),
  /** Seconds that it must hold before it is told. */
  afterS: z.int().min(0).max(604_800),
  enabled: z.boolean(),
};

export const thresholdSchema = z.object({
  id: z.int(),
  ...limits,
  kind: z.string().nullable(),
  /** Told to staff only. */
  owner: z.string().nullable().optional(),
});

export const thresholdsReplySchema = z.object({ thresholds: z.array(thresholdSchema) });

export const newThresholdSchema = z
  .strictObject({
    ...limits,
    kind: limits.kind.default(null),
    datastream: limits.datastream.default(null),
    afterS: limits.afterS.default(0),
    enabled: limits.enabled.default(true),
    owner: said(100).nullable().default(null),
  })
  .refine(({ kind, datastream }) => (kind === null) !== (datastream === null), {
    path: ['kind'],
    message: 'say a kind or a datastream, and not both',
  })
  .refine(isHysteresis, { path: ['leave'], message: 'leave must not lie beyond enter' });

export const thresholdChangesSchema = z
  .strictObject({
    title: limits.title,
    severity: limits.severity,
    enter: limits.enter,
    leave: limits.leave,
    afterS: limits.afterS,
    enabled: limits.enabled,
    owner: said(100).nullable(),
  })
  .partial();

/** Whether the way back lies on the safe side. */
export function isHysteresis({
  direction,
  enter,
  leave,
}: {
  readonly direction: 'above' | 'below';
  readonly enter: number;
  readonly leave: number;
}): boolean {
  return direction === 'above' ? leave <= enter : leave >= enter;
}

export type Alert = z.infer<typeof alertSchema>;
export type AlertsReply = z.infer<typeof alertsReplySchema>;
export type AlertChanges = z.infer<typeof alertChangesSchema>;
export type Threshold = z.infer<typeof thresholdSchema>;
export type ThresholdsReply = z.infer<typeof thresholdsReplySchema>;
export type NewThreshold = z.infer<typeof newThresholdSchema>;
export type ThresholdChanges = z.infer<typeof thresholdChangesSchema>;

/** Observations as entities: made within others, and corrected. Single new ones take the way of all measurements. */
import { conflict, notFound } from '../../core/errors.ts';
import type { EntityDraft, Span } from '../../core/live/entity-draft.ts';
import { isOwnQuality } from '../../core/live/observation-quality.ts';
import {
  type EntityId,
  type JsonObject,
  type Observation,
  type ObservationDraft,
  type ObservationResult,
  observationId,
  type Recorded,
} from '../../core/live/sensor-things.ts';
import type { Connection } from './connection.ts';
import { keyIs } from './entity-key.ts';
import {
  OBSERVATION_COLUMNS,
  type ObservationRow,
  observationOf,
  recordObservations,
} from './observations.ts';
import { sql } from './sql.ts';

type Writing = Pick<Connection, 'run'>;
type Links = Readonly<Record<string, EntityId>>;

const AT_ONCE = 1_000;

/** @throws TwinError not-found for a datastream that is not there, conflict when another result stands at its time */
export async function insertObservations(
  writing: Writing,
  items: readonly { readonly draft: EntityDraft; readonly links: Links }[],
): Promise<readonly EntityId[]> {
  const drafts = items.map(({ draft, links }) => observationDraft(draft.values, links));
  const ids: EntityId[] = [];
  for (let at = 0; at < drafts.length; at += AT_ONCE) {
    const some = drafts.slice(at, at + AT_ONCE);
    const recorded = await recordObservations(readingOf(writing), some);
    for (const [n, each] of recorded.entries()) {
      const draft = some[n];
      if (draft !== undefined) ids.push(observationId(keptObservation(each, draft)));
    }
  }
  return ids;
}

const readingOf = (writing: Writing): Parameters<typeof recordObservations>[0] => ({
  read: (statement, signal) => writing.run(statement, signal),
});

/** The same value sent again counts as written; another one at its time is refused, in words. */
export function keptObservation(recorded: Recorded, { datastreamId, result }: ObservationDraft): Observation {
  if (recorded.outcome === 'unknown-datastream') {
    throw notFound(`There is no Datastream ${datastreamId}`, 'Datastream');
  }
  const { observation } = recorded;
  if (recorded.outcome === 'differs') {
    throw conflict(
      `Datastream ${datastreamId} has the result ${JSON.stringify(observation.result)} at ${observation.phenomenonTime} already; ${JSON.stringify(result)} was kept aside`,
      'phenomenonTime',
    );
  }
  return observation;
}

/** What the service says of an observation in its parameters is not what a writer says. */
function ownParameters(value: unknown): JsonObject | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  const { receivedAt: _receivedAt, flags: _flags, ...own } = value as JsonObject;
  return Object.keys(own).length > 0 ? own : undefined;
}

export function observationDraft(values: JsonObject, links: Links): ObservationDraft {
  const time = (values['phenomenonTime'] ?? { from: new Date(), to: undefined }) as Span;
  const valid = values['validTime'] as Span | null | undefined;
  const { Datastream, FeatureOfInterest } = links;
  return {
    datastreamId: typeof Datastream === 'number' ? Datastream : -1,
    phenomenonTime: time.from,
    phenomenonEnd: time.to,
    resultTime: (values['resultTime'] as Date | null | undefined) ?? undefined,
    result: values['result'] as ObservationResult,
    featureOfInterestId: typeof FeatureOfInterest === 'number' ? FeatureOfInterest : undefined,
    resultQuality: isOwnQuality(values['resultQuality']) ? undefined : (values['resultQuality'] ?? undefined),
    validTime: valid ? { from: valid.from, to: valid.to ?? valid.from } : undefined,
    parameters: ownParameters(values['parameters']),
  };
}

/** Where an observation is that was written under this id. */
export async function currentId(
  reading: Parameters<typeof recordObservations>[0],
  id: EntityId,
): Promise<EntityId> {
  const [moved] = await reading.read<{ to_datastream_id: number; to_phenomenon_time: string }>(
    sql`select to_datastream_id, to_phenomenon_time from live.observation_moved as self
      where ${keyIs('Observations', id, 'self')}`,
  );
  return moved === undefined
    ? id
    : observationId({ datastreamId: moved.to_datastream_id, phenomenonTime: moved.to_phenomenon_time });
}

/** A correction is a new row: whoever follows the values hears of it, and its flags are looked at anew. */
export async function changeObservation(
  writing: Writing,
  id: EntityId,
  values: JsonObject,
  links: Links,
): Promise<EntityId> {
  const key = await currentId(readingOf(writing), id);
  const [row] = await writing.run<ObservationRow>(
    sql`delete from live.observation as observation where ${keyIs('Observations', key, 'observation')}
      returning ${OBSERVATION_COLUMNS}`,
  );
  if (row === undefined) throw notFound(`There is no Observations(${id})`, 'path');
  const before = observationOf(row);
  const { phenomenonTime: _none, ...others } = values;
  const draft = observationDraft(
    {
      ...writtenValues(before),
      ...others,
      ...(values['phenomenonTime'] ? { phenomenonTime: values['phenomenonTime'] } : {}),
    },
    { Datastream: before.datastreamId, ...writtenFeature(before), ...links },
  );
  const [recorded] = await recordObservations(readingOf(writing), [draft]);
  if (recorded?.outcome !== 'written') {
    throw conflict(
      `Datastream ${draft.datastreamId} has an Observation at ${draft.phenomenonTime.toISOString()} already`,
      'phenomenonTime',
    );
  }
  await keepAddress(writing, before, recorded.observation);
  return observationId(recorded.observation);
}

const writtenFeature = ({ featureOfInterestId }: Observation): Links =>
  featureOfInterestId === null ? {} : { FeatureOfInterest: featureOfInterestId };

function writtenValues(observation: Observation): JsonObject {
  const { phenomenonTime, phenomenonEnd, resultTime, validTime } = observation;
  return {
    phenomenonTime: {
      from: new Date(phenomenonTime),
      to: phenomenonEnd === null ? undefined : new Date(phenomenonEnd),
    },
    resultTime: resultTime === null ? null : new Date(resultTime),
    result: observation.result,
    resultQuality: observation.resultQuality,
    validTime: validTime && { from: new Date(validTime.from), to: new Date(validTime.to) },
    parameters: observation.parameters,
  };
}

async function keepAddress(writing: Writing, before: Observation, after: Observation): Promise<void> {
  if (observationId(before) === observationId(after)) return;
  await writing.run(sql`update live.observation_moved
    set to_datastream_id = ${after.datastreamId}::bigint, to_phenomenon_time = ${after.phenomenonTime}::timestamptz
    where (to_datastream_id, to_phenomenon_time) =
      (${before.datastreamId}::bigint, ${before.phenomenonTime}::timestamptz)`);
  await writing.run(sql`delete from live.observation_moved
    where (datastream_id, phenomenon_time) = (${after.datastreamId}::bigint, ${after.phenomenonTime}::timestamptz)`);
  await writing.run(sql`insert into live.observation_moved
      (datastream_id, phenomenon_time, to_datastream_id, to_phenomenon_time)
    values (${before.datastreamId}::bigint, ${before.phenomenonTime}::timestamptz,
      ${after.datastreamId}::bigint, ${after.phenomenonTime}::timestamptz)
    on conflict (datastream_id, phenomenon_time) do update
      set (to_datastream_id, to_phenomenon_time) = (excluded.to_datastream_id, excluded.to_phenomenon_time)`);
}

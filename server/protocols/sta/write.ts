/** New entities by POST (18-088, 10.2). */
import { missingParameter, notFound, notSupported, TwinError } from '../../../core/errors.ts';
import {
  type EntitySet,
  type ObservationDraft,
  observationId,
  type Recorded,
} from '../../../core/live/sensor-things.ts';
import { requireStaff } from '../../access/require-staff.ts';
import { jsonReply } from '../../http/json.ts';
import type { Ask, Reply } from '../../http/protocol.ts';
import type { SensorThings } from '../../services.ts';
import { readDatastream, readObservation, readObservedProperty, readSensor, readThing } from './drafts.ts';
import { entityJson, followSteps, STA, selfLink } from './read.ts';
import { parseResourcePath } from './resource-path.ts';

/** Adds an entity to the collection of the address. */
export async function postResource(sensors: SensorThings, ask: Ask): Promise<Reply> {
  requireStaff(ask.view.who);
  const steps = parseResourcePath(decodeURIComponent(ask.path.slice(STA.length)));
  const last = steps[steps.length - 1] ?? steps[0];
  if (last.id !== undefined || !last.isMany) {
    throw notSupported('Entities are added to a collection, such as /Things', 'method');
  }
  const isOwned = steps.length > 1;
  const ownedBy = (set: EntitySet): boolean => steps.at(-2)?.set === set;
  if (last.set === 'Observations' && (!isOwned || ownedBy('Datastreams'))) {
    const id = await ownerId(sensors, steps.slice(0, -1), ask);
    return postObservation(sensors, id, ask);
  }
  if (last.set === 'Datastreams' && (!isOwned || ownedBy('Things'))) {
    const { thingId, draft } = readDatastream(ask.body);
    const id = (await ownerId(sensors, steps.slice(0, -1), ask)) ?? thingId;
    if (id === undefined) throw missingParameter('Thing', 'Thing: must be {"@iot.id": …} of a Thing');
    return created('Datastreams', await sensors.createDatastream(id, draft), sensors, ask);
  }
  if (isOwned) {
    throw notSupported(`New ${last.set} are not taken at this address; use ${STA}/${last.set}`, 'path');
  }
  switch (last.set) {
    case 'Things':
      return created('Things', await sensors.createThing(readThing(ask.body)), sensors, ask);
    case 'Sensors':
      return created('Sensors', await sensors.createSensor(readSensor(ask.body)), sensors, ask);
    case 'ObservedProperties': {
      const id = await sensors.createObservedProperty(readObservedProperty(ask.body));
      return created('ObservedProperties', id, sensors, ask);
    }
    default:
      throw notSupported(`New ${last.set} come within a Thing: POST ${STA}/Things`, 'path');
  }
}

async function ownerId(
  sensors: SensorThings,
  steps: Parameters<typeof followSteps>[1],
  { signal }: Ask,
): Promise<number | undefined> {
  // One entity by its number needs no looking up: whoever is unknown is found out when it is written.
  const [only] = steps;
  const owner =
    steps.length === 1 && typeof only?.id === 'number' ? only : await followSteps(sensors, steps, signal);
  return typeof owner?.id === 'number' ? owner.id : undefined;
}

async function created(set: EntitySet, id: number, sensors: SensorThings, ask: Ask): Promise<Reply> {
  const query = { set, id, orderBy: [], limit: 1, offset: 0, counted: false };
  const [entity] = (await sensors.find(query, ask.signal)).entities;
  if (entity === undefined) throw notFound(`${set}(${id}) is gone again`, 'path');
  return createdReply(entityJson(set, entity, ask.publicUrl), selfLink(set, id, ask.publicUrl));
}

const createdReply = (document: object, location: string): Reply => ({
  ...jsonReply(document, { location }),
  status: 201,
});

async function postObservation(sensors: SensorThings, owner: number | undefined, ask: Ask): Promise<Reply> {
  const { datastreamId = owner, draft } = readObservation(ask.body, Date.now());
  if (datastreamId === undefined) {
    throw missingParameter('Datastream', 'Datastream: must be {"@iot.id": …} of a Datastream');
  }
  if (owner !== undefined && owner !== datastreamId) {
    throw new TwinError(
      'invalid-parameter',
      `Datastream: the body names ${datastreamId}, the address ${owner}`,
      { parameter: 'Datastream' },
    );
  }
  const wanted: ObservationDraft = { datastreamId, ...draft };
  const [recorded] = await sensors.record([wanted]);
  return replyOf(recorded ?? { outcome: 'unknown-datastream' }, wanted, ask);
}

/** The same value sent again is answered as the first time; another one at its time is refused, in words. */
function replyOf(recorded: Recorded, { datastreamId, result }: ObservationDraft, { publicUrl }: Ask): Reply {
  if (recorded.outcome === 'unknown-datastream') {
    throw notFound(`There is no Datastream ${datastreamId}`, 'Datastream');
  }
  const { observation } = recorded;
  const id = observationId(observation);
  if (recorded.outcome === 'differs') {
    throw new TwinError(
      'conflict',
      `Datastream ${datastreamId} has the result ${JSON.stringify(observation.result)} at ${observation.phenomenonTime} already; ${JSON.stringify(result)} was kept aside`,
      { parameter: 'phenomenonTime' },
    );
  }
  const { phenomenonTime, phenomenonEnd, resultTime, receivedAt, flags } = observation;
  const properties = {
    phenomenonTime: phenomenonEnd === null ? phenomenonTime : `${phenomenonTime}/${phenomenonEnd}`,
    resultTime,
    result: observation.result,
    parameters: { receivedAt, ...(flags.length > 0 && { flags }) },
  };
  return createdReply(
    entityJson('Observations', { id, properties }, publicUrl),
    selfLink('Observations', id, publicUrl),
  );
}

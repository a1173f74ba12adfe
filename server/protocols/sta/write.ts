/** New, changed and removed entities (18-088, 10). */
import { notSupported } from '../../../core/errors.ts';
import { readEntity } from '../../../core/live/read-entity.ts';
import { NO_OPTIONS } from '../../../core/odata/query-options.ts';
import { isOne, type PathStep } from '../../../core/odata/resource-path.ts';
import { requireRight } from '../../access/require-right.ts';
import { jsonReply } from '../../http/json.ts';
import type { Ask, Reply } from '../../http/protocol.ts';
import type { Entity, EntityDesk, EntityOwner } from '../../services/sensor-things.ts';
import { selfLink } from './addresses.ts';
import { entityJson } from './entity-json.ts';
import { parseJson } from './json-body.ts';
import { patched } from './json-patch.ts';
import { findOne, ownerOf, pathOf } from './read.ts';
import { keepRefused } from './refused.ts';

/** Adds an entity to the collection of the address. */
export async function postResource(sensors: EntityDesk, ask: Ask): Promise<Reply> {
  requireRight(ask.view.who, 'operate');
  const path = pathOf(ask);
  const last = path.steps[path.steps.length - 1] ?? path.steps[0];
  if (isOne(last) || path.tail !== undefined) {
    throw notSupported('Entities are added to a collection, such as /Things', 'method');
  }
  const create = async () => {
    const draft = readEntity(last.set, parseJson(ask.body), 'create');
    return sensors.create(draft, await ownerToWriteTo(sensors, path, ask));
  };
  const entity = await (last.set === 'Observations'
    ? create().catch(async (error: unknown) => {
        const [owner] = path.steps;
        const sent = Buffer.from(ask.body).toString('utf8');
        await keepRefused(sensors, [{ error, datastream: owner.id, sent }]);
        throw error;
      })
    : create());
  return {
    ...jsonReply(entityJson(last.set, entity, ask.publicUrl), {
      location: selfLink(last.set, entity.id, ask.publicUrl),
    }),
    status: 201,
  };
}

/** One entity by its number needs no looking up: whoever is unknown is found out when it is written. */
async function ownerToWriteTo(
  sensors: EntityDesk,
  path: ReturnType<typeof pathOf>,
  ask: Ask,
): Promise<EntityOwner | undefined> {
  const [first, second] = path.steps;
  if (path.steps.length === 2 && typeof first.id === 'number' && second?.link !== undefined) {
    return { set: first.set, id: first.id, link: second.link };
  }
  return ownerOf(sensors, path, ask.signal);
}

/** Changes what the body gives; a JSON Patch changes the entity as it is read. */
export async function patchResource(sensors: EntityDesk, ask: Ask): Promise<Reply> {
  const { step, entity } = await entityToChange(sensors, ask);
  const body = parseJson(ask.body);
  const isPatch = ask.headers['content-type']?.startsWith('application/json-patch+json') === true;
  const draft = isPatch
    ? readEntity(step.set, patched(entity.properties, body), 'put')
    : readEntity(step.set, body, 'patch');
  return changed(await sensors.update(entity.id, draft, isPatch), step, ask);
}

/** Puts another entity in its place; its links stay where the body does not name them. */
export async function putResource(sensors: EntityDesk, ask: Ask): Promise<Reply> {
  const { step, entity } = await entityToChange(sensors, ask);
  const draft = readEntity(step.set, parseJson(ask.body), 'put');
  return changed(await sensors.update(entity.id, draft, true), step, ask);
}

export async function deleteResource(sensors: EntityDesk, ask: Ask): Promise<Reply> {
  const { step, entity } = await entityToChange(sensors, ask);
  await sensors.remove(step.set, entity.id);
  return jsonReply({});
}

async function entityToChange(
  sensors: EntityDesk,
  ask: Ask,
): Promise<{ readonly step: PathStep; readonly entity: Entity }> {
  requireRight(ask.view.who, 'operate');
  const path = pathOf(ask);
  const step = path.steps[path.steps.length - 1] ?? path.steps[0];
  if (!isOne(step) || path.property.length > 0 || path.tail !== undefined) {
    throw notSupported('Only one entity can be changed, such as /Things(1)', 'method');
  }
  const owner = await ownerOf(sensors, path, ask.signal);
  return { step, entity: await findOne(sensors, step, owner, NO_OPTIONS, ask.signal) };
}

const changed = (entity: Entity, { set }: PathStep, { publicUrl }: Ask): Reply =>
  jsonReply(entityJson(set, entity, publicUrl), { location: selfLink(set, entity.id, publicUrl) });

/** Addresses of entities: `Datastreams(12)/Observations`, `Observations('12-…')/Datastream` (18-088, 9.2). */
import { notFound, notSupported } from '../../../core/errors.ts';
import { ENTITY_SETS, type EntityId, type EntitySet } from '../../../core/live/sensor-things.ts';
import { NAVIGATION, TO_COME } from './entity-model.ts';

/** One step of a path: a set, one of its entities, or the single entity that a link leads to. */
export interface PathStep {
  readonly set: EntitySet;
  readonly isMany: boolean;
  readonly id: EntityId | undefined;
}

const STEP = /^([A-Za-z$]+)(?:\((?:(\d{1,15})|'((?:[^']|''){1,200})')\))?$/;

/**
 * The steps of a path below `/sta/v1.1`, decoded.
 * @throws TwinError not-found for what is no address here, not-supported for what the standard has and we do not yet
 */
export function parseResourcePath(path: string): readonly [PathStep, ...PathStep[]] {
  const steps: PathStep[] = [];
  for (const text of path.split('/').filter((part) => part !== '')) steps.push(stepOf(text, steps.at(-1)));
  const [first, ...others] = steps;
  if (first === undefined) throw notFound('The path names no entity set', 'path');
  return [first, ...others];
}

function stepOf(text: string, from: PathStep | undefined): PathStep {
  const [, name = '', number, quoted] = STEP.exec(text) ?? [];
  if (TO_COME.includes(name) || /^\$(value|ref)$/.test(name)) {
    throw notSupported(`${name} is not offered yet`, 'path');
  }
  const id = number !== undefined ? Number(number) : quoted?.replaceAll("''", "'");
  if (from === undefined) {
    const set = ENTITY_SETS.find((known) => known === name);
    if (set === undefined) throw notFound(`There is no entity set ${text.slice(0, 100)}`, 'path');
    return { set, isMany: true, id };
  }
  if (from.isMany && from.id === undefined) {
    throw notFound(`${from.set} needs the id of one entity before /${text.slice(0, 100)}`, 'path');
  }
  const link = NAVIGATION[from.set][name];
  if (link === undefined || (id !== undefined && !link.isMany)) {
    const links = Object.keys(NAVIGATION[from.set]).join(', ');
    throw notFound(`${from.set} have no ${text.slice(0, 100)}; they have ${links}`, 'path');
  }
  return { ...link, id };
}

/**
 * Addresses of SensorThings (18-088, 9.2): `Datastreams(12)/Observations`, `Observations('12-…')/Datastream/Thing`,
 * `Things(1)/name/$value`, `Things(1)/Datastreams/$ref`.
 */
import { notFound } from '../errors.ts';
import { ENTITY_MODEL } from '../live/entity-model.ts';
import { ENTITY_SETS, type EntityId, type EntitySet } from '../live/sensor-things.ts';

/** One step of a path: a set, one of its entities, or the single entity that a link leads to. */
export interface PathStep {
  readonly set: EntitySet;
  /** The link from the step before; undefined for the first. */
  readonly link: string | undefined;
  readonly isMany: boolean;
  readonly id: EntityId | undefined;
}

export interface ResourcePath {
  readonly steps: readonly [PathStep, ...PathStep[]];
  /** A property of the last entity, and what lies inside it. */
  readonly property: readonly string[];
  readonly tail: '$value' | '$ref' | '$count' | undefined;
}

/** A step that stands for one entity. */
export const isOne = ({ isMany, id }: PathStep): boolean => !isMany || id !== undefined;

const STEP = /^([A-Za-z]+)(?:\((?:(\d{1,15})|'((?:[^']|''){1,200})')\))?$/;
const MOST_STEPS = 20;

/**
 * The parts of a path below the root, decoded.
 * @throws TwinError not-found for what is no address here
 */
export function parseResourcePath(path: string): ResourcePath {
  const texts = path.split(/\/(?=(?:[^']*'[^']*')*[^']*$)/).filter((part) => part !== '');
  if (texts.length > MOST_STEPS) throw notFound(`A path has at most ${MOST_STEPS} steps`, 'path');
  const steps: PathStep[] = [];
  const property: string[] = [];
  let tail: ResourcePath['tail'];
  for (const text of texts) {
    const from = steps.at(-1);
    if (tail !== undefined) throw notFound(`Nothing follows ${tail}`, 'path');
    if (from !== undefined && (text === '$value' || text === '$ref' || text === '$count')) tail = text;
    else if (property.length > 0) property.push(text);
    else if (from !== undefined && isOne(from) && isProperty(from.set, text)) property.push(text);
    else steps.push(stepOf(text, from));
  }
  const [first, ...others] = steps;
  const last = steps.at(-1);
  if (first === undefined || last === undefined) throw notFound('The path names no entity set', 'path');
  checkTail(tail, last, property);
  return { steps: [first, ...others], property, tail };
}

const isProperty = (set: EntitySet, name: string): boolean =>
  name === '@iot.id' || name === 'id' || Object.hasOwn(ENTITY_MODEL[set].properties, name);

function checkTail(tail: ResourcePath['tail'], last: PathStep, property: readonly string[]): void {
  if (tail === '$value' && property.length === 0) {
    throw notFound('$value follows a property, such as Things(1)/name/$value', 'path');
  }
  if (tail === '$ref' && property.length > 0) throw notFound('$ref follows entities, not a property', 'path');
  if (tail === '$count' && (property.length > 0 || isOne(last))) {
    throw notFound('$count follows a collection', 'path');
  }
}

function stepOf(text: string, from: PathStep | undefined): PathStep {
  const [, name = '', number, quoted] = STEP.exec(text) ?? [];
  const id = number !== undefined ? Number(number) : quoted?.replaceAll("''", "'");
  if (from === undefined) {
    const set = ENTITY_SETS.find((known) => known === name);
    if (set === undefined) throw notFound(`There is no entity set ${text.slice(0, 100)}`, 'path');
    return { set, link: undefined, isMany: true, id };
  }
  if (!isOne(from)) {
    throw notFound(`${from.set} needs the id of one entity before /${text.slice(0, 100)}`, 'path');
  }
  const { links, properties } = ENTITY_MODEL[from.set];
  const link = Object.hasOwn(links, name) ? links[name] : undefined;
  if (link === undefined || (id !== undefined && !link.isMany)) {
    const known = [...Object.keys(properties), ...Object.keys(links)].join(', ');
    throw notFound(`${from.set} have no ${text.slice(0, 100)}; they have ${known}`, 'path');
  }
  return { set: link.set, link: name, isMany: link.isMany, id };
}

/** What the changes of a set make of buildings of the 3D model, one after another, each seeing those before it. */
import { conflict, invalidParameter, notFound } from '../../errors.ts';
import type { Feature, PropertyValue } from '../../feature/feature.ts';
import type { Text } from '../../feature/layer.ts';
import type { ChangeResult, ModelChange } from '../../wire/model-change.ts';
import { type Body, heightRange, openCorner } from '../body.ts';
import { cutBody } from '../cut-body.ts';
import { joinBodies } from '../join-bodies.ts';
import { checkedBody } from './given-body.ts';
import { bodyOf, toldBuilding } from './told-building.ts';

type Change<Op extends ModelChange['op']> = Extract<ModelChange, { op: Op }>;

/** Ids of buildings that a set names: those it changes, and those it would make. */
export const idsNamed = (changes: readonly ModelChange[]): readonly string[] => [
  ...new Set(
    changes.flatMap((change) => {
      if (change.op === 'merge') return [...change.buildings, change.into];
      return change.op === 'split'
        ? [change.building, ...change.parts.map(({ id }) => id)]
        : [change.building];
    }),
  ),
];

export interface ChangedBuildings {
  /** As they are afterwards, with the change that left them so; undefined = no more. */
  readonly left: ReadonlyMap<string, { readonly feature: Feature | undefined; readonly change: number }>;
  readonly results: readonly ChangeResult[];
}

/**
 * @param current the buildings that the set names, as far as there are any
 * @param srid of the city, plane
 * @throws TwinError invalid-parameter, not-found, conflict, each naming the member at fault: `changes.2.parts.0.id`
 */
export function changeBuildings(
  changes: readonly ModelChange[],
  current: readonly Feature[],
  srid: number,
): ChangedBuildings {
  const left = new Map<string, { feature: Feature | undefined; change: number }>();
  const before = new Map(current.map((feature) => [feature.id, feature]));
  const find = (id: string): Feature | undefined => (left.has(id) ? left.get(id)?.feature : before.get(id));
  const standing = (id: string, where: string): Feature => {
    const feature = find(id);
    if (!feature)
      throw notFound(`${where}: there is no building "${id.slice(0, 200)}" in the 3D model`, where);
    if (feature.properties['state'] === 'demolished') {
      throw conflict(`${where}: "${id.slice(0, 200)}" is demolished; nothing more becomes of it`, where);
    }
    return feature;
  };
  const results = changes.map((change, index): ChangeResult => {
    const where = `changes.${index}`;
    const taken = ends(change).map(([id, member]) => standing(id, `${where}.${member}`));
    const { made, warnings = [] } = makes(change, taken, srid, where);
    const own = new Set(taken.map(({ id }) => id));
    made.forEach(({ id }, part) => {
      if (own.has(id) || !find(id)) return;
      const member = change.op === 'split' ? `${where}.parts.${part}.id` : `${where}.into`;
      throw conflict(
        `${member}: there is a building "${id.slice(0, 200)}" already; choose another id`,
        member,
      );
    });
    for (const id of own) left.set(id, { feature: undefined, change: index });
    for (const feature of made) left.set(feature.id, { feature, change: index });
    return {
      op: change.op,
      before: taken.map(toldBuilding),
      after: made.map(toldBuilding),
      warnings: [...warnings],
    };
  });
  return { left, results };
}

/** The buildings that a change takes, with the member that names each. */
const ends = (change: ModelChange): readonly (readonly [id: string, member: string])[] =>
  change.op === 'merge'
    ? change.buildings.map((id, i) => [id, `buildings.${i}`] as const)
    : [[change.building, 'building']];

interface Made {
  readonly made: readonly Feature[];
  readonly warnings?: readonly Text[];
}

function makes(change: ModelChange, taken: readonly Feature[], srid: number, where: string): Made {
  const [first] = taken as [Feature];
  if (change.op === 'state') return { made: [inState(change, first, where)] };
  if (change.op === 'replace') {
    const body = checkedBody(change.body, srid, `${where}.body`);
    return {
      made: [withBody(first, body, { ...attributesOf(change), ...upkeepOf(change, true), lod: body.lod })],
    };
  }
  return change.op === 'split'
    ? { made: parts(change, first, srid, where) }
    : merged(change, taken, srid, where);
}

/** How far a building has come; it goes back only to be built again. */
const PROGRESS: Readonly<Record<string, number>> = {
  designed: 0,
  under_construction: 1,
  built: 2,
  demolished: 3,
};

function inState(change: Change<'state'>, feature: Feature, where: string): Feature {
  const was = String(feature.properties['state'] ?? 'built');
  const refusal =
    change.state === 'designed' && was !== 'designed'
      ? 'is no design any more'
      : change.state === 'demolished' && PROGRESS[was] === 0
        ? 'was never built; a design that is given up leaves with the next load of designs'
        : undefined;
  if (refusal) throw conflict(`${where}.state: "${feature.id.slice(0, 200)}" ${refusal}`, `${where}.state`);
  // Of what is gone the body stays known as it was; the source of the demolition is in the record of the change.
  const own = change.state === 'demolished' ? {} : upkeepOf(change, false);
  return {
    ...feature,
    properties: {
      ...feature.properties,
      ...attributesOf(change),
      ...own,
      state: change.state,
      state_since: change.since,
    },
  };
}

function parts(change: Change<'split'>, whole: Feature, srid: number, where: string): readonly Feature[] {
  const ids = change.parts.map(({ id }) => id);
  ids.forEach((id, i) => {
    if (ids.indexOf(id) === i) return;
    throw invalidParameter(`${where}.parts.${i}.id`, `${where}.parts.${i}.id: two parts are called "${id}"`);
  });
  const bodies = change.line ? cut(change, whole, where) : givenParts(change, srid, where);
  // The parts are objects of their own: what names the whole, in the register or among data sets, is not theirs.
  const forgotten = { building_id: null, iip_namespace: null, iip_version: null };
  return change.parts.map((part, i) => {
    const { lod, ...body } = bodies[i] as Body & { readonly lod?: number };
    const own = {
      ...forgotten,
      ...attributesOf(part),
      ...upkeepOf(change, !change.line),
      ...(lod !== undefined && { lod }),
    };
    return { ...withBody(whole, body, own), id: part.id };
  });
}

function givenParts({ parts: given }: Change<'split'>, srid: number, where: string): readonly Body[] {
  return given.map(({ body }, i) => {
    const member = `${where}.parts.${i}.body`;
    if (!body)
      throw invalidParameter(member, `${member} is missing: give each part its body, or a line that cuts`);
    return checkedBody(body, srid, member);
  });
}

function cut({ line, parts: given }: Change<'split'>, whole: Feature, where: string): readonly Body[] {
  const [from, to] = line as NonNullable<typeof line>;
  const fault = (member: string, message: string) => invalidParameter(member, `${member}: ${message}`);
  const told = given.findIndex(({ body }) => body !== undefined);
  if (told !== -1) throw fault(`${where}.parts.${told}.body`, 'a line cuts the body; leave it out');
  if (given.length !== 2) throw fault(`${where}.parts`, 'a line cuts in two; give two parts');
  if (Math.hypot(to[0] - from[0], to[1] - from[1]) < 0.1) {
    throw fault(`${where}.line`, 'its two places are one; give places at least 0.1 m apart');
  }
  const body = bodyOf(whole);
  const open = openCorner(body.faces);
  if (open) {
    throw fault(
      `${where}.line`,
      `the body of "${whole.id}" is open at ${open.join(' ')} and cannot be cut; give the bodies of its parts`,
    );
  }
  const { left, right } = cutBody(body, from, to);
  if (!left || !right) throw fault(`${where}.line`, `it does not go through "${whole.id}"`);
  for (const part of [left, right]) {
    const gap = openCorner(part.faces);
    if (!gap) continue;
    throw fault(
      `${where}.line`,
      `a part would be open at ${gap.join(' ')}; draw the line a little further from there, or give the bodies of the parts`,
    );
  }
  return [left, right];
}

function merged(change: Change<'merge'>, taken: readonly Feature[], srid: number, where: string): Made {
  const [first] = taken as [Feature];
  change.buildings.forEach((id, i) => {
    const member = `${where}.buildings.${i}`;
    if (change.buildings.indexOf(id) !== i)
      throw invalidParameter(member, `${member}: "${id}" stands there twice`);
  });
  const other = taken.findIndex(({ properties }) => properties['state'] !== first.properties['state']);
  if (other !== -1) {
    const member = `${where}.buildings.${other}`;
    throw conflict(
      `${member}: it is in another state than the first; bring all into one state before`,
      member,
    );
  }
  const given = change.body && checkedBody(change.body, srid, `${where}.body`);
  const body = given ?? joinBodies(taken.map(bodyOf));
  const storeys = taken
    .map(({ properties }) => properties['storeys_above'])
    .filter((n) => typeof n === 'number');
  const own = {
    storeys_above: storeys.length > 0 ? Math.max(...storeys) : null,
    ...(given && { lod: given.lod }),
    ...(change.into !== first.id && { iip_namespace: null, iip_version: null }),
    ...attributesOf(change),
    ...upkeepOf(change, given !== undefined),
  };
  const isOpen = !given && openCorner(body.faces) !== undefined;
  const warnings: readonly Text[] = isOpen
    ? [
        {
          pl: 'Bryła jest otwarta, jak któraś z łączonych: podaj zamkniętą, aby znać kubaturę',
          en: 'The body is open, as one of those that were merged: give a closed one to know its volume',
        },
      ]
    : [];
  return { made: [{ ...withBody(first, body, own), id: change.into }], warnings };
}

function withBody(feature: Feature, body: Body, own: Readonly<Record<string, PropertyValue>>): Feature {
  const [low, high] = heightRange(body.faces);
  const ground = heightRange(body.faces.filter((_, i) => body.kinds[i] === 'G'))[0];
  return {
    ...feature,
    geometry: { type: 'MultiPolygon', coordinates: body.faces },
    properties: {
      ...feature.properties,
      surface_kinds: body.kinds,
      // What was laid on the faces of another body.
      appearance: null,
      height_m: millimetres(high - low),
      ground_height_m: millimetres(Number.isFinite(ground) ? ground : low),
      ...own,
    },
  };
}

const millimetres = (value: number): number => Math.round(value * 1000) / 1000;

/** @param isNew the body: what was said of the accuracy of another one does not hold for it */
function upkeepOf(
  { source, accuracyM, accuracyBasis }: Pick<ModelChange, 'source' | 'accuracyM' | 'accuracyBasis'>,
  isNew: boolean,
): Record<string, PropertyValue> {
  return {
    geometry_source: source,
    ...((isNew || accuracyM !== undefined) && { accuracy_m: accuracyM ?? null }),
    ...((isNew || accuracyBasis !== undefined) && { accuracy_basis: accuracyBasis ?? null }),
  };
}

type Attributes = Pick<Change<'replace'>, 'registerId' | 'function' | 'roofType' | 'storeysAbove'>;

function attributesOf(given: Attributes): Record<string, PropertyValue> {
  const named = {
    building_id: given.registerId,
    function: given.function,
    roof_type: given.roofType,
    storeys_above: given.storeysAbove,
  };
  return Object.fromEntries(
    Object.entries(named).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])),
  );
}

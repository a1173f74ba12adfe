/**
 * One contract for every door, layer and kind of edit: under `/s/{scenario}/` and with `?scenario=` a door shows what
 * the edit made of its objects, without them it shows the city as it was, and tiles that no edit touches are those of
 * the city with their validators.
 */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { REGISTERS } from '../../core/catalogue/catalogue.ts';
import { randomOf } from '../../core/demo-city/random.ts';
import type { Feature } from '../../core/feature/feature.ts';
import { bboxOf } from '../../core/geo/bbox.ts';
import type { Geometry } from '../../core/geo/geometry.ts';
import { rowsOfEdit } from '../../core/scenario/rows-of-edit.ts';
import { featureBefore } from '../../core/scenario/scenario-row.ts';
import { editReplySchema, type StoredEdit, scenarioReplySchema } from '../../core/wire/scenario.ts';
import { ANONYMOUS } from '../../server/access/identity.ts';
import { relationFor, rowsOf } from '../../server/store/relation.ts';
import { type StoredCity, storedCity } from '../conformance/stored-city.ts';
import { editableCity } from '../support/editable-city.ts';
import { EDIT_KINDS, thinkOf } from '../support/random-edits.ts';
import { SAMPLE_ORIGIN } from '../support/sample-city.ts';
import { type Ask, SCENARIO_DOORS, tilesOver } from './scenario-doors.ts';

const PARCELS = 60;
const CITY: readonly Feature[] = [
  ...editableCity(PARCELS),
  ...Array.from({ length: 6 }, (_, i): Feature => {
    const [id, easting] = [`BR.${i}`, SAMPLE_ORIGIN.easting + i * 60 + 30];
    const geometry = { type: 'Point', coordinates: [easting, SAMPLE_ORIGIN.northing + 20] } as const;
    const ages = { age_0_2: 10, age_3_6: 10, age_7_14: 20, age_15_18: 10, age_19_64: 50, age_65_plus: 10 };
    const properties = { building_id: id, residents: 110, ...ages };
    return { layer: 'building_residents', id, geometry, properties };
  }),
];
/** Kinds that change no register: what they change has a test of its own. */
const WITHOUT_OBJECTS = ['shape-terrain', 'scale-demand'];

let city: StoredCity;
beforeAll(async () => {
  city = await storedCity(CITY);
});
afterAll(async () => {
  await city.close();
  expect(city.log.filter(({ level }) => level === 'error')).toEqual([]);
});

const staff = { authorization: 'anna', 'content-type': 'application/json' };
const inCity: Ask = (path, init) => fetch(`${city.url}${path}`, { ...init, headers: staff });
const behindPrefix =
  (id: string): Ask =>
  (path, init) =>
    inCity(`/s/${id}${path}`, init);
const byParameter =
  (id: string): Ask =>
  (path, init) =>
    inCity(`${path}${path.includes('?') ? '&' : '?'}scenario=${id}`, init);

async function post(path: string, body: unknown, revision?: number): Promise<unknown> {
  const reply = await fetch(`${city.url}/api/scenarios${path}`, {
    method: 'POST',
    headers: { ...staff, ...(revision !== undefined && { 'if-match': `"${revision}"` }) },
    body: JSON.stringify(body),
  });
  const document = await reply.json();
  if (!reply.ok) throw new Error(JSON.stringify(document));
  return document;
}

/** A scenario of one edit of a kind, in a city where nothing else happened. */
async function edited(kind: (typeof EDIT_KINDS)[number]) {
  const { id, revision } = scenarioReplySchema.parse(await post('', { title: kind }));
  const random = randomOf(11, kind);
  const standing = (layer: string) => CITY.filter((feature) => feature.layer === layer);
  for (let tries = 0; ; tries++) {
    // The one that says most, so that a change of parameters alone does not stand for a change of shape too.
    const [edit] = Array.from({ length: 8 }, () => thinkOf(kind, random, standing)).toSorted(
      (a, b) => JSON.stringify(b ?? 0).length - JSON.stringify(a ?? 0).length,
    );
    try {
      return { id, ...editReplySchema.parse(await post(`/${id}/edits`, edit, revision)) };
    } catch (error) {
      if (tries > 20) throw error;
    }
  }
}

interface Touched {
  readonly layer: string;
  readonly id: string;
  readonly change: string;
  readonly before: Feature | undefined;
  readonly after: Feature | undefined;
}

function touchedBy(edit: StoredEdit): readonly Touched[] {
  const rows = new Map(rowsOfEdit(edit).map((row) => [`${row.layer} ${row.id}`, row.feature]));
  return edit.objects.map((object) => ({
    layer: object.layer,
    id: object.id,
    change: object.change,
    before: object.before && featureBefore(object),
    after: rows.get(`${object.layer} ${object.id}`),
  }));
}

const declarationOf = (name: string) => {
  const found = REGISTERS.find((register) => register.name === name);
  if (!found) throw new Error(`There is no layer ${name}`);
  return found;
};

const kinds = EDIT_KINDS.filter((kind) => !WITHOUT_OBJECTS.includes(kind));
describe.each(kinds)('after %s', (kind) => {
  let id: string;
  let objects: readonly Touched[];
  beforeAll(async () => {
    const made = await edited(kind);
    id = made.id;
    objects = touchedBy(made.edit);
  });

  it('something is touched, and what is changed or removed is known as it was', () => {
    expect(objects.length).toBeGreaterThan(0);
    for (const { change, before } of objects) expect(before !== undefined).toBe(change !== 'added');
  });

  it.each(SCENARIO_DOORS)('$name shows it in the scenario alone', async (door) => {
    for (const { layer, id: object, change, before, after } of objects) {
      const declaration = declarationOf(layer);
      if (!door.suits(declaration)) continue;
      const place = placeOf(before, after);
      const [base, scenario, parameter, again] = [
        await door.shows(inCity, layer, object, place),
        await door.shows(behindPrefix(id), layer, object, place),
        await door.shows(byParameter(id), layer, object, place),
        await door.shows(inCity, layer, object, place),
      ];
      const of = `${door.name}, ${change} ${layer} ${object}`;
      expect([of, again]).toEqual([of, base]);
      expect([of, withoutAddresses(parameter)]).toEqual([of, withoutAddresses(scenario)]);
      if (door.showsAll) {
        const differs = !before || !after || door.tells(declaration, before, after);
        if (differs) expect([of, scenario === base]).toEqual([of, false]);
        continue;
      }
      if (change === 'added')
        expect([of, base === undefined, scenario !== undefined]).toEqual([of, true, true]);
      if (change === 'removed')
        expect([of, base !== undefined, scenario === undefined]).toEqual([of, true, true]);
      if (change === 'changed' && before && after) {
        expect([of, base !== undefined, scenario !== undefined]).toEqual([of, true, true]);
        if (door.tells(declaration, before, after)) expect([of, scenario === base]).toEqual([of, false]);
      }
    }
  });

  it('its tiles have other validators, and all others those of the city and their bytes', async () => {
    const tile = async (ask: Ask, path: string) => {
      const reply = await ask(path);
      return {
        etag: reply.headers.get('etag'),
        bytes: Buffer.from(await reply.arrayBuffer()).toString('base64'),
      };
    };
    const layers = new Set(objects.map(({ layer }) => layer));
    for (const { layer, before, after } of objects) {
      const shape = (after ?? before)?.geometry as Geometry;
      const [here = ''] = tilesOver('EPSG2177', shape);
      const path = `/tiles/vector/${layer}/${here}`;
      expect((await tile(behindPrefix(id), path)).etag).not.toBe((await tile(inCity, path)).etag);
      for (const other of ['green_areas', 'trees', 'parcels'].filter((name) => !layers.has(name))) {
        const beside = `/tiles/vector/${other}/${here}`;
        expect(await tile(behindPrefix(id), beside)).toEqual(await tile(inCity, beside));
      }
      // Cells are 256 m; the sample reaches 400 m from its origin.
      const away: Geometry = {
        type: 'Point',
        coordinates: [SAMPLE_ORIGIN.easting - 2_000, SAMPLE_ORIGIN.northing - 2_000],
      };
      const [far = ''] = tilesOver('EPSG2177', away);
      expect(await tile(behindPrefix(id), `/tiles/vector/${layer}/${far}`)).toEqual(
        await tile(inCity, `/tiles/vector/${layer}/${far}`),
      );
    }
  });

  it('the catalogue counts what is there', async () => {
    const countOf = async (ask: Ask, layer: string) => {
      const { layers } = (await (await ask('/api/layers')).json()) as {
        layers: { name: string; status: { count: number } }[];
      };
      return layers.find(({ name }) => name === layer)?.status.count ?? Number.NaN;
    };
    for (const layer of new Set(objects.map((object) => object.layer))) {
      const own = objects.filter((object) => object.layer === layer);
      const added = own.filter(({ change }) => change === 'added').length;
      const removed = own.filter(({ change }) => change === 'removed').length;
      const [now, base] = [await countOf(behindPrefix(id), layer), await countOf(inCity, layer)];
      expect([layer, now]).toEqual([layer, base + added - removed]);
    }
  });
});

/** Where an object is and was: a box around both. */
function placeOf(...states: readonly (Feature | undefined)[]): Geometry {
  const shapes = states.flatMap((state) => state?.geometry ?? []);
  const [only, ...others] = shapes;
  if (only && others.every((other) => JSON.stringify(other) === JSON.stringify(only))) return only;
  const boxes = shapes.flatMap((shape) => bboxOf(shape, 2177) ?? []);
  const [minX, minY, maxX, maxY] = [
    Math.min(...boxes.map((box) => box.minX)),
    Math.min(...boxes.map((box) => box.minY)),
    Math.max(...boxes.map((box) => box.maxX)),
    Math.max(...boxes.map((box) => box.maxY)),
  ];
  const ring = [
    [minX, minY],
    [maxX, minY],
    [maxX, maxY],
    [minX, maxY],
    [minX, minY],
  ] as const;
  return { type: 'Polygon', coordinates: [ring] };
}

/** Links within a document name the state by its address. */
const withoutAddresses = (shown: string | undefined): string | undefined =>
  shown?.replaceAll(/\/s\/[a-z2-7]{20}/g, '').replaceAll(/[?&]scenario=[a-z2-7]{20}/g, '');

it('every layer that edits can change is changed by some kind of them, at every door that it suits', () => {
  const doorsOf = (layer: string) => SCENARIO_DOORS.filter((door) => door.suits(declarationOf(layer)));
  for (const { layer } of CITY) expect([layer, doorsOf(layer).length >= 8]).toEqual([layer, true]);
});

it('the city itself is read by statements that know nothing of scenarios', () => {
  for (const register of REGISTERS) {
    const layer = { ...register, dataset: 'city', srid: 2177 };
    for (const view of [{ who: ANONYMOUS }, { who: ANONYMOUS, at: new Date('2026-01-01T00:00:00Z') }]) {
      const relation = relationFor(layer, view);
      if (relation) expect(rowsOf(relation).parts.join()).not.toMatch(/scenario/);
    }
  }
});

it('every object of the sample lies where the far tile does not', () => {
  for (const { geometry } of CITY) {
    const box = geometry && bboxOf(geometry, 2177);
    expect(box && box.minX > SAMPLE_ORIGIN.easting - 1_000).toBe(true);
  }
});

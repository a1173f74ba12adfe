/** Critical detail of networks: told to staff and who works there, to nobody else, while every object stays. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { REGISTERS } from '../../core/catalogue/catalogue.ts';
import type { Feature, PropertyValue } from '../../core/feature/feature.ts';
import type { CriticalDetail, Layer, LayerDeclaration } from '../../core/feature/layer.ts';
import { memorySource } from '../../core/feature/memory-source.ts';
import type { FeatureQuery } from '../../core/feature/query.ts';
import type { FeatureSource } from '../../core/feature/source.ts';
import type { Filter } from '../../core/filter/ast.ts';
import { guardedSource } from '../../server/access/guarded-source.ts';
import { ANONYMOUS, type Identity } from '../../server/access/identity.ts';
import type { ScenarioState, View } from '../../server/access/view.ts';
import { postgisSource } from '../../server/store/features.ts';
import { layerOf } from '../../server/store/layers.ts';
import { PUBLIC_ROLE, preparePublicRole } from '../../server/store/public-role.ts';
import { relationFor } from '../../server/store/relation.ts';
import { sql } from '../../server/store/sql.ts';
import { studiedRows } from '../../server/store/studied-city.ts';
import { type TestDatabase, testDatabase } from '../support/database.ts';
import { editedInto } from '../support/edited-city.ts';
import { fill } from '../support/filled-database.ts';

const STAFF: Identity = { who: 'clerk', roles: ['public', 'staff'] };
const NETWORKS: Identity = { who: 'siec-1', roles: ['public', 'networks'] };
const signal = new AbortController().signal;

type Kept = LayerDeclaration & { readonly critical: CriticalDetail };
const KEPT = REGISTERS.filter((register): register is Kept => register.critical !== undefined);
const LAYERS: readonly Layer[] = KEPT.map((register) => layerOf(register, 'city', 2177));

/** What critical objects hold where it is not told, and what others hold there. */
const SECRET = { text: 'TAJNE-7391', integer: 7391, number: 7391.25 } as const;
const PLAIN = { text: 'jawne', integer: 110, number: 1.5 } as const;

function objectOf(
  register: Kept,
  index: number,
  conditions: Readonly<Record<string, PropertyValue>>,
): Feature {
  const [isSecret, e] = [index >= 0, 6_427_010 + 10 * index];
  const values = register.properties.flatMap(({ name, type }) => {
    if (!register.critical.properties.includes(name)) return [];
    if (type !== 'text' && type !== 'integer' && type !== 'number') throw new Error(`${name}: ${type}`);
    return [[name, (isSecret ? SECRET : PLAIN)[type]] as const];
  });
  const from = [e, 5_808_010] as const;
  return {
    layer: register.name,
    id: isSecret ? `critical-${index}` : 'plain',
    geometry:
      register.geometryType === 'Point'
        ? { type: 'Point', coordinates: from }
        : { type: 'LineString', coordinates: [from, [e + 9, 5_808_019]] },
    properties: { ...Object.fromEntries(values), ...conditions },
  };
}

/** Each value of each condition once, the others as their first. */
const critical = (register: Kept): readonly Feature[] =>
  register.critical.objects
    .flatMap((conditions) =>
      Object.entries(conditions).flatMap(([name, values]) =>
        values.map((value) => ({
          ...Object.fromEntries(Object.entries(conditions).map(([each, [first = null]]) => [each, first])),
          [name]: value,
        })),
      ),
    )
    .map((conditions, index) => objectOf(register, index, conditions));
const plain = (register: Kept): Feature =>
  objectOf(register, -1, {
    network: 'sewer',
    ...(register.name === 'utility_devices' && { kind: 'manhole' }),
  });
const OBJECTS = KEPT.flatMap((register) => [plain(register), ...critical(register)]);

const ask = async (source: FeatureSource, query: FeatureQuery): Promise<readonly Feature[]> => {
  const rows: Feature[] = [];
  for await (const row of source.query(query, signal)) rows.push(row);
  return rows;
};

it('is declared of lines, devices and heights, on properties that the public may see', () => {
  expect(KEPT.map(({ name }) => name)).toEqual(['utility_lines', 'utility_devices', 'utility_elevations']);
  for (const {
    properties,
    critical: { objects, properties: kept },
  } of KEPT) {
    const told = properties.filter(({ audience }) => audience !== 'staff');
    const texts = told.filter(({ type }) => type === 'text').map(({ name }) => name);
    expect(told.map(({ name }) => name)).toEqual(expect.arrayContaining([...kept]));
    expect(texts).toEqual(expect.arrayContaining(objects.flatMap((conditions) => Object.keys(conditions))));
    for (const conditions of objects) {
      for (const [name, values] of Object.entries(conditions)) {
        const codes = properties.find((each) => each.name === name)?.codelist?.map(({ code }) => code);
        expect(codes).toEqual(expect.arrayContaining(values.filter((value) => value !== null)));
        // What says that an object is critical must not be empty where it is.
        expect(kept).not.toContain(name);
      }
    }
  }
});

describe.each([
  ['memory'],
  ['the city now, public role'],
  ['the city of a moment, public role'],
  ['a scenario, public role'],
] as const)('critical detail: %s', (where) => {
  let database: TestDatabase | undefined;
  let seenBy: (who: Identity) => FeatureSource;
  beforeAll(async () => {
    if (where === 'memory') {
      seenBy = (who) => guardedSource(memorySource(LAYERS, OBJECTS), who);
      return;
    }
    database = await testDatabase();
    let state: { at: Date } | { scenario: ScenarioState } | object = {};
    if (where === 'a scenario, public role') state = { scenario: await editedInto(database.pool, OBJECTS) };
    else await fill(database.pool, OBJECTS);
    if (where === 'the city of a moment, public role') state = { at: new Date(Date.now() + 60_000) };
    await preparePublicRole(database.pool);
    const pool = database.openAnother({ role: PUBLIC_ROLE });
    seenBy = (who) =>
      postgisSource(
        pool,
        async () => LAYERS,
        (layer) => relationFor(layer, { who, ...state } as View),
      );
  });
  afterAll(() => database?.drop());

  describe.each(KEPT.map((register) => [register.name, register] as const))('%s', (layer, register) => {
    const secrets = critical(register);

    it('is whole for staff and who works with networks', async () => {
      for (const who of [STAFF, NETWORKS]) {
        const rows = await ask(seenBy(who), { layer });
        expect(rows.filter(({ properties }) => JSON.stringify(properties).includes('7391'))).toHaveLength(
          secrets.length,
        );
        const known = (await seenBy(who).layers()).find(({ name }) => name === layer);
        expect([known?.critical, known?.description]).toEqual([undefined, register.description]);
      }
    });

    it('is null for the public, who still hear of every object and that something is withheld', async () => {
      const source = seenBy(ANONYMOUS);
      const rows = await ask(source, { layer });
      expect(rows.map(({ id }) => id)).toEqual((await ask(seenBy(STAFF), { layer })).map(({ id }) => id));
      const one = await source.byId(layer, 'critical-0', undefined, signal);
      const some = await ask(source, { layer, properties: register.critical.properties });
      expect(JSON.stringify([rows, one, some])).not.toContain('7391');
      for (const { id, geometry, properties } of rows) {
        expect(geometry).toBeDefined();
        const told = register.critical.properties.map((name) => properties[name] !== null);
        expect([id, ...new Set(told)]).toEqual([id, id === 'plain']);
      }
      const known = (await source.layers()).find(({ name }) => name === layer);
      expect(known?.description.en).toContain(register.critical.note.en);
    });

    it.each(register.critical.properties.map((name) => [name]))(
      '%s is found by no filter or order',
      async (name) => {
        const source = seenBy(ANONYMOUS);
        const type = register.properties.find((each) => each.name === name)?.type as keyof typeof SECRET;
        const property = { property: name };
        const about: readonly Filter[] = [
          { op: 'compare', operator: '=', ...property, value: SECRET[type] },
          { op: 'compare', operator: '>=', ...property, value: SECRET[type] },
          { op: 'not', arg: { op: 'compare', operator: '=', ...property, value: PLAIN[type] } },
          { op: 'in', ...property, values: [SECRET[type]] },
          { op: 'between', ...property, lower: SECRET[type], upper: SECRET[type] },
          {
            op: 'and',
            args: [
              { op: 'ids', ids: ['critical-0'] },
              { op: 'not', arg: { op: 'is-null', ...property } },
            ],
          },
        ];
        for (const filter of type === 'text' ? about.filter(({ op }) => op !== 'between') : about) {
          if (where === 'memory') {
            await expect(source.count({ layer, filter }, signal)).rejects.toMatchObject({
              kind: 'not-supported',
            });
            continue;
          }
          // Capital letters come before small ones.
          const isAboveAll = type === 'text' && filter.op === 'compare' && filter.operator === '>=';
          const found = (await ask(source, { layer, filter })).map(({ id }) => id);
          expect([filter, found]).toEqual([filter, isAboveAll ? ['plain'] : []]);
          expect(await source.count({ layer, filter }, signal)).toBe(found.length);
          expect(await seenBy(STAFF).count({ layer, filter }, signal)).toBeGreaterThan(found.length);
        }
        for (const descending of [false, true]) {
          const sorted = ask(source, { layer, sort: [{ property: name, descending }], limit: 1 });
          if (where === 'memory') await expect(sorted).rejects.toMatchObject({ kind: 'not-supported' });
          else expect((await sorted).map(({ id }) => id)).toEqual(['plain']);
        }
      },
    );
  });

  if (where !== 'the city now, public role') return;
  it('is there for checks of parcels, who put out none of it', async () => {
    const rows = studiedRows({ layers: LAYERS, view: { who: ANONYMOUS } }, 'utility_lines');
    const found = await database?.pool.read(sql`select max(diameter_mm) as most from ${rows} as state`);
    expect(found).toEqual([{ most: SECRET.integer }]);
  });
});

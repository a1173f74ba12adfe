/** What the public must never see, for every layer that has such a thing, however it asks. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { REGISTERS } from '../../core/catalogue/catalogue.ts';
import { TwinError } from '../../core/errors.ts';
import type { Feature, PropertyValue } from '../../core/feature/feature.ts';
import type { Layer, LayerDeclaration, PropertyDeclaration } from '../../core/feature/layer.ts';
import { memorySource } from '../../core/feature/memory-source.ts';
import type { FeatureQuery } from '../../core/feature/query.ts';
import type { FeatureSource } from '../../core/feature/source.ts';
import type { Filter } from '../../core/filter/ast.ts';
import type { Geometry, GeometryType } from '../../core/geo/geometry.ts';
import { guardedSource } from '../../server/access/guarded-source.ts';
import { ANONYMOUS, type Identity } from '../../server/access/identity.ts';
import { PUBLIC_VIEW } from '../../server/access/view.ts';
import { postgisSource } from '../../server/store/features.ts';
import { layerOf } from '../../server/store/layers.ts';
import { PUBLIC_ROLE, preparePublicRole } from '../../server/store/public-role.ts';
import { PERSONAL, tableOf } from '../../server/store/register-table.ts';
import { relationFor } from '../../server/store/relation.ts';
import { sql } from '../../server/store/sql.ts';
import { type TestDatabase, testDatabase } from '../support/database.ts';
import { fill } from '../support/filled-database.ts';

const STAFF: Identity = { who: 'clerk', roles: ['public', 'staff'] };
const signal = new AbortController().signal;
/** Stands in every property that the public may not see, and nowhere else. */
const SECRET = { text: 'TAJNE-7391', integer: 7391, number: 7391.25, boolean: true } as const;
const [E, N] = [6_427_010, 5_808_010] as const;

const SHAPES: Partial<Record<GeometryType, Geometry>> = {
  Point: { type: 'Point', coordinates: [E, N] },
  LineString: {
    type: 'LineString',
    coordinates: [
      [E, N],
      [E + 9, N + 9],
    ],
  },
  MultiLineString: {
    type: 'MultiLineString',
    coordinates: [
      [
        [E, N],
        [E + 9, N + 9],
      ],
    ],
  },
  MultiPolygon: {
    type: 'MultiPolygon',
    coordinates: [
      [
        [
          [E, N],
          [E + 9, N],
          [E + 9, N + 9],
          [E, N],
        ],
      ],
    ],
  },
};

const isHidden = (property: PropertyDeclaration, layer: LayerDeclaration): boolean =>
  layer.audience === 'staff' || property.audience === 'staff';

/** One object of the layer: secrets where the public may not look, plain values elsewhere. */
function objectOf(layer: LayerDeclaration): Feature {
  const geometry = SHAPES[layer.geometryType];
  if (geometry === undefined) throw new Error(`no shape for ${layer.name}`);
  const properties: Record<string, PropertyValue> = {};
  for (const property of layer.properties) {
    if (property.type === 'date' || property.type === 'datetime') continue;
    if (isHidden(property, layer)) properties[property.name] = SECRET[property.type];
    else if (property.type === 'text') properties[property.name] = property.codelist?.[0]?.code ?? 'plain';
  }
  return { layer: layer.name, id: `${layer.name}-1`, geometry, properties };
}

const LAYERS: readonly Layer[] = REGISTERS.map((register) => layerOf(register, 'city', 2177));
const WITH_SECRETS = LAYERS.filter(
  (layer) => layer.derivedFrom === undefined && layer.properties.some((each) => isHidden(each, layer)),
);
const OBJECTS = WITH_SECRETS.map(objectOf);
const HIDDEN = WITH_SECRETS.filter(({ audience }) => audience !== 'staff').flatMap((layer) =>
  layer.properties
    .filter((property) => isHidden(property, layer))
    .map((property) => [layer.name, property.name, property] as const),
);
const HIDDEN_LAYERS = WITH_SECRETS.filter(({ audience }) => audience === 'staff').map((layer) => [
  layer.name,
]);

const refusalOf = async (asking: Promise<unknown>): Promise<TwinError> => {
  const error = await asking.then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  if (error instanceof TwinError) return error;
  throw new Error(`expected a refusal, got ${error === undefined ? 'an answer' : String(error)}`);
};

/** Every way to ask for, about or by a property. */
function waysToAsk({
  name,
  type,
}: Pick<PropertyDeclaration, 'name' | 'type'>): readonly Partial<FeatureQuery>[] {
  const value = type === 'date' || type === 'datetime' ? '2024-01-01' : SECRET[type];
  const filters: readonly Filter[] = [
    { op: 'is-null', property: name },
    { op: 'compare', operator: '=', property: name, value },
    { op: 'compare', operator: '<>', property: name, value },
    { op: 'in', property: name, values: [value] },
    ...(type === 'text' ? [{ op: 'like', property: name, pattern: 'TAJ%' } as const] : []),
  ];
  const buried: Filter = {
    op: 'or',
    args: [
      { op: 'ids', ids: ['x'] },
      { op: 'not', arg: { op: 'and', args: [{ op: 'is-null', property: name }] } },
    ],
  };
  return [
    { properties: [name] },
    { sort: [{ property: name }] },
    { sort: [{ property: name, descending: true }], limit: 1, offset: 1 },
    ...[...filters, buried].map((filter) => ({ filter })),
  ];
}

describe('the catalogue', () => {
  it('has layers and properties for staff, so that the cases below are not empty', () => {
    expect(HIDDEN.map(([layer, property]) => `${layer}.${property}`)).toEqual(
      expect.arrayContaining(['parcels.register_group', 'trees.inspection_note']),
    );
    expect(HIDDEN_LAYERS.flat()).toEqual(['building_residents']);
  });

  it('declares nothing by which a person, an owner or a land register could be found for the public', () => {
    const personal =
      /owner|pesel|resident|household|contact|phone|e_?mail|land_register|(^|_)kw($|_)|first_name|surname/;
    const shown = LAYERS.filter(({ audience }) => audience !== 'staff').flatMap((layer) =>
      layer.properties
        .filter(({ name, audience }) => audience !== 'staff' && personal.test(name))
        .map(({ name }) => `${layer.name}.${name}`),
    );
    // The organisation that takes the road, as its permit says; whether a facility is of the city or private; and
    // aggregates above the disclosure threshold, the census as its office publishes it.
    expect(shown).toEqual([
      ...['obstructions.owner', 'facilities.ownership', 'population_cells.residents'],
      ...['census_cells.residents', 'population_forecasts.residents'],
    ]);
  });
});

describe.each([
  ['memory', 'guarded outside'],
  ['PostGIS', 'guarded outside'],
  ['PostGIS', 'guarded relation, public role'],
] as const)('hidden from the public: %s, %s', (where, how) => {
  let database: TestDatabase | undefined;
  let forPublic: FeatureSource;
  let forStaff: FeatureSource;
  beforeAll(async () => {
    if (where === 'memory') {
      const source = memorySource(LAYERS, OBJECTS);
      [forPublic, forStaff] = [guardedSource(source, ANONYMOUS), guardedSource(source, STAFF)];
      return;
    }
    database = await testDatabase();
    await fill(database.pool, OBJECTS);
    const layers = async () => LAYERS;
    const plain = postgisSource(database.pool, layers);
    forStaff = guardedSource(plain, STAFF);
    forPublic = guardedSource(plain, ANONYMOUS);
    if (how === 'guarded outside') return;
    expect((await preparePublicRole(database.pool)).role).toBe(PUBLIC_ROLE);
    const publicPool = database.openAnother({ role: PUBLIC_ROLE });
    forPublic = postgisSource(publicPool, layers, (layer) => relationFor(layer, PUBLIC_VIEW));
  });
  afterAll(() => database?.drop());

  const ask = async (source: FeatureSource, query: FeatureQuery): Promise<readonly Feature[]> => {
    const rows: Feature[] = [];
    for await (const row of source.query(query, signal)) rows.push(row);
    return rows;
  };

  it('nothing of it is in the schema, nor in the style that would draw it', async () => {
    const layers = await forPublic.layers();
    expect(layers.map(({ name }) => name)).toEqual(
      LAYERS.filter(({ audience }) => audience !== 'staff').map(({ name }) => name),
    );
    for (const [layerName, property] of HIDDEN) {
      const layer = layers.find(({ name }) => name === layerName);
      expect(layer?.properties.map(({ name }) => name)).not.toContain(property);
      expect(JSON.stringify(layer?.style)).not.toContain(`"${property}"`);
    }
  });

  it.each(WITH_SECRETS.filter(({ audience }) => audience !== 'staff').map(({ name }) => [name]))(
    'no answer about %s holds a secret, which staff do see',
    async (layer) => {
      const [id] = (await ask(forStaff, { layer })).map((each) => each.id);
      expect(JSON.stringify(await ask(forStaff, { layer }))).toContain('TAJNE');
      const shown = [
        await ask(forPublic, { layer }),
        await forPublic.byId(layer, id ?? '', undefined, signal),
      ];
      expect(shown[0]).toHaveLength(1);
      expect(JSON.stringify(shown)).not.toMatch(/TAJNE|7391/);
    },
  );

  it.each(HIDDEN)(
    '%s.%s cannot be told from a property that is not there',
    async (layer, hidden, property) => {
      for (const more of waysToAsk(property)) {
        const query = { layer, ...more };
        const unknown: FeatureQuery = JSON.parse(
          JSON.stringify(query).replaceAll(`"${hidden}"`, '"nonsense"'),
        );
        for (const asked of [ask, (source: FeatureSource, one: FeatureQuery) => source.count(one, signal)]) {
          // A count does not look at what would be put out.
          if (asked !== ask && more.filter === undefined) continue;
          const refused = await refusalOf(asked(forPublic, query));
          const asUnknown = await refusalOf(asked(forPublic, unknown));
          expect([more, refused.kind]).toEqual([more, asUnknown.kind]);
          expect(refused.message).toBe(asUnknown.message.replaceAll('nonsense', hidden));
        }
        expect(await ask(forStaff, query)).toBeInstanceOf(Array);
      }
    },
  );

  it.each(HIDDEN_LAYERS)('the layer %s cannot be told from one that is not there', async (layer) => {
    expect(await forStaff.count({ layer }, signal)).toBe(1);
    const ways: readonly ((name: string) => Promise<unknown>)[] = [
      (name) => ask(forPublic, { layer: name }),
      (name) => forPublic.count({ layer: name }, signal),
      (name) => forPublic.byId(name, `${layer}-1`, undefined, signal),
      (name) => ask(forPublic, { layer: name, properties: ['residents'], sort: [{ property: 'residents' }] }),
    ];
    for (const way of ways) {
      const refused = await refusalOf(way(layer));
      const asUnknown = await refusalOf(way('nonsense'));
      expect(refused.kind).toBe('not-found');
      expect(refused.message).toBe(asUnknown.message.replaceAll('nonsense', layer));
    }
  });
});

describe('the database role of the public', () => {
  let database: TestDatabase;
  beforeAll(async () => {
    database = await testDatabase();
    await fill(database.pool, OBJECTS);
    await preparePublicRole(database.pool);
  });
  afterAll(() => database.drop());

  it.each(HIDDEN_LAYERS)('cannot read %s by any SQL', async (name) => {
    const layer = LAYERS.find((each) => each.name === name);
    if (!layer) return expect.unreachable();
    const pool = database.openAnother({ role: PUBLIC_ROLE });
    const table = tableOf(layer);
    for (const statement of [
      sql`select * from ${table}`,
      sql`select 1 from ${table} limit 1`,
      sql`select count(*) from ${table}`,
      sql`with all_of_it as (select * from ${table}) select sum(residents) from all_of_it`,
      sql`explain analyze select * from ${table}`,
      sql`copy ${table} to stdout`,
    ]) {
      const refused = await refusalOf(pool.read(statement));
      expect([statement.parts[0], refused.cause]).toMatchObject([statement.parts[0], { code: '42501' }]);
    }
  });

  it('has no right in the personal schema and on none of its tables, columns or sequences', async () => {
    const [schema] = await database.pool.read(
      sql`select has_schema_privilege(${PUBLIC_ROLE}::text, ${PERSONAL}::text, 'usage, create') as any`,
    );
    expect(schema).toEqual({ any: false });
    const rights = await database.pool.read<{ name: string; any: boolean }>(
      sql`select relname as name, case relkind
          when 'S' then has_sequence_privilege(${PUBLIC_ROLE}::text, pg_class.oid, 'usage, select, update')
          else has_any_column_privilege(${PUBLIC_ROLE}::text, pg_class.oid, 'select, insert, update, references') end as any
        from pg_class join pg_namespace on pg_namespace.oid = relnamespace
        where nspname = ${PERSONAL}::text and relkind in ('r', 'v', 'm', 'S', 'p')`,
    );
    expect(rights.length).toBeGreaterThan(0);
    expect(rights.filter(({ any }) => any)).toEqual([]);
  });
});

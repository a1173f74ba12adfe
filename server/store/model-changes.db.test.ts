/** Change sets of the 3D model: buildings become built, are split, merged, given another body and demolished. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { blockBody } from '../../core/building/body.ts';
import { BUILDINGS_3D } from '../../core/catalogue/buildings-3d.ts';
import { TwinError } from '../../core/errors.ts';
import type { Feature, PropertyValue } from '../../core/feature/feature.ts';
import type { Ring } from '../../core/geo/geometry.ts';
import {
  modelChangeAnswerSchema,
  modelChangeQuerySchema,
  modelChangeSetSchema,
} from '../../core/wire/model-change.ts';
import { type TestDatabase, testDatabase } from '../../test/support/database.ts';
import { fill } from '../../test/support/filled-database.ts';
import { EGM96 } from '../../tiles/terrain/egm96.ts';
import { BUILDING_TILING, tilesetSource } from '../../tiles/tileset/tileset-source.ts';
import { ANONYMOUS } from '../access/identity.ts';
import type { View } from '../access/view.ts';
import { postgisBuildings } from './building-tiles.ts';
import { storeVersions } from './dataset-versions.ts';
import { postgisSource } from './features.ts';
import { layersOf } from './layers.ts';
import { storeModelChanges } from './model-changes.ts';
import { relationFor } from './relation.ts';

const STAFF: View = { who: { who: 'steward', roles: ['public', 'staff'] } };
const WEST = 6_427_000;
const SOUTH = 5_806_500;
const never = new AbortController().signal;

const box = (x: number, y: number, width: number, depth: number): Ring =>
  [
    [x, y],
    [x + width, y],
    [x + width, y + depth],
    [x, y + depth],
    [x, y],
  ].map(([e = 0, n = 0]) => [WEST + e, SOUTH + n] as const);

function building(id: string, outline: Ring, given: Readonly<Record<string, PropertyValue>> = {}): Feature {
  const { faces, kinds } = blockBody([outline], 60, 6);
  const own = {
    lod: 1,
    state: 'built',
    height_m: 6,
    ground_height_m: 60,
    storeys_above: 2,
    surface_kinds: kinds,
    ...given,
  };
  return {
    layer: 'buildings_3d',
    id,
    geometry: { type: 'MultiPolygon', coordinates: faces },
    properties: Object.fromEntries(
      BUILDINGS_3D.properties.map(({ name }) => [name, own[name as keyof typeof own] ?? null]),
    ),
  };
}

const SOURCED = { source: 'Operat P.3064.2026.77', accuracyM: 0.1, accuracyBasis: 'survey' };

describe('the 3D model', () => {
  let database: TestDatabase;
  let sets = 0;
  beforeAll(async () => {
    database = await testDatabase();
  });
  afterAll(() => database.drop());

  const model = () => storeModelChanges(database.pool, layersOf(database.pool));
  const apply = (changes: readonly object[], more: object = {}, isPreview = false) =>
    model().apply(modelChangeSetSchema.parse({ id: `set-${++sets}`, changes, ...more }), STAFF, isPreview);
  const found = async (id: string, view: View = STAFF) => {
    const source = postgisSource(database.pool, layersOf(database.pool), (layer) => relationFor(layer, view));
    return source.byId('buildings_3d', id, undefined, never);
  };
  const refusal = async (changes: readonly object[], more: object = {}) => {
    const error = await apply(changes, more).catch((reason: unknown) => reason);
    if (!(error instanceof TwinError)) throw new Error(`not refused: ${JSON.stringify(error)}`);
    return [error.kind, error.parameter];
  };
  const changed = async (from: number) => {
    const versions = storeVersions(() => database.pool, database.pool, layersOf(database.pool));
    const query = { from, dataset: 'city', limit: 100 } as const;
    const { changes } = await versions.changes(query, STAFF, undefined, never);
    return changes.map(({ id, change }) => [id, change]);
  };

  it('turns a design into what is built, and keeps what was', async () => {
    await fill(database.pool, [building('d1', box(0, 0, 10, 10), { state: 'designed' })]);
    const before = new Date();
    await new Promise((resolve) => setTimeout(resolve, 5));
    const answer = await apply([
      {
        op: 'state',
        building: 'd1',
        state: 'built',
        since: '2026-11-20',
        registerId: '306401_1.0021.7_BUD',
        ...SOURCED,
      },
    ]);
    expect(modelChangeAnswerSchema.parse(answer)).toEqual(answer);
    expect((await found('d1'))?.properties).toMatchObject({
      ...{ state: 'built', state_since: '2026-11-20', geometry_source: SOURCED.source, accuracy_m: 0.1 },
      ...{ accuracy_basis: 'survey', building_id: '306401_1.0021.7_BUD', height_m: 6 },
    });
    expect((await found('d1', { ...STAFF, at: before }))?.properties['state']).toBe('designed');
    expect(await changed((answer.version ?? 0) - 1)).toEqual([['d1', 'changed']]);
  });

  it('splits by a line, merges again, and replaces a body', async () => {
    await fill(database.pool, [
      building('whole', box(50, 0, 20, 10), { building_id: '306401_1.0021.8_BUD' }),
    ]);
    const line = [
      [WEST + 55, SOUTH - 1],
      [WEST + 55, SOUTH + 11],
    ];
    const split = await apply([
      {
        op: 'split',
        building: 'whole',
        line,
        parts: [{ id: 'west' }, { id: 'east', registerId: '306401_1.0021.9_BUD' }],
        ...SOURCED,
      },
    ]);
    expect(split.results[0]?.after.map(({ id, groundM2, volumeM3 }) => [id, groundM2, volumeM3])).toEqual([
      ['west', 50, 300],
      ['east', 150, 900],
    ]);
    expect(await found('whole')).toBeUndefined();
    expect((await found('west'))?.properties).toMatchObject({ building_id: null, storeys_above: 2 });
    expect(await changed((split.version ?? 0) - 1)).toEqual([
      ['east', 'added'],
      ['west', 'added'],
      ['whole', 'removed'],
    ]);
    const merged = await apply([
      { op: 'merge', buildings: ['east', 'west'], into: 'east', source: 'Wizja w terenie' },
    ]);
    expect(merged.results[0]?.after).toMatchObject([{ id: 'east', groundM2: 200, volumeM3: 1200 }]);
    const body = { outline: [box(50, 0, 20, 10)], groundM: 60.5, heightM: 9 };
    await apply([{ op: 'replace', building: 'east', body, source: 'Nalot 2026' }]);
    expect((await found('east'))?.properties).toMatchObject({
      ...{ height_m: 9, ground_height_m: 60.5, lod: 1, accuracy_m: null, geometry_source: 'Nalot 2026' },
    });
    const { changeSets } = await model().list(modelChangeQuerySchema.parse({ building: 'west' }), never);
    expect(changeSets.map(({ version }) => version)).toEqual([merged.version, split.version]);
  });

  it('draws no demolished building, and leaves all other tiles as they were', async () => {
    await fill(database.pool, [
      building('gone', box(100, 0, 10, 10)),
      ...[1, 2, 3].map((n) => building(`far-${n}`, box(100 + 900 * n, 0, 10, 10))),
    ]);
    const tiles = () => tilesetSource(postgisBuildings(database.pool, layersOf(database.pool), STAFF), EGM96);
    const etags = async () => {
      const layer = { name: 'buildings_3d' };
      const store = postgisBuildings(database.pool, layersOf(database.pool), STAFF);
      const cells = await store.extents((await store.layer(layer.name)) as never, never);
      const made = cells.map(async ({ z, x, y }) => {
        const tile = await tiles().get({ layer: layer.name, grid: BUILDING_TILING, z, x, y }, never);
        return [`${z}/${x}/${y}`, typeof tile === 'object' ? tile.etag : tile] as const;
      });
      return new Map(await Promise.all(made));
    };
    const before = await etags();
    await apply([
      { op: 'state', building: 'gone', state: 'demolished', since: '2026-10-01', source: 'Decyzja 5/2026' },
    ]);
    const after = await etags();
    const differ = [...before].filter(([cell, etag]) => after.get(cell) !== etag);
    expect(differ).toHaveLength(1);
    expect(before.size).toBeGreaterThan(2);
    expect((await found('gone'))?.properties).toMatchObject({
      state: 'demolished',
      state_since: '2026-10-01',
    });
    expect(
      await refusal([{ op: 'state', building: 'gone', state: 'built', since: '2026-10-02', ...SOURCED }]),
    ).toEqual(['conflict', 'changes.0.building']);
  });

  it('does a set whole or not at all, once, and a preview not at all', async () => {
    await fill(database.pool, [building('n1', box(200, 0, 10, 10), { state: 'designed' })]);
    const built = { op: 'state', building: 'n1', state: 'built', since: '2026-11-01', ...SOURCED };
    expect(await refusal([built, { ...built, building: 'nobody' }])).toEqual([
      'not-found',
      'changes.1.building',
    ]);
    const preview = await apply([built], {}, true);
    expect([preview.isPreview, preview.version, preview.results[0]?.after[0]?.state]).toEqual([
      true,
      null,
      'built',
    ]);
    expect((await found('n1'))?.properties['state']).toBe('designed');
    const done = await apply([built], { id: 'mine' });
    const again = await apply([built], { id: 'mine' });
    expect(again).toEqual({ ...done, isRepeated: true });
    expect(await refusal([{ ...built, since: '2026-11-02' }], { id: 'mine' })).toEqual(['conflict', 'id']);
    await expect(
      model().apply(modelChangeSetSchema.parse({ id: 'x', changes: [built] }), { who: ANONYMOUS }, false),
    ).rejects.toMatchObject({ kind: 'unauthenticated' });
  });

  it('refuses what cannot stand, naming the member', async () => {
    await fill(database.pool, [
      building('a', box(300, 0, 10, 10)),
      building('b', box(310, 0, 10, 10)),
      building('plan', box(305, 0, 10, 10), { state: 'designed' }),
    ]);
    const block = (x: number, width: number, more: object = {}) => ({
      ...{ outline: [box(x, 0, width, 10)], groundM: 60, heightM: 6, ...more },
    });
    const replace = (body: object) => ({ op: 'replace', building: 'a', body, source: 's' });
    const open = blockBody([box(300, 0, 10, 10)], 60, 6).faces.slice(1);
    const inward = blockBody([box(300, 0, 10, 10)], 60, 6).faces.map((face) =>
      face.map((ring) => ring.toReversed()),
    );
    const state = (to: string, more: object = {}) => ({
      op: 'state',
      building: 'plan',
      state: to,
      since: '2026-01-01',
      source: 's',
      ...more,
    });
    const parts = (widthA: number, widthB: number) => ({
      ...{ op: 'split', building: 'a', source: 's' },
      parts: [
        { id: 'p1', body: block(300, widthA) },
        { id: 'p2', body: block(300 + widthA, widthB) },
      ],
    });
    for (const [change, kind, parameter] of [
      [replace(block(300, 12)), 'conflict', 'changes.0'],
      [replace(block(300, 10, { heightM: 900 })), 'invalid-parameter', 'changes.0.body.heightM'],
      [replace({ faces: open }), 'invalid-parameter', 'changes.0.body.faces'],
      [replace({ faces: inward }), 'invalid-parameter', 'changes.0.body.faces'],
      [state('built'), 'conflict', 'changes.0'],
      [state('demolished'), 'conflict', 'changes.0.state'],
      [state('under_construction', { since: '2999-01-01' }), 'invalid-parameter', 'changes.0'],
      [parts(4, 4), 'conflict', 'changes.0.parts'],
      [parts(6, 6), 'conflict', 'changes.0'],
      [{ op: 'merge', buildings: ['a', 'b'], into: 'plan', source: 's' }, 'conflict', 'changes.0.into'],
      [
        { op: 'merge', buildings: ['a', 'plan'], into: 'a', source: 's' },
        'conflict',
        'changes.0.buildings.1',
      ],
    ] as const) {
      expect([change, await refusal([change])]).toEqual([change, [kind, parameter]]);
    }
    // The neighbour gives way in the same set, and the design stands where nothing else does.
    const { results } = await apply([
      { op: 'merge', buildings: ['a', 'b'], into: 'ab', body: block(300, 20), source: 's' },
      { op: 'state', building: 'ab', state: 'demolished', since: '2026-01-01', source: 's' },
      state('built'),
    ]);
    expect(results).toHaveLength(3);
  });
});

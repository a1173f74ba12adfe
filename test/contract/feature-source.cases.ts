/** What every FeatureSource must do, whatever it stands on. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { TwinError } from '../../core/errors.ts';
import type { Feature } from '../../core/feature/feature.ts';
import type { Layer } from '../../core/feature/layer.ts';
import type { FeatureQuery } from '../../core/feature/query.ts';
import type { FeatureSource } from '../../core/feature/source.ts';
import type { Filter, SpatialOperator } from '../../core/filter/ast.ts';
import { type Bbox, bboxOf, reprojectBbox } from '../../core/geo/bbox.ts';
import { reproject, SERVED_CRS } from '../../core/geo/crs.ts';
import { type Geometry, positionsOf } from '../../core/geo/geometry.ts';
import { SAMPLE_LAYERS, SAMPLE_ORIGIN, sampleFeatures, sampleParcelId } from '../support/sample-city.ts';

const PARCELS = 60;
/** Not for the public, as the catalogue declares. */
const STAFF_PROPERTY = 'register_group';

export const CONTRACT_LAYERS: readonly Layer[] = SAMPLE_LAYERS;
export const CONTRACT_FEATURES: readonly Feature[] = sampleFeatures(PARCELS);

export interface SourceUnderTest {
  readonly source: FeatureSource;
  /** Whether it shows `STAFF_PROPERTY`. */
  readonly showsStaffProperties: boolean;
  close(): Promise<void>;
}

const { easting: E, northing: N } = SAMPLE_ORIGIN;
const box = (minX: number, minY: number, maxX: number, maxY: number, srid = 2177): Bbox => ({
  minX,
  minY,
  maxX,
  maxY,
  srid,
});
const rectangle = (x0: number, y0: number, x1: number, y1: number): Geometry => ({
  type: 'Polygon',
  coordinates: [
    [
      [E + x0, N + y0],
      [E + x1, N + y0],
      [E + x1, N + y1],
      [E + x0, N + y1],
      [E + x0, N + y0],
    ],
  ],
});
const spatial = (operator: SpatialOperator, geometry: Geometry): Filter => ({
  op: 'spatial',
  operator,
  geometry,
  srid: 2177,
});
const parcelsOf = (...indexes: readonly number[]): string[] => indexes.map(sampleParcelId).sort();
const everyId = (layer: string): string[] =>
  CONTRACT_FEATURES.filter((feature) => feature.layer === layer)
    .map(({ id }) => id)
    .sort();

export function featureSourceCases(title: string, make: () => Promise<SourceUnderTest>): void {
  describe(`${title} as a feature source`, () => {
    let subject: SourceUnderTest;
    beforeAll(async () => {
      subject = await make();
    });
    afterAll(async () => {
      await subject?.close();
    });

    const rows = async (query: FeatureQuery, signal = new AbortController().signal): Promise<Feature[]> => {
      const all: Feature[] = [];
      for await (const feature of subject.source.query(query, signal)) all.push(feature);
      return all;
    };
    const ids = async (query: FeatureQuery): Promise<string[]> => (await rows(query)).map(({ id }) => id);
    const count = (query: FeatureQuery) => subject.source.count(query, new AbortController().signal);
    const filtered = (filter: Filter, layer = 'parcels') => ids({ layer, filter });
    const refusal = async (query: FeatureQuery): Promise<TwinError> => {
      const errors = await Promise.all([rows(query), count(query)].map((p) => p.catch((e: unknown) => e)));
      for (const error of errors) expect(error).toBeInstanceOf(TwinError);
      return errors[0] as unknown as TwinError;
    };

    it('names its layers', async () => {
      expect((await subject.source.layers()).map(({ name }) => name)).toEqual(
        CONTRACT_LAYERS.map(({ name }) => name),
      );
    });

    it('gives every object once, in the order of ids', async () => {
      for (const layer of ['parcels', 'buildings', 'buildings_3d']) {
        expect(await ids({ layer })).toEqual(everyId(layer));
        expect(await count({ layer })).toBe(everyId(layer).length);
      }
    });

    it('gives an object as it was put in', async () => {
      const wanted = CONTRACT_FEATURES.find(({ id }) => id === sampleParcelId(20));
      const [found] = await rows({ layer: 'parcels', filter: { op: 'ids', ids: [sampleParcelId(20)] } });
      expect(found?.geometry).toEqual(wanted?.geometry);
      const { [STAFF_PROPERTY]: hidden, ...open } = wanted?.properties ?? {};
      expect(found?.properties).toEqual(
        subject.showsStaffProperties ? { ...open, [STAFF_PROPERTY]: hidden } : open,
      );
    });

    it('keeps heights and holes', async () => {
      for (const layer of ['buildings', 'buildings_3d']) {
        const wanted = CONTRACT_FEATURES.find((feature) => feature.layer === layer);
        const [found] = await rows({ layer, filter: { op: 'ids', ids: [wanted?.id ?? ''] } });
        expect(found?.geometry).toEqual(wanted?.geometry);
      }
    });

    describe('byId', () => {
      const byId = (layer: string, id: string, srid?: number) =>
        subject.source.byId(layer, id, srid, new AbortController().signal);

      it('finds one object, in the CRS asked for', async () => {
        const [queried] = await rows({
          layer: 'parcels',
          srid: 4326,
          filter: { op: 'ids', ids: [sampleParcelId(7)] },
        });
        expect(await byId('parcels', sampleParcelId(7), 4326)).toEqual(queried);
      });

      it.each(['306401_1.0021.AR_10.99999', '', "'; drop table city.parcel; --", 'a\0b'])(
        'answers undefined for %j',
        async (id) => {
          expect(await byId('parcels', id)).toBeUndefined();
        },
      );

      it('refuses an unknown layer', async () => {
        await expect(byId('wells', 'x')).rejects.toMatchObject({ kind: 'not-found' });
      });
    });

    describe('filters', () => {
      it.each<[string, Filter, number]>([
        ['text equal', { op: 'compare', operator: '=', property: 'land_use', value: 'B' }, 15],
        ['text unequal', { op: 'compare', operator: '<>', property: 'land_use', value: 'B' }, 45],
        ['unequal skips null', { op: 'compare', operator: '<>', property: 'map_sheet', value: 'x' }, 30],
        ['null', { op: 'is-null', property: 'map_sheet' }, 30],
        [
          'not of unknown stays unknown',
          { op: 'not', arg: { op: 'compare', operator: '=', property: 'map_sheet', value: 'AR_10' } },
          0,
        ],
        ['compared with null', { op: 'compare', operator: '=', property: 'map_sheet', value: null }, 0],
        [
          'case ignored',
          {
            op: 'compare',
            operator: '=',
            property: 'land_use',
            value: 'riiiA & "ł" <Ź>',
            matchCase: false,
          },
          45,
        ],
        [
          'number as text',
          { op: 'compare', operator: '>=', property: 'registered_area_ha', value: '0.04' },
          60,
        ],
        [
          'moments by instant',
          {
            op: 'compare',
            operator: '=',
            property: 'version_since',
            value: '2010-06-01T10:30:00+02:00',
          },
          5,
        ],
        [
          'moments between',
          { op: 'between', property: 'version_since', lower: '2010-06-01', upper: '2011-06-01T08:30:00.5Z' },
          10,
        ],
        ['in', { op: 'in', property: 'parcel_number', values: ['1', 2, '99'] }, 2],
        ['in nothing', { op: 'in', property: 'parcel_number', values: [] }, 0],
        ['like any run', { op: 'like', property: 'parcel_number', pattern: '1%' }, 11],
        ['like one character', { op: 'like', property: 'parcel_number', pattern: '1_' }, 10],
        ['like escaped', { op: 'like', property: 'id', pattern: '306401\\_1.0021.AR\\_10.%/4' }, 6],
        ['like escaped wildcard', { op: 'like', property: 'id', pattern: '306401\\%' }, 0],
        ['like without case', { op: 'like', property: 'land_use', pattern: '%"ł"%', matchCase: false }, 45],
        ['like special characters', { op: 'like', property: 'land_use', pattern: 'R%.%' }, 0],
        ['id', { op: 'compare', operator: '=', property: 'id', value: sampleParcelId(3) }, 1],
        ['ids', { op: 'ids', ids: [sampleParcelId(3), sampleParcelId(4), 'no', 'a\0b'] }, 2],
        ['no ids', { op: 'ids', ids: [] }, 0],
        ['and of nothing', { op: 'and', args: [] }, 60],
        ['or of nothing', { op: 'or', args: [] }, 0],
        [
          'nested',
          {
            op: 'and',
            args: [
              { op: 'compare', operator: '=', property: 'land_use', value: 'B' },
              {
                op: 'or',
                args: [
                  { op: 'like', property: 'parcel_number', pattern: '1' },
                  { op: 'not', arg: { op: 'compare', operator: '<', property: 'parcel_number', value: '5' } },
                ],
              },
            ],
          },
          5,
        ],
      ])('understands %s', async (_, filter, expected) => {
        const found = await filtered(filter);
        expect(found).toHaveLength(expected);
        expect(await count({ layer: 'parcels', filter })).toBe(expected);
      });

      it('compares whole numbers', async () => {
        const filter: Filter = { op: 'compare', operator: '>', property: 'storeys_above', value: 3.5 };
        expect(await filtered(filter, 'buildings')).toHaveLength(8);
      });

      it.each<[SpatialOperator, Geometry, readonly number[]]>([
        ['intersects', rectangle(5, 5, 25, 10), [0, 1]],
        ['intersects', rectangle(-10, -10, 0, 0), [0]],
        ['within', rectangle(0, 0, 40, 20), [0, 1]],
        ['within', rectangle(1, 0, 40, 20), [1]],
        ['contains', rectangle(2, 2, 3, 3), [0]],
        ['touches', rectangle(40, 0, 60, 20), [1, 3, 21, 22, 23]],
        ['overlaps', rectangle(10, 0, 40, 20), [0]],
        ['equals', rectangle(20, 0, 40, 20), [1]],
      ])('knows %s', async (operator, geometry, expected) => {
        expect(await filtered(spatial(operator, geometry))).toEqual(parcelsOf(...expected));
      });

      it('knows lines and disjoint', async () => {
        const line: Geometry = {
          type: 'LineString',
          coordinates: [
            [E - 5, N + 10],
            [E + 30, N + 10],
          ],
        };
        expect(await filtered(spatial('crosses', line))).toEqual(parcelsOf(0, 1));
        expect(await filtered(spatial('intersects', line))).toEqual(parcelsOf(0, 1));
        expect(await filtered(spatial('disjoint', line))).toHaveLength(58);
      });

      it('relates 3D buildings by their ground plan', async () => {
        const around = spatial('within', rectangle(0, 0, 20, 20));
        expect(await filtered(around, 'buildings_3d')).toEqual(['PL.PZGIK.BUD.1']);
        expect(await filtered(spatial('contains', rectangle(6, 6, 7, 7)), 'buildings_3d')).toEqual([
          'PL.PZGIK.BUD.1',
        ]);
      });

      it('takes geometry of another CRS', async () => {
        const geometry = reproject(rectangle(5, 5, 25, 10), 2177, 4326);
        expect(await filtered({ op: 'spatial', operator: 'intersects', geometry, srid: 4326 })).toEqual(
          parcelsOf(0, 1),
        );
      });

      it('measures distances in metres', async () => {
        const point: Geometry = { type: 'Point', coordinates: [E - 3, N + 10] };
        const near = (distanceM: number, within: boolean): Filter => ({
          op: 'distance',
          within,
          geometry: point,
          srid: 2177,
          distanceM,
        });
        expect(await filtered(near(2.99, true))).toEqual([]);
        expect(await filtered(near(3, true))).toEqual(parcelsOf(0));
        expect(await filtered(near(3, false))).toHaveLength(59);
      });

      it.each<[string, Filter]>([
        ['an unknown property', { op: 'is-null', property: 'owner' }],
        ['a number that is none', { op: 'in', property: 'registered_area_ha', values: ['much'] }],
        ['a date that is none', { op: 'between', property: 'object_since', lower: '2024-02-31', upper: 'x' }],
        ['LIKE on a number', { op: 'like', property: 'registered_area_ha', pattern: '0%' }],
        ['LIKE with a lone escape', { op: 'like', property: 'land_use', pattern: 'a\\' }],
        [
          'an open ring',
          spatial('within', {
            type: 'Polygon',
            coordinates: [
              [
                [E, N],
                [E + 1, N],
                [E, N + 1],
              ],
            ],
          }),
        ],
      ])('refuses %s', async (_, filter) => {
        expect(await refusal({ layer: 'parcels', filter })).toMatchObject({
          kind: 'invalid-parameter',
          parameter: 'filter',
        });
      });

      it('is not fooled by SQL in names and values', async () => {
        const value = "B' or '1'='1";
        expect(await filtered({ op: 'compare', operator: '=', property: 'land_use', value })).toEqual([]);
        const error = await refusal({ layer: 'parcels', filter: { op: 'is-null', property: 'id" or "id' } });
        expect(error.kind).toBe('invalid-parameter');
      });
    });

    describe('boxes', () => {
      it.each<[string, Bbox, readonly number[]]>([
        ['inside one parcel', box(E + 5, N + 5, E + 6, N + 6), [0]],
        ['a point', box(E + 5, N + 5, E + 5, N + 5), [0]],
        ['a line', box(E + 5, N + 5, E + 25, N + 5), [0, 1]],
        ['the corner of four parcels', box(E + 20, N + 20, E + 20, N + 20), [0, 1, 20, 21]],
        ['touching from outside', box(E - 1, N - 1, E, N), [0]],
        ['just outside', box(E - 1, N - 1, E - 0.001, N - 0.001), []],
      ])('in the storage CRS: %s', async (_, bbox, expected) => {
        expect(await ids({ layer: 'parcels', bbox })).toEqual(parcelsOf(...expected));
        expect(await count({ layer: 'parcels', bbox })).toBe(expected.length);
      });

      it.each([2180, 4258, 4326, 3857, 25833])('in EPSG:%i, of the parcel itself', async (srid) => {
        const [parcel] = await rows({
          layer: 'parcels',
          srid,
          filter: { op: 'ids', ids: [sampleParcelId(21)] },
        });
        const bbox = parcel?.geometry && bboxOf(parcel.geometry, srid);
        expect(bbox && (await ids({ layer: 'parcels', bbox }))).toContain(sampleParcelId(21));
      });

      it.each([2180, 4258, 4326, 3857, 25833])(
        'in EPSG:%i, a corner that was rounded on the way',
        async (srid) => {
          const corner = reproject({ type: 'Point', coordinates: [E, N] }, 2177, srid);
          const digits = srid === 4326 || srid === 4258 ? 9 : 4;
          const [x, y] = [...positionsOf(corner)].flat().map((value) => Number(value?.toFixed(digits)));
          const bbox = box(x ?? 0, y ?? 0, x ?? 0, y ?? 0, srid);
          expect(await ids({ layer: 'parcels', bbox })).toEqual(parcelsOf(0));
        },
      );

      it('in a turned CRS, does not take what only its envelope meets', async () => {
        const bbox = reprojectBbox(box(E + 100, N + 10, E + 100.01, N + 10.01), 4326);
        expect(await ids({ layer: 'parcels', bbox })).toEqual(parcelsOf(4, 5));
      });

      it.each<[string, Bbox, number]>([
        ['the whole world in degrees', box(-180, -90, 180, 90, 4326), PARCELS],
        [
          'the whole Mercator map',
          box(-20037508.342789244, -20037508.342789244, 20037508.342789244, 20037508.342789244, 3857),
          PARCELS,
        ],
        ['beyond the whole Mercator map', box(-1e9, -1e9, 1e9, 1e9, 3857), PARCELS],
        ['everything in CS92', box(-1e8, -1e8, 1e8, 1e8, 2180), PARCELS],
        ['everything in its own CRS', box(-1e8, -1e8, 1e8, 1e8), PARCELS],
        ['Poland', box(14, 49, 24.2, 54.9, 4326), PARCELS],
        ['swapped axes', box(52.3, 16.8, 52.5, 17, 4326), 0],
        ['the other side of the Earth', box(-170, -60, -160, -50, 4326), 0],
        ['another zone', box(5_500_000, 5_800_000, 5_600_000, 5_900_000, 2176), 0],
      ])('stands boxes far out: %s', async (_, bbox, expected) => {
        expect(await count({ layer: 'parcels', bbox })).toBe(expected);
        expect(await ids({ layer: 'parcels', filter: { op: 'bbox', bbox } })).toHaveLength(expected);
      });

      it('meets 3D buildings', async () => {
        expect(await ids({ layer: 'buildings_3d', bbox: box(E, N, E + 4, N + 4) })).toEqual([
          'PL.PZGIK.BUD.1',
        ]);
        expect(await ids({ layer: 'buildings_3d', bbox: box(E, N, E + 3.9, N + 3.9) })).toEqual([]);
      });
    });

    describe('pages', () => {
      it.each([1, 7, 20, 60, 100])('by key, %i at a time, visit each row once', async (limit) => {
        const seen: string[] = [];
        for (let after: string | undefined; ; ) {
          const page = await ids({ layer: 'parcels', limit, ...(after !== undefined && { after }) });
          seen.push(...page);
          after = page.at(-1);
          if (page.length < limit) break;
        }
        expect(seen).toEqual(everyId('parcels'));
      });

      it.each([1, 7, 60])('by offset, %i at a time, visit each row once in any order', async (limit) => {
        const sort = [{ property: 'land_use', descending: true }];
        const seen: string[] = [];
        for (let offset = 0; offset <= PARCELS; offset += limit) {
          seen.push(...(await ids({ layer: 'parcels', sort, limit, offset })));
        }
        expect(seen).toEqual(await ids({ layer: 'parcels', sort }));
        expect([...seen].sort()).toEqual(everyId('parcels'));
      });

      it('go with filters, and counts ignore them', async () => {
        const query: FeatureQuery = {
          layer: 'parcels',
          filter: { op: 'compare', operator: '=', property: 'land_use', value: 'B' },
          limit: 4,
          offset: 2,
        };
        expect(await ids(query)).toHaveLength(4);
        expect(await count(query)).toBe(15);
        expect(await count({ layer: 'parcels', after: sampleParcelId(5) })).toBe(PARCELS);
      });

      it('may be empty', async () => {
        expect(await ids({ layer: 'parcels', limit: 0 })).toEqual([]);
        expect(await ids({ layer: 'parcels', offset: 1000 })).toEqual([]);
        expect(await ids({ layer: 'parcels', after: 'z' })).toEqual([]);
      });

      it.each<[Partial<FeatureQuery>, string]>([
        [{ limit: -1 }, 'limit'],
        [{ limit: 1.5 }, 'limit'],
        [{ offset: -1 }, 'offset'],
        [{ offset: Number.NaN }, 'offset'],
        [{ after: 'x', sort: [{ property: 'land_use' }] }, 'after'],
      ])('refuse %j', async (page, parameter) => {
        expect(await refusal({ layer: 'parcels', ...page })).toMatchObject({
          kind: 'invalid-parameter',
          parameter,
        });
      });
    });

    describe('sorting', () => {
      it('goes by several keys, then by id', async () => {
        const found = await rows({
          layer: 'parcels',
          sort: [{ property: 'land_use' }, { property: 'version_since', descending: true }],
        });
        const keys = found.map(({ id, properties }) => [
          properties['land_use'],
          properties['version_since'],
          id,
        ]);
        const expected = keys.toSorted(
          (a, b) =>
            order(a[0] ?? '', b[0] ?? '') || -order(a[1] ?? '', b[1] ?? '') || order(a[2] ?? '', b[2] ?? ''),
        );
        expect(keys).toEqual(expected);
      });

      it.each([true, false])('puts absent values last (descending: %s)', async (descending) => {
        const found = await rows({ layer: 'parcels', sort: [{ property: 'map_sheet', descending }] });
        expect(found.map(({ properties }) => properties['map_sheet'])).toEqual([
          ...Array(30).fill('AR_10'),
          ...Array(30).fill(null),
        ]);
      });

      it('goes by id downwards', async () => {
        expect(await ids({ layer: 'parcels', sort: [{ property: 'id', descending: true }] })).toEqual(
          everyId('parcels').toReversed(),
        );
      });

      it('compares numbers as numbers', async () => {
        const found = await rows({ layer: 'buildings', sort: [{ property: 'storeys_above' }] });
        const storeys = found.map(({ properties }) => Number(properties['storeys_above']));
        expect(storeys).toEqual(storeys.toSorted((a, b) => a - b));
      });

      it('refuses an unknown key', async () => {
        expect(await refusal({ layer: 'parcels', sort: [{ property: 'owner' }] })).toMatchObject({
          kind: 'invalid-parameter',
          parameter: 'sortby',
        });
      });
    });

    describe('output', () => {
      it('has only the properties asked for', async () => {
        const [found] = await rows({ layer: 'parcels', properties: ['land_use', 'id'], limit: 1 });
        expect(Object.keys(found?.properties ?? {})).toEqual(['land_use']);
        const [bare] = await rows({ layer: 'parcels', properties: [], limit: 1 });
        expect(bare?.properties).toEqual({});
      });

      it('can leave the geometry out', async () => {
        const [found] = await rows({ layer: 'parcels', withGeometry: false, limit: 1, srid: 4326 });
        expect(found?.geometry).toBeUndefined();
      });

      it.each(SERVED_CRS.map(({ srid }) => srid))('is right to a millimetre in EPSG:%i', async (srid) => {
        const given = new Map(CONTRACT_FEATURES.map((feature) => [feature.id, feature]));
        for (const layer of ['parcels', 'buildings_3d']) {
          for (const { id, geometry } of await rows({ layer, srid })) {
            const wanted = given.get(id)?.geometry;
            if (!geometry || !wanted) return expect.unreachable(`${id} has no geometry`);
            const back = reproject(geometry, srid, 2177);
            expect(largestGap(back, wanted)).toBeLessThan(0.001);
          }
        }
      });

      it('refuses unknown properties and CRS', async () => {
        expect(await refusal({ layer: 'parcels', properties: ['owner'] })).toMatchObject({
          kind: 'invalid-parameter',
          parameter: 'properties',
        });
        expect(await refusal({ layer: 'parcels', srid: 99999 })).toMatchObject({ kind: 'invalid-parameter' });
      });

      it('refuses an unknown layer and names the ones there are', async () => {
        const error = await refusal({ layer: 'wells' });
        expect(error.kind).toBe('not-found');
        expect(error.message).toContain('parcels');
      });
    });

    describe('properties for staff', () => {
      it('are seen by staff alone', async () => {
        const [found] = await rows({ layer: 'parcels', limit: 1 });
        expect(STAFF_PROPERTY in (found?.properties ?? {})).toBe(subject.showsStaffProperties);
        const layers = await subject.source.layers();
        const listed = layers[0]?.properties.some(({ name }) => name === STAFF_PROPERTY);
        expect(listed).toBe(subject.showsStaffProperties);
        const [one] = await rows({ layer: 'parcels', filter: { op: 'ids', ids: [sampleParcelId(1)] } });
        const byId = await subject.source.byId(
          'parcels',
          sampleParcelId(1),
          undefined,
          new AbortController().signal,
        );
        expect(byId).toEqual(one);
      });

      it.each<Partial<FeatureQuery>>([
        { properties: [STAFF_PROPERTY] },
        { sort: [{ property: STAFF_PROPERTY }] },
        { filter: { op: 'is-null', property: STAFF_PROPERTY } },
        {
          filter: {
            op: 'not',
            arg: { op: 'and', args: [{ op: 'like', property: STAFF_PROPERTY, pattern: '0%' }] },
          },
        },
      ])('cannot be reached by others through %j', async (query) => {
        if (subject.showsStaffProperties) {
          expect(await rows({ layer: 'parcels', ...query })).toBeInstanceOf(Array);
        } else {
          const error = await refusal({ layer: 'parcels', ...query });
          expect(error).toMatchObject({ kind: 'invalid-parameter' });
          const unknown = await refusal({
            layer: 'parcels',
            ...(JSON.parse(JSON.stringify(query).replaceAll(STAFF_PROPERTY, 'nonsense')) as object),
          });
          // Hidden and unknown must not be told apart.
          expect(error.message).toBe(unknown.message.replaceAll('nonsense', STAFF_PROPERTY));
        }
      });
    });

    describe('abort', () => {
      it('before the start rejects with the reason', async () => {
        const reason = new Error('gone');
        const signal = AbortSignal.abort(reason);
        await expect(rows({ layer: 'parcels' }, signal)).rejects.toBe(reason);
        await expect(subject.source.count({ layer: 'parcels' }, signal)).rejects.toBe(reason);
        await expect(subject.source.byId('parcels', 'x', undefined, signal)).rejects.toBe(reason);
      });

      it.each([undefined, 50])('in the middle (limit %s) ends the rows with the reason', async (limit) => {
        const controller = new AbortController();
        const reason = new Error('gone');
        let seen = 0;
        const walk = async () => {
          const query: FeatureQuery = { layer: 'parcels', ...(limit !== undefined && { limit }) };
          for await (const _ of subject.source.query(query, controller.signal)) {
            if (++seen === 3) controller.abort(reason);
          }
        };
        await expect(walk()).rejects.toBe(reason);
        expect(seen).toBe(3);
      });

      it('leaves the source usable, also after a loop that was left early', async () => {
        for (let i = 0; i < 20; i++) {
          for await (const _ of subject.source.query({ layer: 'parcels' }, new AbortController().signal))
            break;
        }
        expect(await count({ layer: 'parcels' })).toBe(PARCELS);
      });
    });
  });
}

const order = (a: string | number | boolean, b: string | number | boolean): number =>
  a < b ? -1 : Number(a > b);

function largestGap(a: Geometry, b: Geometry): number {
  const [left, right] = [[...positionsOf(a)], [...positionsOf(b)]];
  expect(left).toHaveLength(right.length);
  return Math.max(
    ...left.map((p, i) => {
      const q = right[i] ?? [0, 0];
      return Math.hypot(p[0] - q[0], p[1] - q[1], (p[2] ?? 0) - (q[2] ?? 0));
    }),
  );
}

import { expect, it } from 'vitest';
import { BUILDINGS_3D } from '../../core/catalogue/buildings-3d.ts';
import type { Geometry } from '../../core/geo/geometry.ts';
import { heightMover } from '../../core/order/order-heights.ts';
import { packRows } from '../geopackage/packed-rows.ts';
import type { GeoPackageColumn } from '../services/geo-packages.ts';
import { movedRows } from './moved-rows.ts';

const LAYER = {
  ...{ ...BUILDINGS_3D, dataset: 'city', srid: 2177 },
  properties: BUILDINGS_3D.properties.filter(({ name }) =>
    ['lod', 'height_m', 'ground_height_m', 'state'].includes(name),
  ),
};
const COLUMNS: readonly GeoPackageColumn[] = [
  { name: 'id', type: 'TEXT' },
  ...LAYER.properties.map(
    ({ name, type }): GeoPackageColumn => ({
      name,
      type: type === 'number' ? 'REAL' : type === 'integer' ? 'INTEGER' : 'TEXT',
    }),
  ),
];
const SHIFT = { to: 'PL-KRON86-NH', version: '1', shiftM: () => -0.164 } as const;

const body = (heightM: number): Geometry => ({
  type: 'MultiPolygon',
  coordinates: [
    [
      [
        [6_427_000, 5_808_000, heightM],
        [6_427_010, 5_808_000, heightM],
        [6_427_000, 5_808_010, heightM + 3],
        [6_427_000, 5_808_000, heightM],
      ],
    ],
  ],
});
const packed = (groundM: number): Buffer =>
  Buffer.concat([
    ...packRows(
      [
        { geometry: body(groundM), values: ['ż1', 2, 'built', 7.5, groundM] },
        { geometry: undefined, values: ['none', null, null, null, null] },
        { geometry: body(groundM + 1), values: ['b', 1, '', null, null] },
      ],
      COLUMNS,
    ),
  ]);

it('packed rows are those of the moved objects, byte for byte', async () => {
  const move = heightMover(LAYER, 2177, SHIFT);
  if (!move) throw new Error('it has heights');
  const rows = (async function* () {
    yield packed(70);
    yield packed(80);
  })();
  const moved: Buffer[] = [];
  for await (const chunk of movedRows(rows, LAYER, move)) moved.push(chunk);
  expect(Buffer.concat(moved)).toEqual(Buffer.concat([packed(69.836), packed(79.836)]));
});

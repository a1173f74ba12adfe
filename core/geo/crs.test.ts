import { describe, expect, it } from 'vitest';
import {
  crsOf,
  crsUri,
  crsUrn,
  inOrder,
  parseCrs,
  reproject,
  SERVED_CRS,
  swapAxes,
  transformBetween,
} from './crs.ts';
import type { Geometry } from './geometry.ts';

describe('parseCrs', () => {
  it.each([
    ['EPSG:2177', 2177, 'easting-northing'],
    ['epsg:2177', 2177, 'easting-northing'],
    [' EPSG:4326 ', 4326, 'easting-northing'],
    ['http://www.opengis.net/gml/srs/epsg.xml#2180', 2180, 'easting-northing'],
    ['urn:ogc:def:crs:EPSG::2177', 2177, 'northing-easting'],
    ['urn:ogc:def:crs:EPSG:9.9.1:2177', 2177, 'northing-easting'],
    ['urn:x-ogc:def:crs:EPSG::4326', 4326, 'northing-easting'],
    ['http://www.opengis.net/def/crs/EPSG/0/2180', 2180, 'northing-easting'],
    ['https://www.opengis.net/def/crs/EPSG/9.9.1/4258', 4258, 'northing-easting'],
    ['urn:ogc:def:crs,crs:EPSG::2180,crs:EPSG::9651', 2180, 'northing-easting'],
    ['urn:ogc:def:crs:EPSG::3857', 3857, 'easting-northing'],
    ['http://www.opengis.net/def/crs/EPSG/0/25833', 25833, 'easting-northing'],
    ['CRS:84', 4326, 'easting-northing'],
    ['urn:ogc:def:crs:OGC:1.3:CRS84', 4326, 'easting-northing'],
    ['urn:ogc:def:crs:OGC::CRS84', 4326, 'easting-northing'],
    ['http://www.opengis.net/def/crs/OGC/1.3/CRS84', 4326, 'easting-northing'],
  ])('reads %s', (text, srid, order) => {
    expect(parseCrs(text)).toEqual({ srid, order, text: text.trim() });
  });

  it.each([
    '',
    'EPSG',
    'EPSG:',
    'EPSG:99999',
    'EPSG:2177x',
    'urn:ogc:def:crs:EPSG::',
    'OGC:84',
    '2177',
    'EPSG:2177\nEPSG:4326',
  ])('refuses %j and says what there is', (text) => {
    expect(() => parseCrs(text, 'srsName')).toThrow(
      expect.objectContaining({
        kind: 'invalid-parameter',
        parameter: 'srsName',
        message: expect.stringContaining('EPSG:2177'),
      }),
    );
  });

  it('reads what we write', () => {
    for (const { srid, authorityOrder } of SERVED_CRS) {
      for (const text of [crsUrn(srid), crsUri(srid)]) {
        expect(parseCrs(text)).toEqual({ srid, order: authorityOrder, text });
      }
    }
  });
});

describe('SERVED_CRS', () => {
  it('are those that were decided, storage first', () => {
    expect(SERVED_CRS.map(({ srid }) => srid)).toEqual([
      2177, 2176, 2178, 2179, 2180, 4258, 4326, 3857, 25833,
    ]);
  });

  it('stand in the order of the EPSG register', () => {
    // gdalsrsinfo: AXIS of each code.
    const eastingFirst = SERVED_CRS.filter(({ authorityOrder }) => authorityOrder === 'easting-northing');
    expect(eastingFirst.map(({ srid }) => srid)).toEqual([3857, 25833]);
  });
});

describe('crsOf', () => {
  it('names the codes it knows when it does not know one', () => {
    expect(() => crsOf(99999)).toThrow(/EPSG:99999 is not known here; known: 2176, 2177/);
  });
});

describe('transformBetween', () => {
  // PostGIS 3.3 with PROJ 9.1.1: ST_Transform of POINT(16.93388 52.40823), the old market of Poznań.
  it.each([
    [2177, 6427455.5397, 5808855.3527],
    [2180, 359503.5278, 506709.2911],
    [3857, 1885070.8988, 6874277.9371],
  ])('gives the coordinates of PROJ in EPSG:%i', (srid, x, y) => {
    const [ours, theirs] = transformBetween(4326, srid)([16.93388, 52.40823]);
    expect(Math.hypot(ours - x, theirs - y)).toBeLessThan(0.001);
  });

  // gdaltransform of GDAL 3.6, -s_srs EPSG:4258 and the zone of the city -t_srs EPSG:3035.
  it.each([
    [4258, [16.93388, 52.40823], [4792042.3447, 3277885.8156]],
    [2177, [6_427_000, 5_808_000], [4791684.1638, 3276985.0323]],
  ] as const)('gives the coordinates of PROJ in the grid of Europe from EPSG:%i', (srid, from, [e, n]) => {
    const [ours, theirs] = transformBetween(srid, 3035)(from);
    expect(Math.hypot(ours - e, theirs - n)).toBeLessThan(0.001);
    const [x, y] = transformBetween(3035, srid)([e, n]);
    expect(Math.hypot(x - from[0], y - from[1])).toBeLessThan(0.001);
  });

  it('keeps heights and leaves geometry alone within one CRS', () => {
    expect(transformBetween(2177, 4326)([6_427_000, 5_808_000, 71.5])[2]).toBe(71.5);
    const line: Geometry = { type: 'LineString', coordinates: [[6_427_000, 5_808_000]] };
    expect(reproject(line, 2177, 2177)).toBe(line);
  });
});

describe('swapAxes', () => {
  const shapes: readonly Geometry[] = [
    { type: 'Point', coordinates: [1, 2, 3] },
    { type: 'MultiPoint', coordinates: [[1, 2]] },
    {
      type: 'LineString',
      coordinates: [
        [1, 2],
        [3, 4],
      ],
    },
    {
      type: 'MultiLineString',
      coordinates: [
        [
          [1, 2],
          [3, 4],
        ],
      ],
    },
    {
      type: 'Polygon',
      coordinates: [
        [
          [1, 2],
          [3, 4],
          [5, 6],
          [1, 2],
        ],
      ],
    },
    {
      type: 'MultiPolygon',
      coordinates: [
        [
          [
            [1, 2],
            [3, 4],
            [5, 6],
            [1, 2],
          ],
        ],
      ],
    },
  ];

  it.each(shapes)('comes back when done twice: $type', (shape) => {
    expect(swapAxes(swapAxes(shape))).toEqual(shape);
    expect(swapAxes(shape)).not.toEqual(shape);
  });

  it('happens only for northing first', () => {
    const point: Geometry = { type: 'Point', coordinates: [1, 2, 3] };
    expect(inOrder(point, 'easting-northing')).toBe(point);
    expect(inOrder(point, 'northing-easting')).toEqual({ type: 'Point', coordinates: [2, 1, 3] });
  });
});

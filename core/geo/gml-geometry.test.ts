import { describe, expect, it } from 'vitest';
import { parseXml } from '../xml/reader.ts';
import { parseCrs } from './crs.ts';
import { positionsOf } from './geometry.ts';
import { readEnvelope, readGmlGeometry } from './gml-geometry.ts';
import { PLAIN_FRAME } from './gml-geometry-frame.ts';
import { readSurfaces } from './gml-geometry-surfaces.ts';

const URN = 'urn:ogc:def:crs:EPSG::2177';

function gml(body: string, namespace = 'http://www.opengis.net/gml/3.2') {
  return parseXml(
    body.replace(
      /^<gml:(\w+)/,
      `<gml:$1 xmlns:gml="${namespace}" xmlns:xlink="http://www.w3.org/1999/xlink"`,
    ),
  );
}

const ring = (posList: string) => `<gml:LinearRing><gml:posList>${posList}</gml:posList></gml:LinearRing>`;
const square = ring('0 0 0 10 10 10 10 0 0 0');
const curveRing = (segments: string) =>
  `<gml:Ring><gml:curveMember><gml:Curve><gml:segments>${segments}</gml:segments></gml:Curve></gml:curveMember></gml:Ring>`;
const polygon = (exterior: string, srsName = URN) =>
  `<gml:Polygon srsName="${srsName}"><gml:exterior>${exterior}</gml:exterior></gml:Polygon>`;

describe('readGmlGeometry', () => {
  it('reads northing first for a URN and easting first for a bare code', () => {
    const point = (srsName: string) =>
      readGmlGeometry(
        gml(`<gml:Point srsName="${srsName}"><gml:pos>5800000.12 6420000.34</gml:pos></gml:Point>`),
      );
    expect(point(URN)).toEqual({
      geometry: { type: 'Point', coordinates: [6420000.34, 5800000.12] },
      srid: 2177,
    });
    expect(point('EPSG:2177').geometry).toEqual({ type: 'Point', coordinates: [5800000.12, 6420000.34] });
  });

  it('inherits CRS and dimension from the element around', () => {
    const surface = gml(
      `<gml:MultiSurface srsName="${URN}" srsDimension="3"><gml:surfaceMember><gml:Polygon><gml:exterior>` +
        `${ring('0 0 5 0 10 5 10 10 5 0 0 5')}</gml:exterior></gml:Polygon></gml:surfaceMember></gml:MultiSurface>`,
    );
    expect(readGmlGeometry(surface)).toEqual({
      srid: 2177,
      geometry: {
        type: 'MultiPolygon',
        coordinates: [
          [
            [
              [0, 0, 5],
              [10, 0, 5],
              [10, 10, 5],
              [0, 0, 5],
            ],
          ],
        ],
      },
    });
  });

  it('keeps holes and reads old names of GML', () => {
    const hole = '<gml:coordinates cs=";" decimal="," ts="|">2,5;2|2,5;4|4;4|2,5;2</gml:coordinates>';
    const body =
      `<gml:Polygon srsName="EPSG:2177"><gml:outerBoundaryIs>${square}</gml:outerBoundaryIs><gml:innerBoundaryIs>` +
      `<gml:LinearRing>${hole}</gml:LinearRing></gml:innerBoundaryIs></gml:Polygon>`;
    const { geometry } = readGmlGeometry(gml(body, 'http://www.opengis.net/gml'));
    expect(geometry.coordinates).toHaveLength(2);
    expect((geometry.coordinates as unknown[][])[1]).toEqual([
      [2.5, 2],
      [2.5, 4],
      [4, 4],
      [2.5, 2],
    ]);
  });

  it('reads patches, lines, points and several of each', () => {
    const types = [
      `<gml:Surface srsName="${URN}"><gml:patches><gml:PolygonPatch><gml:exterior>${square}</gml:exterior></gml:PolygonPatch></gml:patches></gml:Surface>`,
      `<gml:LineString srsName="${URN}"><gml:pos>0 0</gml:pos><gml:pos>1 1</gml:pos></gml:LineString>`,
      `<gml:MultiCurve srsName="${URN}"><gml:curveMember><gml:LineString><gml:posList>0 0 1 1</gml:posList></gml:LineString></gml:curveMember></gml:MultiCurve>`,
      `<gml:MultiPoint srsName="${URN}"><gml:pointMember><gml:Point><gml:pos>0 0</gml:pos></gml:Point></gml:pointMember></gml:MultiPoint>`,
    ].map((body) => readGmlGeometry(gml(body)).geometry.type);
    expect(types).toEqual(['MultiPolygon', 'LineString', 'MultiLineString', 'MultiPoint']);
  });

  it('replaces an arc by chords within a millimetre and keeps its three positions', () => {
    // A half circle of radius 10 around (100, 200) in northing, easting.
    const arc = '<gml:Arc><gml:posList>190 100 200 110 210 100</gml:posList></gml:Arc>';
    const back = '<gml:LineStringSegment><gml:posList>210 100 190 100</gml:posList></gml:LineStringSegment>';
    let arcs = 0;
    const { geometry } = readGmlGeometry(gml(polygon(curveRing(arc + back))), {
      ...PLAIN_FRAME,
      onArc: () => arcs++,
    });
    const positions = [...positionsOf(geometry)];
    expect(arcs).toBe(1);
    expect(positions).toContainEqual([110, 200]);
    for (const [x, y] of positions) expect(Math.hypot(x - 100, y - 200)).toBeCloseTo(10, 9);
    let area = 0;
    positions.forEach(([x, y], i) => {
      const [nx, ny] = positions[i + 1] ?? [x, y];
      area += (x * ny - nx * y) / 2;
    });
    expect(Math.abs(area)).toBeGreaterThan((Math.PI * 100) / 2 - Math.PI * 10 * 0.001);
    expect(Math.abs(area)).toBeLessThan((Math.PI * 100) / 2);
  });

  it('follows an arc the way it turns', () => {
    const arc = (posList: string) =>
      readGmlGeometry(
        gml(
          `<gml:Curve srsName="EPSG:2177"><gml:segments><gml:Arc><gml:posList>${posList}</gml:posList></gml:Arc></gml:segments></gml:Curve>`,
        ),
      ).geometry;
    for (const top of [10, -10]) {
      const ys = [...positionsOf(arc(`-10 0 0 ${top} 10 0`))].map(([, y]) => y * Math.sign(top));
      expect(Math.min(...ys)).toBeGreaterThan(-1e-9);
      expect(ys.length).toBeGreaterThan(100);
    }
  });

  it('closes a circle through three positions', () => {
    const circle = '<gml:Circle><gml:posList>200 110 210 100 200 90</gml:posList></gml:Circle>';
    const positions = [...positionsOf(readGmlGeometry(gml(polygon(curveRing(circle)))).geometry)];
    expect(positions[0]).toEqual(positions.at(-1));
    for (const [x, y] of positions) expect(Math.hypot(x - 100, y - 200)).toBeCloseTo(10, 9);
    expect(Math.min(...positions.map(([, y]) => y))).toBeCloseTo(190, 3);
  });

  it.each([
    ['an open ring', polygon(ring('0 0 0 10 10 10 10 0')), /not closed/],
    ['a ring of two corners', polygon(ring('0 0 0 10 0 0')), /at least 4/],
    ['words', polygon(ring('0 0 0 ten 10 10 0 0')), /not a list of numbers/],
    ['not-a-number', polygon(ring('0 0 0 NaN 10 10 0 0')), /not a list of numbers/],
    ['a number beyond all', polygon(ring('0 0 0 1e999 10 10 0 0')), /not a finite number/],
    ['half a position', polygon(ring('0 0 0 10 10 10 10 0 0')), /do not make positions of 2/],
    [
      'a spline',
      polygon(curveRing('<gml:BSpline><gml:posList>0 0 1 1</gml:posList></gml:BSpline>')),
      /not read/,
    ],
    ['an arc by centre', polygon(curveRing('<gml:CircleByCenterPoint/>')), /not read/],
    [
      'a curve that does not join',
      polygon(
        curveRing(
          '<gml:LineStringSegment><gml:posList>0 0 0 10</gml:posList></gml:LineStringSegment>' +
            '<gml:LineStringSegment><gml:posList>5 10 0 0</gml:posList></gml:LineStringSegment>',
        ),
      ),
      /does not begin where/,
    ],
    ['no exterior', `<gml:Polygon srsName="${URN}"/>`, /no exterior/],
    ['no surface', `<gml:MultiSurface srsName="${URN}"/>`, /no surface/],
    ['an unknown CRS', polygon(square, 'urn:adv:crs:ETRS89_UTM32'), /Unknown CRS/],
    ['no CRS', polygon(square, ''), /names a CRS/],
    [
      'an xlink to nowhere',
      `<gml:MultiSurface srsName="${URN}"><gml:surfaceMember xlink:href="#no"/></gml:MultiSurface>`,
      /#no, which is not/,
    ],
  ])('refuses %s and says why and where', (_name, body, message) => {
    const read = () => readGmlGeometry(gml(body));
    expect(read).toThrow(message);
    expect(read).toThrow(expect.objectContaining({ line: 1 }));
  });
});

describe('readSurfaces', () => {
  it('turns an orientable surface around, resolves xlinks and stops in a circle', () => {
    const solid = gml(
      `<gml:Solid srsName="EPSG:2177" srsDimension="3"><gml:exterior><gml:CompositeSurface><gml:surfaceMember>` +
        `<gml:OrientableSurface orientation="-"><gml:baseSurface xlink:href="#p"/></gml:OrientableSurface>` +
        `</gml:surfaceMember></gml:CompositeSurface></gml:exterior></gml:Solid>`,
    );
    const target = gml(
      `<gml:Polygon><gml:exterior>${ring('0 0 1 0 10 1 10 10 1 0 0 1')}</gml:exterior></gml:Polygon>`,
    );
    const byId = (id: string) => (id === 'p' ? target : undefined);
    expect(readSurfaces(solid, { ...PLAIN_FRAME, byId })[0]?.rings).toEqual([
      [
        [0, 0, 1],
        [10, 10, 1],
        [0, 10, 1],
        [0, 0, 1],
      ],
    ]);
    expect(() => readSurfaces(solid, { ...PLAIN_FRAME, byId: () => solid })).toThrow(/circle/);
  });
});

describe('readEnvelope', () => {
  const corners = '<gml:lowerCorner>52.3 16.8</gml:lowerCorner><gml:upperCorner>52.5 17.1</gml:upperCorner>';

  it('reads corners in the order of the CRS', () => {
    expect(
      readEnvelope(gml(`<gml:Envelope srsName="urn:ogc:def:crs:EPSG::4326">${corners}</gml:Envelope>`)),
    ).toEqual({
      minX: 16.8,
      minY: 52.3,
      maxX: 17.1,
      maxY: 52.5,
      srid: 4326,
    });
    const inherited = { ...PLAIN_FRAME, crs: parseCrs('CRS:84') };
    expect(readEnvelope(gml(`<gml:Envelope>${corners}</gml:Envelope>`), inherited)).toMatchObject({
      minX: 52.3,
    });
  });

  it('refuses a missing corner and swapped corners', () => {
    expect(() =>
      readEnvelope(
        gml(`<gml:Envelope srsName="EPSG:4326"><gml:lowerCorner>1 2</gml:lowerCorner></gml:Envelope>`),
      ),
    ).toThrow(/upperCorner/);
    expect(() =>
      readEnvelope(
        gml(
          `<gml:Envelope srsName="EPSG:4326"><gml:lowerCorner>3 3</gml:lowerCorner><gml:upperCorner>1 4</gml:upperCorner></gml:Envelope>`,
        ),
      ),
    ).toThrow(/beyond/);
  });
});

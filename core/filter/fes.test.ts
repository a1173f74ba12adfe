import { expect, it } from 'vitest';
import { BUILDINGS } from '../catalogue/buildings.ts';
import { PARCELS } from '../catalogue/parcels.ts';
import { parseXml } from '../xml/reader.ts';
import { EVERYTHING, NOTHING } from './ast.ts';
import { type FesContext, parseFes } from './fes.ts';

const CONTEXT: FesContext = {
  layer: BUILDINGS,
  layerNames: [BUILDINGS.name, PARCELS.name],
  defaultCrs: { srid: 2177, order: 'northing-easting', text: 'urn:ogc:def:crs:EPSG::2177' },
};

const parse = (inside: string) =>
  parseFes(
    parseXml(
      `<fes:Filter xmlns:fes="http://www.opengis.net/fes/2.0" xmlns:gml="http://www.opengis.net/gml/3.2" xmlns:bl="https://blizniak.pl/ns/1.0">${inside}</fes:Filter>`,
    ),
    CONTEXT,
  );
const compare = (name: string, reference: string, literal: string, attributes = '') =>
  `<fes:${name}${attributes}><fes:ValueReference>${reference}</fes:ValueReference><fes:Literal>${literal}</fes:Literal></fes:${name}>`;

it.each(['kind', 'bl:kind', 'bl:buildings/bl:kind', '/bl:buildings/kind', 'bl:kind[1]', ' kind '])(
  'finds a property called %s',
  (reference) => {
    expect(parse(compare('PropertyIsEqualTo', reference, 'm'))).toEqual({
      op: 'compare',
      operator: '=',
      property: 'kind',
      value: 'm',
    });
  },
);

it('turns a comparison round when the literal stands first', () => {
  const text =
    '<fes:PropertyIsLessThan><fes:Literal>5</fes:Literal><fes:ValueReference>storeys_above</fes:ValueReference></fes:PropertyIsLessThan>';
  expect(parse(text)).toMatchObject({ operator: '>', property: 'storeys_above', value: '5' });
});

it('joins, negates and keeps matchCase', () => {
  const text = `<fes:And><fes:Not>${compare('PropertyIsEqualTo', 'kind', 'M', ' matchCase="false"')}</fes:Not><fes:PropertyIsNull><fes:ValueReference>kind</fes:ValueReference></fes:PropertyIsNull></fes:And>`;
  expect(parse(text)).toEqual({
    op: 'and',
    args: [
      { op: 'not', arg: { op: 'compare', operator: '=', property: 'kind', value: 'M', matchCase: false } },
      { op: 'is-null', property: 'kind' },
    ],
  });
});

it('translates the signs of PropertyIsLike, its own literal % and _ escaped', () => {
  const text = compare('PropertyIsLike', 'kind', 'a*b.c!*%_', ' wildCard="*" singleChar="." escapeChar="!"');
  expect(parse(text)).toMatchObject({ op: 'like', pattern: 'a%b_c*\\%\\_' });
});

it('reads boxes and geometries in the axis order of their CRS, or of the layer when they name none', () => {
  const envelope = (srs: string, lower: string, upper: string) =>
    `<fes:BBOX><gml:Envelope${srs}><gml:lowerCorner>${lower}</gml:lowerCorner><gml:upperCorner>${upper}</gml:upperCorner></gml:Envelope></fes:BBOX>`;
  const box = { minX: 6427000, minY: 5808000, maxX: 6427100, maxY: 5808050, srid: 2177 };
  expect(parse(envelope('', '5808000 6427000', '5808050 6427100'))).toEqual({ op: 'bbox', bbox: box });
  expect(parse(envelope(' srsName="EPSG:2177"', '6427000 5808000', '6427100 5808050'))).toEqual({
    op: 'bbox',
    bbox: box,
  });
  expect(
    parse(
      '<fes:Intersects><fes:ValueReference>bl:geom</fes:ValueReference><gml:Point gml:id="p" srsName="urn:ogc:def:crs:EPSG::4326"><gml:pos>52.4 16.9</gml:pos></gml:Point></fes:Intersects>',
    ),
  ).toEqual({
    op: 'spatial',
    operator: 'intersects',
    geometry: { type: 'Point', coordinates: [16.9, 52.4] },
    srid: 4326,
  });
});

it('measures distances in metres', () => {
  expect(
    parse(
      '<fes:DWithin><fes:ValueReference>geom</fes:ValueReference><gml:Point gml:id="p"><gml:pos>5808000 6427000</gml:pos></gml:Point><fes:Distance uom="km">1.5</fes:Distance></fes:DWithin>',
    ),
  ).toMatchObject({ op: 'distance', within: true, distanceM: 1500, srid: 2177 });
});

it('knows resource ids with and without the layer in front, and refuses those of another layer', () => {
  const rid = (text: string) => `<fes:ResourceId rid="${text}"/>`;
  expect(parse(rid('buildings-306401_1.0021.1-x2F-4') + rid('PL.ZGiKM-5'))).toEqual({
    op: 'ids',
    ids: ['306401_1.0021.1/4', 'PL.ZGiKM-5'],
  });
  expect(() => parse(rid('parcels-1'))).toThrow(/not of type buildings/);
});

it('answers for what GML gives to every feature and ours never carry', () => {
  const isNull = (name: string) =>
    `<fes:PropertyIsNull><fes:ValueReference>${name}</fes:ValueReference></fes:PropertyIsNull>`;
  expect(parse(isNull('gml:name'))).toEqual(EVERYTHING);
  expect(parse(isNull('@gml:id'))).toEqual(NOTHING);
  expect(parse(compare('PropertyIsEqualTo', 'gml:description', 'x'))).toEqual(NOTHING);
});

it('reads instants and periods on moments', () => {
  const period =
    '<fes:During><fes:ValueReference>bl:version_since</fes:ValueReference><gml:TimePeriod gml:id="t"><gml:beginPosition>2012-01-01T00:00:00Z</gml:beginPosition><gml:endPosition>2013-01-01T00:00:00Z</gml:endPosition></gml:TimePeriod></fes:During>';
  expect(parse(period)).toMatchObject({
    op: 'and',
    args: [
      { operator: '>', property: 'version_since', value: '2012-01-01T00:00:00Z' },
      { operator: '<', value: '2013-01-01T00:00:00Z' },
    ],
  });
  const instant =
    '<fes:After><fes:ValueReference>version_since</fes:ValueReference><gml:TimeInstant gml:id="t"><gml:timePosition>2012-01-01T00:00:00+01:00</gml:timePosition></gml:TimeInstant></fes:After>';
  expect(parse(instant)).toMatchObject({ operator: '>', value: '2012-01-01T00:00:00+01:00' });
});

it.each([
  ['', /exactly one predicate/],
  [compare('PropertyIsEqualTo', 'owner', 'x'), /no property "owner"/],
  [compare('PropertyIsEqualTo', 'bl:parcels/bl:kind', 'x'), /does not name a property of buildings/],
  [compare('PropertyIsEqualTo', 'geom', 'x'), /is a geometry/],
  [compare('PropertyIsLessThanOrEqualTo', 'gml:boundedBy', 'x'), /no property "boundedBy"/],
  [compare('PropertyIsLike', 'kind', 'x'), /wildCard/],
  ['<fes:And><fes:ResourceId rid="1"/></fes:And>', /at least two/],
  ['<fes:Foo/>', /operator Foo is not supported/],
  ['<fes:BBOX/>', /Envelope/],
  ['<fes:BBOX><fes:ValueReference>kind</fes:ValueReference><gml:Envelope/></fes:BBOX>', /not a geometry/],
  ['<fes:PropertyIsEqualTo><fes:ValueReference>kind</fes:ValueReference></fes:PropertyIsEqualTo>', /Literal/],
])('refuses %s', (inside, message) => {
  expect(() => parse(inside)).toThrow(message);
});

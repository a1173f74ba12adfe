import { expect, it } from 'vitest';
import { BUILDINGS } from '../../catalogue/buildings.ts';
import { PARCELS } from '../../catalogue/parcels.ts';
import { TwinError } from '../../errors.ts';
import type { Feature } from '../../feature/feature.ts';
import { parseXml } from '../../xml/reader.ts';
import { EVERYTHING, type Filter, NOTHING } from '../ast.ts';
import { compileFilter } from '../evaluate.ts';
import { parseFes } from '../fes.ts';
import { parseCql2 } from './cql2.ts';
import type { Cql2Context } from './cql2-context.ts';

const LAYER = { ...BUILDINGS, dataset: 'city', srid: 2177 };
const CONTEXT: Cql2Context = { layer: LAYER, crs: { srid: 2177, order: 'easting-northing' } };
const text = (filter: string) => parseCql2(filter, 'cql2-text', CONTEXT);
const json = (filter: unknown) => parseCql2(JSON.stringify(filter), 'cql2-json', CONTEXT);

/** A predicate in the spellings of three languages. */
interface Spelt {
  readonly text: string;
  readonly json: unknown;
  readonly fes: string;
}

const [E, N] = [6_427_000, 5_808_000];
const fesCompare = (name: string, property: string, literal: string | number, attributes = '') =>
  `<fes:${name}${attributes}><fes:ValueReference>${property}</fes:ValueReference><fes:Literal>${literal}</fes:Literal></fes:${name}>`;
const property = (name: string) => ({ property: name });
const POINT = {
  text: `POINT(${E + 10} ${N + 10})`,
  json: { type: 'Point', coordinates: [E + 10, N + 10] },
  fes: `<gml:Point gml:id="p" srsName="EPSG:2177"><gml:pos>${E + 10} ${N + 10}</gml:pos></gml:Point>`,
};

const SINGLE: readonly Spelt[] = [
  {
    text: 'storeys_above >= 3',
    json: { op: '>=', args: [property('storeys_above'), 3] },
    fes: fesCompare('PropertyIsGreaterThanOrEqualTo', 'storeys_above', 3),
  },
  {
    text: '2 < "storeys_above"',
    json: { op: '<', args: [2, property('storeys_above')] },
    fes: fesCompare('PropertyIsGreaterThan', 'storeys_above', 2),
  },
  {
    text: "CASEI(kind) = casei('M')",
    json: {
      op: '=',
      args: ['kind', 'M'].map((each, i) => ({ op: 'casei', args: [i === 0 ? property(each) : each] })),
    },
    fes: fesCompare('PropertyIsEqualTo', 'kind', 'M', ' matchCase="false"'),
  },
  {
    text: "parcel_ids LIKE '%.1_'",
    json: { op: 'like', args: [property('parcel_ids'), '%.1_'] },
    fes: fesCompare('PropertyIsLike', 'parcel_ids', '*.1?', ' wildCard="*" singleChar="?" escapeChar="!"'),
  },
  {
    text: 'built_area_m2 BETWEEN 100 AND 2e2',
    json: { op: 'between', args: [property('built_area_m2'), 100, 200] },
    fes: '<fes:PropertyIsBetween><fes:ValueReference>built_area_m2</fes:ValueReference><fes:LowerBoundary><fes:Literal>100</fes:Literal></fes:LowerBoundary><fes:UpperBoundary><fes:Literal>200</fes:Literal></fes:UpperBoundary></fes:PropertyIsBetween>',
  },
  {
    text: 'storeys_above IN (1, 4)',
    json: { op: 'in', args: [property('storeys_above'), [1, 4]] },
    fes: `<fes:Or>${[1, 4].map((value) => fesCompare('PropertyIsEqualTo', 'storeys_above', value)).join('')}</fes:Or>`,
  },
  {
    text: 'kind IS NULL',
    json: { op: 'isNull', args: [property('kind')] },
    fes: '<fes:PropertyIsNull><fes:ValueReference>kind</fes:ValueReference></fes:PropertyIsNull>',
  },
  {
    text: `S_INTERSECTS(geom, BBOX(${E},${N},${E + 30},${N + 30}))`,
    json: { op: 's_intersects', args: [property('geom'), { bbox: [E, N, E + 30, N + 30] }] },
    fes: `<fes:BBOX><gml:Envelope srsName="EPSG:2177"><gml:lowerCorner>${E} ${N}</gml:lowerCorner><gml:upperCorner>${E + 30} ${N + 30}</gml:upperCorner></gml:Envelope></fes:BBOX>`,
  },
  {
    text: `S_WITHIN(${POINT.text}, geom)`,
    json: { op: 's_within', args: [POINT.json, property('geom')] },
    fes: `<fes:Contains><fes:ValueReference>geom</fes:ValueReference>${POINT.fes}</fes:Contains>`,
  },
  {
    text: `DWITHIN(geom, ${POINT.text}, 25, meters)`,
    json: { op: 'dwithin', args: [property('geom'), POINT.json, 0.025, 'km'] },
    fes: `<fes:DWithin><fes:ValueReference>geom</fes:ValueReference>${POINT.fes}<fes:Distance uom="m">25</fes:Distance></fes:DWithin>`,
  },
  {
    text: "T_AFTER(version_since, DATE('2015-06-30'))",
    json: { op: 't_after', args: [property('version_since'), { date: '2015-06-30' }] },
    fes: `<fes:After><fes:ValueReference>version_since</fes:ValueReference><gml:TimeInstant gml:id="t"><gml:timePosition>2015-06-30T23:59:59.999Z</gml:timePosition></gml:TimeInstant></fes:After>`,
  },
  {
    text: "T_DURING(version_since, INTERVAL('2012-01-01T00:00:00Z','2016-01-01T00:00:00Z'))",
    json: {
      op: 't_during',
      args: [property('version_since'), { interval: ['2012-01-01T00:00:00Z', '2016-01-01T00:00:00Z'] }],
    },
    fes: '<fes:During><fes:ValueReference>version_since</fes:ValueReference><gml:TimePeriod gml:id="t"><gml:beginPosition>2012-01-01T00:00:00Z</gml:beginPosition><gml:endPosition>2016-01-01T00:00:00Z</gml:endPosition></gml:TimePeriod></fes:During>',
  },
];

/** Repeatable numbers in [0, 1). */
function dice(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

function somePredicate(roll: () => number, depth: number): Spelt {
  const kind = depth === 0 ? 1 : roll();
  if (kind < 0.2) {
    const inner = somePredicate(roll, depth - 1);
    return {
      text: `NOT (${inner.text})`,
      json: { op: 'not', args: [inner.json] },
      fes: `<fes:Not>${inner.fes}</fes:Not>`,
    };
  }
  if (kind < 0.8) {
    const [op, tag] = roll() < 0.5 ? (['and', 'And'] as const) : (['or', 'Or'] as const);
    const parts = Array.from({ length: 2 + Math.floor(roll() * 2) }, () => somePredicate(roll, depth - 1));
    return {
      text: parts.map((part) => `(${part.text})`).join(` ${op} `),
      json: { op, args: parts.map((part) => part.json) },
      fes: `<fes:${tag}>${parts.map((part) => part.fes).join('')}</fes:${tag}>`,
    };
  }
  const single = SINGLE[Math.floor(roll() * SINGLE.length)];
  if (!single) throw new Error('there is none');
  return single;
}

const FEATURES: readonly Feature[] = Array.from({ length: 40 }, (_, index) => {
  const [x, y] = [E + (index % 8) * 12, N + Math.floor(index / 8) * 12];
  const ring = [
    [x, y],
    [x + 11, y],
    [x + 11, y + 11],
    [x, y + 11],
    [x, y],
  ] as const;
  return {
    layer: 'buildings',
    id: `b${index}`,
    geometry: { type: 'MultiPolygon', coordinates: [[ring]] },
    properties: {
      kind: [null, 'm', 'M', 'g'][index % 4] ?? null,
      storeys_above: index % 7 === 0 ? null : 1 + (index % 5),
      built_area_m2: 60 + index * 5,
      parcel_ids: `306401_1.0021.${index}`,
      version_since: `20${10 + (index % 9)}-06-30T08:30:00Z`,
    },
  };
});

const idsOf = (filter: Filter): readonly string[] => {
  const test = compileFilter(filter, LAYER);
  return FEATURES.filter((feature) => test(feature) === true).map(({ id }) => id);
};

it('finds the same by the same predicate in text, in JSON and in FES', () => {
  const roll = dice(20_260_101);
  const predicates = [...SINGLE, ...Array.from({ length: 300 }, () => somePredicate(roll, 3))];
  const context = {
    layer: LAYER,
    layerNames: ['buildings'],
    defaultCrs: { ...CONTEXT.crs, text: 'EPSG:2177' },
  };
  let different = new Set<string>();
  for (const predicate of predicates) {
    const fes = parseXml(
      `<fes:Filter xmlns:fes="http://www.opengis.net/fes/2.0" xmlns:gml="http://www.opengis.net/gml/3.2">${predicate.fes}</fes:Filter>`,
    );
    const byText = idsOf(text(predicate.text));
    expect([predicate.text, idsOf(json(predicate.json))]).toEqual([predicate.text, byText]);
    expect([predicate.text, idsOf(parseFes(fes, context))]).toEqual([predicate.text, byText]);
    different = different.add(byText.join());
  }
  // Not all of them find nothing, or everything.
  expect(different.size).toBeGreaterThan(50);
  for (const { text: single } of SINGLE) {
    expect([single, idsOf(text(single)).length]).not.toEqual([single, 0]);
    expect([single, idsOf(text(single)).length]).not.toEqual([single, FEATURES.length]);
  }
});

it('binds NOT before AND before OR', () => {
  expect(text("kind = 'm' OR kind = 'g' AND NOT storeys_above > 2")).toMatchObject({
    op: 'or',
    args: [{ op: 'compare' }, { op: 'and', args: [{ op: 'compare' }, { op: 'not' }] }],
  });
});

it('reads quotes within texts and names in quotation marks', () => {
  expect(text(`"kind" = 'O''Hara \\'x\\' i Łódź'`)).toMatchObject({ value: "O'Hara 'x' i Łódź" });
});

it('reads coordinates in the order of the CRS, and SRID= easting first', () => {
  const polish: Cql2Context = { layer: LAYER, crs: { srid: 2177, order: 'northing-easting' } };
  const wanted = { geometry: { type: 'Point', coordinates: [E, N] }, srid: 2177 };
  expect(parseCql2(`S_TOUCHES(geom, POINT(${N} ${E}))`, 'cql2-text', polish)).toMatchObject(wanted);
  expect(parseCql2(`S_TOUCHES(geom, SRID=2177;POINT(${E} ${N}))`, 'cql2-text', polish)).toMatchObject(wanted);
});

it.each([
  'POINT Z (1 2 3)',
  'LINESTRING(1 2, 3 4)',
  'POLYGON((0 0, 1 0, 1 1, 0 0))',
  'MULTIPOINT(1 2, 3 4)',
  'MULTIPOINT((1 2), (3 4))',
  'MULTILINESTRING((1 2, 3 4), (5 6, 7 8))',
  'MULTIPOLYGON(((0 0, 1 0, 1 1, 0 0)), ((5 5, 6 5, 6 6, 5 5)))',
])('reads %s', (wkt) => {
  expect(text(`S_INTERSECTS(geom, ${wkt})`)).toMatchObject({ op: 'spatial', operator: 'intersects' });
});

it('takes a day for all of its moments, and an end that is not known for open', () => {
  expect(text("T_INTERSECTS(version_since, DATE('2020-05-01'))")).toEqual({
    op: 'and',
    args: [
      { op: 'compare', operator: '<=', property: 'version_since', value: '2020-05-01T23:59:59.999Z' },
      { op: 'compare', operator: '>=', property: 'version_since', value: '2020-05-01T00:00:00Z' },
    ],
  });
  const parcels: Cql2Context = { layer: PARCELS, crs: CONTEXT.crs };
  expect(
    parseCql2(
      "T_INTERSECTS(INTERVAL(version_since, version_until), INTERVAL('2020-05-01T00:00:00Z', '..'))",
      'cql2-text',
      parcels,
    ),
  ).toEqual({
    op: 'and',
    args: [
      EVERYTHING,
      {
        op: 'or',
        args: [
          { op: 'compare', operator: '>=', property: 'version_until', value: '2020-05-01T00:00:00Z' },
          { op: 'is-null', property: 'version_until' },
        ],
      },
    ],
  });
});

it('settles what needs no feature at once', () => {
  expect(text('1 = 1')).toEqual(EVERYTHING);
  expect(text('TRUE')).toEqual(EVERYTHING);
  expect(text('EXCLUDE')).toEqual(NOTHING);
  expect(text("'a' > 'b'")).toEqual(NOTHING);
});

it.each([
  ['', /At character 1: the end of the filter/],
  ['kind =', /At character 7/],
  ["kind = 'm", /single|no name|At character/],
  ["kind = 'm' kind", /At character 12.*expected AND, OR or the end/],
  ['(kind IS NULL', /expected "\)"/],
  ["nothing = 'm'", /no property "nothing"/],
  ["geom = 'm'", /is a geometry/],
  ["storeys_above = 'many'", /not a value for storeys_above/],
  ['storeys_above LIKE 1', /pattern of LIKE/],
  ["CASEI(kind) = 'm'", /CASEI must stand around/],
  ["ACCENTI(kind) = 'm'", /not offered/],
  ['storeys_above = storeys_below', /Two properties/],
  ['upper(kind) = 1', /function upper/],
  ['S_INTERSECTS(geom, POLYGON((0 0, 1 0, 1 1)))', /ring/],
  ['S_INTERSECTS(geom, GEOMETRYCOLLECTION(POINT(1 2)))', /GEOMETRYCOLLECTION/],
  ['S_INTERSECTS(kind, POINT(1 2))', /called geom/],
  ['S_INTERSECTS(geom, SRID=9999;POINT(1 2))', /9999/],
  ['DWITHIN(geom, POINT(1 2), -1, m)', /0 or more/],
  ['DWITHIN(geom, POINT(1 2), 1, furlong)', /furlong/],
  ["T_SOMETIMES(version_since, DATE('2020-01-01'))", /t_sometimes/],
  ["T_AFTER(kind, DATE('2020-01-01'))", /neither days nor moments/],
  ["T_AFTER(version_since, DATE('2020-02-31'))", /not a value/],
  [`${'('.repeat(5000)}1=1${')'.repeat(5000)}`, /nested more than/],
  [`${'CASEI('.repeat(5000)}kind`, /nested more than/],
])('says what is wrong with %.60s', (filter, message) => {
  expect(() => text(filter)).toThrow(message);
  expect(() => text(filter)).toThrow(TwinError);
});

it('reads a thousand predicates in a row, and as many negations', () => {
  expect(text(Array.from({ length: 1000 }, (_, i) => `storeys_above <> ${i}`).join(' AND '))).toMatchObject({
    op: 'and',
  });
  expect(text(`${'NOT '.repeat(1000)}kind IS NULL`)).toEqual({ op: 'is-null', property: 'kind' });
});

it.each([
  ['no JSON', '{', /not JSON/],
  ['null', 'null', /no predicate/],
  ['a list', '[]', /no predicate/],
  ['no list of arguments', '{"op":"=","args":3}', /no predicate/],
  ['one argument of two', '{"op":"=","args":[3]}', /two arguments/],
  ['an and of one', '{"op":"and","args":[true]}', /at least two/],
  ['a null to compare with', '{"op":"=","args":[{"property":"kind"},null]}', /no value/],
  ['a property that is no name', '{"op":"=","args":[{"property":3},3]}', /name of a property/],
  ['arithmetic', '{"op":">","args":[{"op":"+","args":[1,2]},3]}', /not offered/],
  ['a name of every object', '{"op":"toString","args":[]}', /not offered/],
  [
    'flat coordinates',
    '{"op":"s_within","args":[{"property":"geom"},{"type":"Polygon","coordinates":[1,2]}]}',
    /nested/,
  ],
  [
    'a type of every object',
    '{"op":"s_within","args":[{"property":"geom"},{"type":"toString","coordinates":[1,2]}]}',
    /not taken/,
  ],
  [
    'a box of three',
    '{"op":"s_intersects","args":[{"property":"geom"},{"bbox":[1,2,3]}]}',
    /4 \(or 6\) numbers/,
  ],
  ['deep nesting', `${'{"op":"not","args":['.repeat(500)}true${']}'.repeat(500)}`, /nested more than/],
])('says what is wrong with JSON of %s', (_what, filter, message) => {
  expect(() => parseCql2(filter, 'cql2-json', CONTEXT)).toThrow(message);
  expect(() => parseCql2(filter, 'cql2-json', CONTEXT)).toThrow(TwinError);
});

/** How the languages of filters write a predicate; each writer knows nothing of the others. */
import { FES_COMPARISONS, FES_SPATIAL, type Pair, type Predicate, type Value } from './random-predicates.ts';

const xml = (value: Value): string => String(value).replace(/[<>&"]/g, (sign) => `&#${sign.charCodeAt(0)};`);

/** `easting`: numbers of a place in this order; else northing first, as the authority of EPSG:2177 has it. */
type First = 'easting' | 'northing';
const inOrder = ([e, n]: Pair, first: First): readonly [number, number] =>
  first === 'easting' ? [e, n] : [n, e];

/** CQL2 text (21-065r2, annex B), with DWITHIN and BEYOND of ECQL. */
export function cqlText(it: Predicate, first: First): string {
  const text = (value: Value) =>
    typeof value === 'number' ? String(value) : `'${value.replaceAll("'", "''")}'`;
  const folds = (folded: boolean, inside: string) => (folded ? `CASEI(${inside})` : inside);
  const place = (pair: Pair) => inOrder(pair, first).join(' ');
  if ('shape' in it) {
    const line = `(${it.shape.line.map(place).join(', ')})`;
    const shape = it.shape.type === 'Polygon' ? `POLYGON(${line})` : `LINESTRING${line}`;
    return `S_${it.is.toUpperCase()}(geom, ${shape})`;
  }
  switch (it.is) {
    case 'and':
    case 'or':
      return it.parts.map((part) => `(${cqlText(part, first)})`).join(` ${it.is.toUpperCase()} `);
    case 'not':
      return `NOT (${cqlText(it.part, first)})`;
    case 'like':
      return `${folds(it.folded, it.name)} LIKE ${folds(it.folded, text(it.pattern))}`;
    case 'between':
      return `${it.name} BETWEEN ${it.ends.map(text).join(' AND ')}`;
    case 'in':
      return `${it.name} IN (${it.values.map(text).join(', ')})`;
    case 'null':
      return `${it.name} IS NULL`;
    case 'after':
    case 'before':
      return `T_${it.is.toUpperCase()}(${it.name}, TIMESTAMP('${it.moment}'))`;
    case 'during':
      return `T_DURING(${it.name}, INTERVAL('${it.span.join("', '")}'))`;
    case 'dwithin':
    case 'beyond':
      return `${it.is.toUpperCase()}(geom, POINT(${place(it.at)}), ${it.metres}, meters)`;
    default:
      return `${folds(it.folded, it.name)} ${it.is} ${folds(it.folded, text(it.value))}`;
  }
}

/** CQL2 JSON (21-065r2, annex C), northing first. */
export function cqlJson(it: Predicate): object {
  const property = (name: string) => ({ property: name });
  const folds = (folded: boolean, inside: unknown) => (folded ? { op: 'casei', args: [inside] } : inside);
  if ('shape' in it) {
    const line = it.shape.line.map((pair) => inOrder(pair, 'northing'));
    const coordinates = it.shape.type === 'Polygon' ? [line] : line;
    return { op: `s_${it.is}`, args: [property('geom'), { type: it.shape.type, coordinates }] };
  }
  switch (it.is) {
    case 'and':
    case 'or':
      return { op: it.is, args: it.parts.map(cqlJson) };
    case 'not':
      return { op: 'not', args: [cqlJson(it.part)] };
    case 'like':
      return { op: 'like', args: [folds(it.folded, property(it.name)), folds(it.folded, it.pattern)] };
    case 'between':
      return { op: 'between', args: [property(it.name), ...it.ends] };
    case 'in':
      return { op: 'in', args: [property(it.name), it.values] };
    case 'null':
      return { op: 'isNull', args: [property(it.name)] };
    case 'after':
    case 'before':
      return { op: `t_${it.is}`, args: [property(it.name), { timestamp: it.moment }] };
    case 'during':
      return { op: 't_during', args: [property(it.name), { interval: it.span }] };
    case 'dwithin':
    case 'beyond': {
      const point = { type: 'Point', coordinates: inOrder(it.at, 'northing') };
      return { op: it.is, args: [property('geom'), point, it.metres, 'm'] };
    }
    default:
      return { op: it.is, args: [folds(it.folded, property(it.name)), folds(it.folded, it.value)] };
  }
}

/** The predicate inside a Filter of FES 2.0 (09-026r2) or 1.1 (04-095), which knows neither times nor lists. */
export function fesXml(it: Predicate, version: '2.0' | '1.1'): string {
  const isNew = version === '2.0';
  const [fes, reference] = isNew ? ['fes', 'ValueReference'] : ['ogc', 'PropertyName'];
  const tag = (name: string, inside: string, attributes = '') =>
    `<${fes}:${name}${attributes}>${inside}</${fes}:${name}>`;
  const named = (name: string) => tag(reference ?? '', name);
  const literal = (value: Value) => tag('Literal', xml(value));
  const caseOf = (folded: boolean) => (folded ? ' matchCase="false"' : '');
  const compared = (operator: keyof typeof FES_COMPARISONS, name: string, value: Value, folded = false) =>
    tag(FES_COMPARISONS[operator], named(name) + literal(value), caseOf(folded));
  const srs = ` srsName="urn:ogc:def:crs:EPSG::2177"`;
  const places = (line: readonly Pair[]) =>
    `<gml:posList>${line.flatMap((pair) => inOrder(pair, 'northing')).join(' ')}</gml:posList>`;
  const id = (name: string) => (isNew ? ` gml:id="${name}"` : '');
  if ('shape' in it) {
    const { type, line } = it.shape;
    const inside = places(line);
    const ring = `<gml:exterior><gml:LinearRing>${inside}</gml:LinearRing></gml:exterior>`;
    const shape = `<gml:${type}${id('g')}${srs}>${type === 'Polygon' ? ring : inside}</gml:${type}>`;
    return tag(FES_SPATIAL[it.is], named('geom') + shape);
  }
  switch (it.is) {
    case 'and':
    case 'or':
      return tag(it.is === 'and' ? 'And' : 'Or', it.parts.map((part) => fesXml(part, version)).join(''));
    case 'not':
      return tag('Not', fesXml(it.part, version));
    case 'like':
      return tag(
        'PropertyIsLike',
        named(it.name) +
          literal(it.pattern.replace(/\\_|%|_/g, (sign) => ({ '%': '*', _: '?' })[sign] ?? '_')),
        ` wildCard="*" singleChar="?" ${isNew ? 'escapeChar' : 'escape'}="!"${caseOf(it.folded)}`,
      );
    case 'between': {
      const [lower, upper] = it.ends.map(literal);
      return tag(
        'PropertyIsBetween',
        named(it.name) + tag('LowerBoundary', lower ?? '') + tag('UpperBoundary', upper ?? ''),
      );
    }
    case 'in':
      return tag('Or', it.values.map((value) => compared('=', it.name, value)).join(''));
    case 'null':
      return tag('PropertyIsNull', named(it.name));
    case 'after':
    case 'before': {
      if (!isNew) return compared(it.is === 'after' ? '>' : '<', it.name, it.moment);
      const instant = `<gml:TimeInstant${id('t')}><gml:timePosition>${it.moment}</gml:timePosition></gml:TimeInstant>`;
      return tag(it.is === 'after' ? 'After' : 'Before', named(it.name) + instant);
    }
    case 'during': {
      const [begin, end] = it.span;
      if (!isNew) return tag('And', compared('>', it.name, begin) + compared('<', it.name, end));
      const period = `<gml:TimePeriod${id('t')}><gml:beginPosition>${begin}</gml:beginPosition><gml:endPosition>${end}</gml:endPosition></gml:TimePeriod>`;
      return tag('During', named(it.name) + period);
    }
    case 'dwithin':
    case 'beyond': {
      const point = `<gml:Point${id('p')}${srs}><gml:pos>${inOrder(it.at, 'northing').join(' ')}</gml:pos></gml:Point>`;
      const distance = tag('Distance', String(it.metres), isNew ? ' uom="m"' : ' units="m"');
      return tag(it.is === 'dwithin' ? 'DWithin' : 'Beyond', named('geom') + point + distance);
    }
    default:
      return compared(it.is, it.name, it.value, it.folded);
  }
}

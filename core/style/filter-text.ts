/** Filters of styles in the languages of other programs. */
import type { Filter, Literal } from '../filter/ast.ts';
import { type Markup, markup } from '../xml/writer.ts';

/** What rules of styles are made of. */
type StyleFilter = Exclude<Filter, { op: 'between' | 'in' | 'ids' | 'bbox' | 'spatial' | 'distance' }>;

/** Content of an `ogc:Filter` (Filter Encoding 1.1, which Symbology Encoding 1.1 is written with). */
export function filterMarkup(filter: Filter): Markup {
  const it = checked(filter);
  switch (it.op) {
    case 'and':
    case 'or': {
      const inner = it.args.map(filterMarkup);
      if (inner.length === 1) return inner[0] ?? markup``;
      return it.op === 'and' ? markup`<ogc:And>${inner}</ogc:And>` : markup`<ogc:Or>${inner}</ogc:Or>`;
    }
    case 'not':
      return markup`<ogc:Not>${filterMarkup(it.arg)}</ogc:Not>`;
    case 'compare':
      return markup`<ogc:PropertyIsEqualTo><ogc:PropertyName>${it.property}</ogc:PropertyName><ogc:Literal>${String(it.value)}</ogc:Literal></ogc:PropertyIsEqualTo>`;
    case 'like':
      return markup`<ogc:PropertyIsLike wildCard="%" singleChar="_" escapeChar="\\"><ogc:PropertyName>${it.property}</ogc:PropertyName><ogc:Literal>${it.pattern}</ogc:Literal></ogc:PropertyIsLike>`;
    case 'is-null':
      return markup`<ogc:PropertyIsNull><ogc:PropertyName>${it.property}</ogc:PropertyName></ogc:PropertyIsNull>`;
  }
}

/** An expression of QGIS. */
export function filterExpression(filter: Filter): string {
  const it = checked(filter);
  switch (it.op) {
    case 'and':
    case 'or':
      return it.args.map((arg) => `(${filterExpression(arg)})`).join(it.op === 'and' ? ' AND ' : ' OR ');
    case 'not':
      return `NOT (${filterExpression(it.arg)})`;
    case 'compare':
      return `"${it.property}" = ${literal(it.value)}`;
    case 'like':
      return `"${it.property}" LIKE ${literal(it.pattern)}`;
    case 'is-null':
      return `"${it.property}" IS NULL`;
  }
}

/** A filter of the MapLibre Style Specification. Patterns of styles are beginnings: `R%`. */
export function filterArray(filter: Filter): unknown {
  const it = checked(filter);
  switch (it.op) {
    case 'and':
    case 'or':
      return [it.op === 'and' ? 'all' : 'any', ...it.args.map(filterArray)];
    case 'not':
      return ['!', filterArray(it.arg)];
    case 'compare':
      return ['==', ['get', it.property], it.value];
    case 'like': {
      const beginning = it.pattern.slice(0, -1).replace(/\\(.)/g, '$1');
      return ['==', ['slice', ['to-string', ['get', it.property]], 0, beginning.length], beginning];
    }
    case 'is-null':
      return ['==', ['get', it.property], null];
  }
}

const literal = (value: Literal): string =>
  typeof value === 'string' ? `'${value.replaceAll("'", "''").replaceAll('\\', '\\\\')}'` : String(value);

function checked(filter: Filter): StyleFilter {
  switch (filter.op) {
    case 'and':
    case 'or':
    case 'not':
    case 'compare':
    case 'like':
    case 'is-null':
      return filter;
    default:
      throw new TypeError(`Styles do not ask for ${filter.op}`);
  }
}

/** The options of a read (18-088, 9.3) as plain data, those inside `$expand` read like those outside. */
import { invalidParameter } from '../errors.ts';
import type { Expression, OrderTerm } from './expression.ts';
import { parseExpression, parseOrderBy } from './parse-expression.ts';

export interface QueryOptions {
  readonly filter?: Expression | undefined;
  readonly orderBy: readonly OrderTerm[];
  readonly top?: number | undefined;
  readonly skip: number;
  readonly count: boolean;
  /** Names of properties and links; undefined is all of them. */
  readonly select?: readonly string[] | undefined;
  readonly expand: readonly Expansion[];
  /** As they were written, for links to the rest. */
  readonly written: Readonly<Record<string, string>>;
}

export interface Expansion {
  readonly link: string;
  readonly options: QueryOptions;
}

export const NO_OPTIONS: QueryOptions = { orderBy: [], skip: 0, count: false, expand: [], written: {} };

const OPTIONS = ['$filter', '$orderby', '$top', '$skip', '$count', '$select', '$expand'];
/** A listing is not walked by ever larger skips: links go on by key. */
const DEEPEST_SKIP = 10_000_000;
const DEEPEST_EXPAND = 8;
const MOST_EXPANSIONS = 30;

/**
 * @param given option to its text; others than those of the standard are refused, so that nobody takes a whole set
 *   for a filtered one
 * @throws TwinError invalid-parameter
 */
export function parseQueryOptions(given: ReadonlyMap<string, string>): QueryOptions {
  const budget = { expansions: MOST_EXPANSIONS };
  return readOptions(given, 0, budget);
}

interface Budget {
  expansions: number;
}

function readOptions(given: ReadonlyMap<string, string>, depth: number, budget: Budget): QueryOptions {
  for (const name of given.keys()) {
    if (!OPTIONS.includes(name)) {
      throw invalidParameter(name, `There is no option ${name.slice(0, 100)}; known: ${OPTIONS.join(', ')}`);
    }
  }
  const filter = given.get('$filter');
  const orderBy = given.get('$orderby');
  const top = given.get('$top');
  const select = given.get('$select');
  const expand = given.get('$expand');
  return {
    filter: filter === undefined ? undefined : parseExpression(filter),
    orderBy: orderBy === undefined ? [] : parseOrderBy(orderBy),
    top: top === undefined ? undefined : readWhole(top, '$top', Number.MAX_SAFE_INTEGER),
    skip: readWhole(given.get('$skip') ?? '0', '$skip', DEEPEST_SKIP),
    count: readFlag(given.get('$count') ?? 'false'),
    select: select === undefined ? undefined : splitOutside(select, ',', '$select').map(readName),
    expand: expand === undefined ? [] : readExpand(expand, depth + 1, budget),
    written: Object.fromEntries(given),
  };
}

const readName = (text: string): string => {
  const name = text.trim();
  if (/^[@A-Za-z][\w.@]*$/.test(name)) return name === 'id' ? '@iot.id' : name;
  throw invalidParameter(
    '$select',
    `$select names properties, such as name,description; not "${name.slice(0, 60)}"`,
  );
};

function readWhole(text: string, parameter: string, max: number): number {
  const value = /^\d{1,15}$/.test(text.trim()) ? Number(text) : Number.NaN;
  if (value <= max) return value;
  throw invalidParameter(
    parameter,
    `${parameter} must be a whole number from 0 to ${max}, not "${text.slice(0, 60)}"`,
  );
}

function readFlag(text: string): boolean {
  if (text === 'true' || text === 'false') return text === 'true';
  throw invalidParameter('$count', `$count is true or false, not "${text.slice(0, 60)}"`);
}

/** `Datastreams($top=2;$expand=Sensor),Locations` or `Datastreams/Sensor`. */
function readExpand(text: string, depth: number, budget: Budget): readonly Expansion[] {
  if (depth > DEEPEST_EXPAND) {
    throw invalidParameter('$expand', `$expand goes at most ${DEEPEST_EXPAND} deep`);
  }
  return merged(splitOutside(text, ',', '$expand').map((item) => readExpansion(item.trim(), depth, budget)));
}

const EXPANSION = /^([A-Za-z]+(?:\/[A-Za-z]+)*)(?:\((.*)\))?$/s;

function readExpansion(item: string, depth: number, budget: Budget): Expansion {
  const [, path, inside] = EXPANSION.exec(item) ?? [];
  if (path === undefined) {
    throw invalidParameter('$expand', `$expand reads Datastreams($top=1), not "${item.slice(0, 60)}"`);
  }
  const given = new Map<string, string>();
  for (const option of inside === undefined ? [] : splitOutside(inside, ';', '$expand')) {
    const [, name = '', value = ''] = /^\s*([^=\s]*)\s*=(.*)$/s.exec(option) ?? [];
    if (given.has(name)) throw invalidParameter('$expand', `${name} is given twice`);
    given.set(name, value.trim());
  }
  const links = path.split('/');
  budget.expansions -= links.length;
  if (budget.expansions < 0 || depth + links.length - 1 > DEEPEST_EXPAND) {
    throw invalidParameter(
      '$expand',
      `$expand takes at most ${MOST_EXPANSIONS} links, at most ${DEEPEST_EXPAND} deep`,
    );
  }
  const last: Expansion = {
    link: links.pop() ?? '',
    options: readOptions(given, depth + links.length, budget),
  };
  return links.reduceRight<Expansion>(
    (inner, link) => ({
      link,
      options: { ...NO_OPTIONS, expand: [inner], written: { $expand: writtenOf(inner) } },
    }),
    last,
  );
}

/** One of each link: `Datastreams/Sensor,Datastreams($top=1)` names one twice. */
function merged(expansions: readonly Expansion[]): readonly Expansion[] {
  const byLink = new Map<string, Expansion>();
  for (const one of expansions) {
    const before = byLink.get(one.link);
    byLink.set(one.link, before === undefined ? one : joined(before, one));
  }
  return [...byLink.values()];
}

function joined(a: Expansion, b: Expansion): Expansion {
  const isOnlyExpand = ({ options }: Expansion) =>
    Object.keys(options.written).every((name) => name === '$expand');
  const [full, bare] = isOnlyExpand(a) ? [b, a] : [a, b];
  if (!isOnlyExpand(bare)) throw invalidParameter('$expand', `${a.link} is expanded twice`);
  const expand = merged([...full.options.expand, ...bare.options.expand]);
  const written = { ...full.options.written, $expand: expand.map(writtenOf).join(',') };
  return { link: full.link, options: { ...full.options, expand, written } };
}

/** An expansion as text again. */
export function writtenOf({ link, options }: Expansion): string {
  const inside = Object.entries(options.written)
    .filter(([, value]) => value !== '')
    .map(([name, value]) => `${name}=${value}`)
    .join(';');
  return inside === '' ? link : `${link}(${inside})`;
}

/** Parts between signs that stand neither in quotes nor in parentheses; none is empty. */
function splitOutside(text: string, sign: string, parameter: string): readonly string[] {
  const parts: string[] = [];
  let depth = 0;
  let isQuoted = false;
  let from = 0;
  for (let at = 0; at <= text.length; at++) {
    const character = text.charAt(at);
    if (character === "'") isQuoted = !isQuoted;
    else if (!isQuoted && character === '(') depth++;
    else if (!isQuoted && character === ')') depth--;
    if (depth < 0) break;
    if (at === text.length || (character === sign && depth === 0 && !isQuoted)) {
      parts.push(text.slice(from, at));
      from = at + 1;
    }
  }
  if (depth !== 0 || isQuoted) {
    throw invalidParameter(parameter, `${parameter} has a quote or parenthesis that is left open`);
  }
  if (parts.some((part) => part.trim() === '')) {
    throw invalidParameter(parameter, `${parameter} has an empty part; separate with one "${sign}"`);
  }
  return parts;
}

/** Entities as SensorThings JSON (18-088, 9.2), with the addresses of what is linked to them. */
import { ENTITY_MODEL } from '../../../core/live/entity-model.ts';
import type { EntitySet } from '../../../core/live/sensor-things.ts';
import type { Expansion, QueryOptions } from '../../../core/odata/query-options.ts';
import type { Entity, EntityPage, PageEnd } from '../../services/sensor-things.ts';
import { selfLink } from './addresses.ts';
import { writeSkipToken } from './skip-token.ts';

type Asked = Pick<QueryOptions, 'select' | 'expand'>;

/** With a selection only what was selected; what was expanded is there in any case, as in FROST. */
export function entityJson(
  set: EntitySet,
  { id, properties, linked }: Entity,
  publicUrl: string,
  { select, expand }: Asked = { expand: [] },
): Record<string, unknown> {
  const self = selfLink(set, id, publicUrl);
  const isWanted = (name: string) => select === undefined || select.includes(name);
  const links = Object.keys(ENTITY_MODEL[set].links).filter((name) => isWanted(name) && !(name in linked));
  return {
    ...(isWanted('@iot.id') && { '@iot.id': id }),
    ...(isWanted('@iot.selfLink') && { '@iot.selfLink': self }),
    ...properties,
    ...Object.fromEntries(links.map((name) => [`${name}@iot.navigationLink`, `${self}/${name}`])),
    ...Object.assign({}, ...expand.map((one) => expandedJson(set, self, one, linked[one.link], publicUrl))),
  };
}

function expandedJson(
  set: EntitySet,
  self: string,
  { link, options }: Expansion,
  found: EntityPage | Entity | null | undefined,
  publicUrl: string,
): Record<string, unknown> {
  const target = ENTITY_MODEL[set].links[link]?.set;
  // A link that leads to nothing is left out.
  if (target === undefined || found === null || found === undefined) return {};
  if (!('entities' in found)) return { [link]: entityJson(target, found, publicUrl, options) };
  return {
    ...countJson(found, `${link}@iot.`),
    [link]: found.entities.map((entity) => entityJson(target, entity, publicUrl, options)),
    ...(found.end && { [`${link}@iot.nextLink`]: restOf(`${self}/${link}`, options, found, found.end) }),
  };
}

/** The number of all, and whether the database only estimates it. */
export const countJson = ({ count }: EntityPage, prefix = '@iot.'): Record<string, unknown> =>
  count === undefined
    ? {}
    : { [`${prefix}count`]: count.value, ...(count.isEstimate && { [`${prefix}countIsEstimate`]: true }) };

/** Where the rest of an expanded list is read, with the same options. */
function restOf(address: string, { written }: QueryOptions, page: EntityPage, end: PageEnd): string {
  const { $skip: _skip, ...same } = written;
  const query = new URLSearchParams({
    ...same,
    $top: written['$top'] ?? String(page.entities.length),
    $skiptoken: writeSkipToken(end),
  });
  return `${address}?${query}`;
}

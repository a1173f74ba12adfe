/** What records are filtered and sorted by: members of their documents (20-004r1, 8.1) over the queryables of the catalogue. */
import type { Language, Layer } from '../../../core/feature/layer.ts';
import type { Filter } from '../../../core/filter/ast.ts';
import { cql2Language, parseCql2 } from '../../../core/filter/cql2/cql2.ts';
import { parseCrs } from '../../../core/geo/crs.ts';
import { RECORDS } from '../../../core/metadata/record-queryables.ts';
import { registerFilter } from '../../../core/profile/profile-source.ts';
import type { Kvp } from '../../http/kvp.ts';
import { href } from '../../http/links.ts';
import { propertySchema } from '../../http/property-schema.ts';
import { CATALOGUE_TITLE, QUERYABLES_PATH } from './part.ts';

const MEMBERS = [
  { name: 'type', from: 'type' },
  { name: 'title', from: 'title' },
  { name: 'description', from: 'abstract' },
  { name: 'keywords', from: 'subject' },
  { name: 'contacts', from: 'publisher' },
  { name: 'license', from: 'rights' },
  { name: 'formats', from: 'format' },
  { name: 'updated', from: 'modified' },
] as const;

/** Records under the names of their documents. */
export const MEMBERS_LAYER: Layer = {
  ...RECORDS,
  properties: MEMBERS.flatMap(({ name, from }) =>
    RECORDS.properties.filter((each) => each.name === from).map((property) => ({ ...property, name })),
  ),
};
const CRS84 = parseCrs('CRS:84');

/** The property of the catalogue that a member is found by; undefined for what is none. */
export const queryableOf = (member: string): string | undefined =>
  member === 'id' ? 'id' : MEMBERS.find(({ name }) => name === member)?.from;

export const SORTABLES: readonly string[] = ['id', ...MEMBERS.map(({ name }) => name)];

/**
 * The parameters `filter` and `filter-lang` (19-079r2, 7). Coordinates stand in CRS84.
 * @throws TwinError invalid-parameter
 */
export function filterOfMembers(kvp: Kvp): Filter | undefined {
  const language = cql2Language(kvp.get('filter-lang'));
  const text = kvp.get('filter');
  if (text === undefined) return undefined;
  return registerFilter(
    { attributes: MEMBERS },
    parseCql2(text, language, { layer: MEMBERS_LAYER, crs: CRS84 }),
  );
}

/** The queryables of the catalogue (19-079r2, 6.2). */
export const queryablesDocument = (publicUrl: string, language: Language) => ({
  $schema: 'https://json-schema.org/draft/2020-12/schema',
  $id: href(publicUrl, QUERYABLES_PATH),
  type: 'object',
  title: CATALOGUE_TITLE[language],
  properties: {
    id: { title: language === 'pl' ? 'Identyfikator' : 'Identifier', type: 'string' },
    ...Object.fromEntries(
      MEMBERS_LAYER.properties.map((property) => [property.name, propertySchema(property, language)]),
    ),
    geom: { title: language === 'pl' ? 'Geometria' : 'Geometry', format: 'geometry-polygon' },
  },
  additionalProperties: false,
});

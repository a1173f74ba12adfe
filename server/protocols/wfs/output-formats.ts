import { invalidParameter } from '../../../core/errors.ts';
import { GEO_PACKAGE } from '../../services/geo-packages.ts';
import type { WfsVersion } from './versions.ts';

export const GML_TYPE = 'application/gml+xml; version=3.2';
export const JSON_TYPE = 'application/json';
/** Formats of one feature type, without a place for counts and links. */
export const TABLE_TYPES = {
  csv: 'text/csv',
  flatgeobuf: 'application/flatgeobuf',
  geopackage: GEO_PACKAGE,
  // The name by which clients know it; a plain application/zip is taken, too.
  shapefile: 'SHAPE-ZIP',
} as const;
export type TableFormat = keyof typeof TABLE_TYPES;

/** As advertised, the default first. */
export const OUTPUT_FORMATS = [
  GML_TYPE,
  'text/xml; subtype=gml/3.2',
  'application/geo+json',
  JSON_TYPE,
  TABLE_TYPES.csv,
  TABLE_TYPES.flatgeobuf,
  TABLE_TYPES.geopackage,
  TABLE_TYPES.shapefile,
] as const;
export const SCHEMA_FORMATS = [GML_TYPE, 'text/xml; subtype=gml/3.2'] as const;

/** Of WFS 1.1. */
export const OLD_GML_TYPE = 'text/xml; subtype=gml/3.1.1';
export const OLD_OUTPUT_FORMATS = [
  OLD_GML_TYPE,
  ...OUTPUT_FORMATS.filter((format) => !format.includes('3.2')),
] as const;
/** Of WFS 1.0, whose name for it is GML2. */
export const OLDEST_GML_TYPE = 'text/xml; subtype=gml/2.1.2';
const OLDEST_OUTPUT_FORMATS = [
  'GML2',
  OLDEST_GML_TYPE,
  ...OUTPUT_FORMATS.filter((format) => !format.includes('3.2')),
] as const;
const OLDEST_GML =
  /^(text\/xml(;\s*subtype="?gml\/2(\.1)?(\.\d)?"?)?|application\/(gml[+ ])?xml(;\s*version=2(\.1)?(\.2)?)?|gml2(\.1)?(\.2)?)$/i;
const OLD_GML =
  /^(text\/xml(;\s*subtype="?gml\/3\.1\.1"?)?|application\/(gml[+ ])?xml(;\s*version=3\.1(\.1)?)?|gml31?1?)$/i;

/** A plus sign that was not escaped arrives as a space. */
const GML =
  /^(application\/gml[+ ]xml(;\s*version=3\.2(\.1)?)?|text\/xml(;\s*subtype=gml\/3\.2(\.1)?)?|application\/xml|gml3?2?)$/i;
const JSON_FORMAT = /^(application\/(geo[+ ])?json|application\/vnd\.geo[+ ]json|geojson|json)$/i;

/** What each version takes for its own GML, and what it offers. */
const FORMS = {
  '2.0.0': { gml: GML, offered: OUTPUT_FORMATS, schemas: SCHEMA_FORMATS },
  '1.1.0': { gml: OLD_GML, offered: OLD_OUTPUT_FORMATS, schemas: [OLD_GML_TYPE] },
  '1.0.0': { gml: OLDEST_GML, offered: OLDEST_OUTPUT_FORMATS, schemas: ['XMLSCHEMA'] },
} as const satisfies Record<WfsVersion, unknown>;

const CSV = /^(text\/csv|csv)(;.*)?$/i;
const GEOPACKAGE = /^application\/(geopackage|vnd\.sqlite3|x-sqlite3)([+ ]sqlite3)?$|^geopackage$|^gpkg$/i;
const SHAPEFILE = /^shape-?zip$|^shapefile$|^shp$|^application\/(x-)?zip$|^application\/x-shapefile$/i;
const FLATGEOBUF = /^(application\/(vnd\.)?)?flatgeobuf$|^fgb$/i;

/** @throws TwinError invalid-parameter */
export function outputFormatOf(
  text: string | undefined,
  version: WfsVersion = '2.0.0',
): 'gml' | 'json' | TableFormat {
  const { gml, offered } = FORMS[version];
  if (text === undefined || gml.test(text.trim())) return 'gml';
  if (JSON_FORMAT.test(text.trim())) return 'json';
  if (CSV.test(text.trim())) return 'csv';
  if (FLATGEOBUF.test(text.trim())) return 'flatgeobuf';
  if (GEOPACKAGE.test(text.trim())) return 'geopackage';
  if (SHAPEFILE.test(text.trim())) return 'shapefile';
  throw invalidParameter(
    'outputFormat',
    `outputFormat "${text.slice(0, 100)}" is not offered; use ${offered.join(' | ')}`,
  );
}

/** @throws TwinError invalid-parameter */
export function checkSchemaFormat(text: string | undefined, version: WfsVersion): void {
  const { gml, schemas } = FORMS[version];
  if (text === undefined || gml.test(text.trim()) || /^XMLSCHEMA$/i.test(text.trim())) return;
  throw invalidParameter(
    'outputFormat',
    `outputFormat "${text.slice(0, 100)}" is not offered; use ${schemas.join(' | ')}`,
  );
}

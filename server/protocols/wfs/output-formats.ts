import { invalidParameter } from '../../../core/errors.ts';
import { GEO_PACKAGE } from '../../services/geo-packages.ts';
import type { ReadVersion } from './versions.ts';

export const GML_TYPE = 'application/gml+xml; version=3.2';
export const JSON_TYPE = 'application/json';
/** Formats of one feature type, without a place for counts and links. */
export const TABLE_TYPES = {
  csv: 'text/csv',
  flatgeobuf: 'application/flatgeobuf',
  geopackage: GEO_PACKAGE,
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
] as const;
export const SCHEMA_FORMATS = [GML_TYPE, 'text/xml; subtype=gml/3.2'] as const;

/** Of WFS 1.1. */
export const OLD_GML_TYPE = 'text/xml; subtype=gml/3.1.1';
export const OLD_OUTPUT_FORMATS = [
  OLD_GML_TYPE,
  ...OUTPUT_FORMATS.filter((format) => !format.includes('3.2')),
] as const;
const OLD_GML =
  /^(text\/xml(;\s*subtype="?gml\/3\.1\.1"?)?|application\/(gml[+ ])?xml(;\s*version=3\.1(\.1)?)?|gml31?1?|XMLSCHEMA)$/i;

/** A plus sign that was not escaped arrives as a space. */
const GML =
  /^(application\/gml[+ ]xml(;\s*version=3\.2(\.1)?)?|text\/xml(;\s*subtype=gml\/3\.2(\.1)?)?|application\/xml|gml3?2?)$/i;
const JSON_FORMAT = /^(application\/(geo[+ ])?json|application\/vnd\.geo[+ ]json|geojson|json)$/i;

const CSV = /^(text\/csv|csv)(;.*)?$/i;
const GEOPACKAGE = /^application\/(geopackage|vnd\.sqlite3|x-sqlite3)([+ ]sqlite3)?$|^geopackage$|^gpkg$/i;
const FLATGEOBUF = /^(application\/(vnd\.)?)?flatgeobuf$|^fgb$/i;

/** @throws TwinError invalid-parameter */
export function outputFormatOf(
  text: string | undefined,
  version: ReadVersion = '2.0.0',
): 'gml' | 'json' | TableFormat {
  const isOld = version !== '2.0.0';
  if (text === undefined || (isOld ? OLD_GML : GML).test(text.trim())) return 'gml';
  if (JSON_FORMAT.test(text.trim())) return 'json';
  if (CSV.test(text.trim())) return 'csv';
  if (FLATGEOBUF.test(text.trim())) return 'flatgeobuf';
  if (GEOPACKAGE.test(text.trim())) return 'geopackage';
  throw invalidParameter(
    'outputFormat',
    `outputFormat "${text.slice(0, 100)}" is not offered; use ${(isOld ? OLD_OUTPUT_FORMATS : OUTPUT_FORMATS).join(' | ')}`,
  );
}

/** @throws TwinError invalid-parameter */
export function checkSchemaFormat(text: string | undefined, version: ReadVersion): void {
  if (version !== '2.0.0') {
    if (text !== undefined && !OLD_GML.test(text.trim())) {
      throw invalidParameter(
        'outputFormat',
        `outputFormat "${text.slice(0, 100)}" is not offered; use ${OLD_GML_TYPE}`,
      );
    }
    return;
  }
  if (text !== undefined && !GML.test(text.trim()) && !/^XMLSCHEMA$/i.test(text.trim())) {
    throw invalidParameter(
      'outputFormat',
      `outputFormat "${text.slice(0, 100)}" is not offered; use ${SCHEMA_FORMATS.join(' | ')}`,
    );
  }
}

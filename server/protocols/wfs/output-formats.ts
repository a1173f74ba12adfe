import { invalidParameter } from '../../../core/errors.ts';

export const GML_TYPE = 'application/gml+xml; version=3.2';
export const JSON_TYPE = 'application/json';
/** Formats of one feature type, without a place for counts and links. */
export const TABLE_TYPES = { csv: 'text/csv', flatgeobuf: 'application/flatgeobuf' } as const;
export type TableFormat = keyof typeof TABLE_TYPES;

/** As advertised, the default first. */
export const OUTPUT_FORMATS = [
  GML_TYPE,
  'text/xml; subtype=gml/3.2',
  'application/geo+json',
  JSON_TYPE,
  TABLE_TYPES.csv,
  TABLE_TYPES.flatgeobuf,
] as const;
export const SCHEMA_FORMATS = [GML_TYPE, 'text/xml; subtype=gml/3.2'] as const;

/** A plus sign that was not escaped arrives as a space. */
const GML =
  /^(application\/gml[+ ]xml(;\s*version=3\.2(\.1)?)?|text\/xml(;\s*subtype=gml\/3\.2(\.1)?)?|application\/xml|gml3?2?)$/i;
const JSON_FORMAT = /^(application\/(geo[+ ])?json|application\/vnd\.geo[+ ]json|geojson|json)$/i;

const CSV = /^(text\/csv|csv)(;.*)?$/i;
const FLATGEOBUF = /^(application\/(vnd\.)?)?flatgeobuf$|^fgb$/i;

/** @throws TwinError invalid-parameter */
export function outputFormatOf(text: string | undefined): 'gml' | 'json' | TableFormat {
  if (text === undefined || GML.test(text.trim())) return 'gml';
  if (JSON_FORMAT.test(text.trim())) return 'json';
  if (CSV.test(text.trim())) return 'csv';
  if (FLATGEOBUF.test(text.trim())) return 'flatgeobuf';
  throw invalidParameter(
    'outputFormat',
    `outputFormat "${text.slice(0, 100)}" is not offered; use ${OUTPUT_FORMATS.join(' | ')}`,
  );
}

/** @throws TwinError invalid-parameter */
export function checkSchemaFormat(text: string | undefined): void {
  if (text !== undefined && !GML.test(text.trim()) && !/^XMLSCHEMA$/i.test(text.trim())) {
    throw invalidParameter(
      'outputFormat',
      `outputFormat "${text.slice(0, 100)}" is not offered; use ${SCHEMA_FORMATS.join(' | ')}`,
    );
  }
}

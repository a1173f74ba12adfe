import { invalidParameter } from '../../../core/errors.ts';

export const GML_TYPE = 'application/gml+xml; version=3.2';
export const JSON_TYPE = 'application/json';

/** As advertised, the default first. */
export const OUTPUT_FORMATS = [
  GML_TYPE,
  'text/xml; subtype=gml/3.2',
  'application/geo+json',
  JSON_TYPE,
] as const;
export const SCHEMA_FORMATS = [GML_TYPE, 'text/xml; subtype=gml/3.2'] as const;

/** A plus sign that was not escaped arrives as a space. */
const GML =
  /^(application\/gml[+ ]xml(;\s*version=3\.2(\.1)?)?|text\/xml(;\s*subtype=gml\/3\.2(\.1)?)?|application\/xml|gml3?2?)$/i;
const JSON_FORMAT = /^(application\/(geo[+ ])?json|application\/vnd\.geo[+ ]json|geojson|json)$/i;

/** @throws TwinError invalid-parameter */
export function outputFormatOf(text: string | undefined): 'gml' | 'json' {
  if (text === undefined || GML.test(text.trim())) return 'gml';
  if (JSON_FORMAT.test(text.trim())) return 'json';
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

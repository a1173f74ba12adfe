/** Properties in JSON Schema, for queryables (19-079r2, 6.2) and schemas of collections. */
import type { Language, PropertyDeclaration, PropertyType } from '../../core/feature/layer.ts';

export const SCHEMA_TYPE = 'application/schema+json';

const JSON_TYPES = {
  text: { type: 'string' },
  integer: { type: 'integer' },
  number: { type: 'number' },
  boolean: { type: 'boolean' },
  date: { type: 'string', format: 'date' },
  datetime: { type: 'string', format: 'date-time' },
} as const satisfies Record<PropertyType, object>;

/** The schema of one property; titles in both languages, codes with their meaning. */
export function propertySchema(property: PropertyDeclaration, language: Language): Record<string, unknown> {
  const other: Language = language === 'pl' ? 'en' : 'pl';
  return {
    title: property.label[language],
    [`x-title-${language}`]: property.label[language],
    [`x-title-${other}`]: property.label[other],
    ...JSON_TYPES[property.type],
    ...(property.unit === undefined ? {} : { 'x-ogc-unit': property.unit, 'x-ogc-unitLang': 'UCUM' }),
    ...(property.codelist
      ? {
          enum: property.codelist.map(({ code }) => code),
          'x-codelist': Object.fromEntries(property.codelist.map(({ code, label }) => [code, label])),
        }
      : {}),
  };
}

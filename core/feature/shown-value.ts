import { plainText } from '../formats/coordinate-text.ts';
import type { PropertyValue } from './feature.ts';
import type { Language, PropertyDeclaration } from './layer.ts';

/** A value as people read it: codes by their meaning. */
export function shownValue(property: PropertyDeclaration, value: PropertyValue, language: Language): string {
  if (value === null) return '';
  if (typeof value === 'number')
    return language === 'pl' ? plainText(value).replace('.', ',') : plainText(value);
  const entry = property.codelist?.find(({ code }) => code === value);
  return entry ? `${entry.label[language]} (${entry.code})` : String(value);
}

/** Codes of the schemas of 2015, which are words, and what the twin has for them: its own words are those of 2021. */
import { childText, type XmlElement } from '../../xml/element.ts';
import type { Notebook } from '../notebook.ts';
import { RejectedObject } from '../rejected-object.ts';
import type { Codes } from './read-object.ts';

export interface Words2015 {
  /** Words of the twin by code of 2015, where both mean the same. */
  readonly same: Codes;
  /** Words that are the nearest which the schema of 2021 has: each such object is told in the report. */
  readonly nearest?: Codes;
}

/** An object of the schemas of 2015, which say since when a version is in an element of its own. */
export const isOf2015 = (object: XmlElement): boolean =>
  object.children.some(({ local }) => local === 'cyklZyciaObiektu');

/**
 * The word of the twin for a code of 2015; null without the element.
 * @throws RejectedObject `invalid-value` for what is none of the codes
 */
export function wordOf2015(
  object: XmlElement,
  local: string,
  { same, nearest = {} }: Words2015,
  notes: Notebook,
): string | null {
  const code = childText(object, local);
  if (code === undefined) return null;
  const word = own(same, code);
  if (word !== undefined) return word;
  const near = own(nearest, code);
  if (near === undefined) {
    const known = [...Object.keys(same), ...Object.keys(nearest)].join(', ');
    throw new RejectedObject('invalid-value', `${local}: "${code.slice(0, 40)}" is none of ${known}`, object);
  }
  notes.add(
    `code-2015:${local}:${code}`,
    `${local} "${code}" of ${object.local} (2015) has no word of its own in the schema of 2021; it is kept as ${near}`,
  );
  return near;
}

const own = (codes: Codes, code: string): string | undefined =>
  Object.hasOwn(codes, code) ? codes[code] : undefined;

/** GES_ZrodloType and BDZ_ZrodloType of 2015. */
export const SOURCES_2015: Words2015 = {
  same: {
    ...{ pomiarNaOsnowe: 'O', pomiarWykrywaczemPrzewodow: 'A', digitalizacjaIWektoryzacja: 'D' },
    ...{ fotogrametria: 'F', pomiarWOparciuOElementyMapy: 'M', daneBranzowe: 'B', inne: 'I' },
    ...{ nieokreslone: 'X', dokumentacjaZNarady: 'K' },
  },
  nearest: {
    ...{ niepoprawne: 'X', pozwolenieNaBudowe: 'I', zgloszenieBudowy: 'I', dokumentacjaZWytyczenia: 'I' },
  },
};

/** Short ways to declare properties; a catalogue of registers is mostly these. */
import type { CodelistEntry, PropertyDeclaration, PropertyType } from '../feature/layer.ts';

type More = Omit<PropertyDeclaration, 'name' | 'type' | 'label'>;

const ofType =
  (type: PropertyType) =>
  (name: string, pl: string, en: string, more: More = {}): PropertyDeclaration => ({
    name,
    type,
    label: { pl, en },
    ...more,
  });

export const text = ofType('text');
export const integer = ofType('integer');
/** How many there are: never fewer than none. */
export const count: typeof integer = (name, pl, en, more) => integer(name, pl, en, { least: 0, ...more });
export const decimal = ofType('number');
export const flag = ofType('boolean');
export const date = ofType('date');

/** Entries of code, Polish and English label. */
export const codes = (
  ...entries: readonly (readonly [code: string, pl: string, en: string])[]
): readonly CodelistEntry[] => entries.map(([code, pl, en]) => ({ code, label: { pl, en } }));

/** What findings of loads are about, and what was done about them, in words. */
import type { Text } from '../feature/layer.ts';
import type { FindingSeverity } from '../wire/load.ts';

/** Kinds of rules that an exchange file is held to. */
export type LoadRule =
  | 'schema'
  | 'geometry'
  | 'topology'
  | 'reference'
  | 'codelist'
  | 'crs'
  | 'business'
  | 'reading';

export const RULE_TITLES: Readonly<Record<LoadRule, Text>> = {
  schema: { pl: 'schemat', en: 'schema' },
  geometry: { pl: 'geometria', en: 'geometry' },
  topology: { pl: 'topologia', en: 'topology' },
  reference: { pl: 'odwołania', en: 'references' },
  codelist: { pl: 'wartości i słowniki', en: 'values and codelists' },
  crs: { pl: 'układ współrzędnych', en: 'coordinate system' },
  business: { pl: 'reguła rejestru', en: 'rule of the register' },
  reading: { pl: 'sposób odczytu', en: 'how it was read' },
};

export const SEVERITY_TITLES: Readonly<Record<FindingSeverity, Text>> = {
  error: { pl: 'błąd', en: 'error' },
  warning: { pl: 'wątpliwość', en: 'doubt' },
  info: { pl: 'uwaga', en: 'note' },
};

const RULES: Readonly<Record<string, LoadRule>> = {
  'class-not-stored': 'schema',
  'missing-id': 'schema',
  'truncated-file': 'schema',
  'broken-file': 'schema',
  'duplicate-id': 'reference',
  'unknown-reference': 'reference',
  'plan-act-unknown': 'reference',
  'missing-geometry': 'geometry',
  'invalid-geometry': 'geometry',
  'plan-invalid-geometry': 'geometry',
  'plan-outside-act': 'topology',
  'plan-gap': 'topology',
  'plan-overlap': 'topology',
  'parcel-overlap': 'topology',
  'parcel-gap': 'topology',
  'building-off-parcel': 'topology',
  'point-off-boundary': 'topology',
  'line-end-loose': 'topology',
  'parcel-area': 'business',
  'unknown-crs': 'crs',
  'crs-contradicted': 'crs',
  'outside-city': 'business',
  'future-date': 'business',
  'invalid-value': 'codelist',
};

export const ruleOf = (code: string): LoadRule =>
  RULES[code] ?? (/^(?:crs|axis)/.test(code) ? 'crs' : 'reading');

/** What tells how the file was read, and is nothing to mend. */
const SAID_ONLY = /^(?:axis|namespace|version|dataset$|crs$|arc$|appearance$|extension:|same-timetable)/;

export const severityOfNote = (code: string): FindingSeverity => (SAID_ONLY.test(code) ? 'info' : 'warning');

/** What was done about it, where anything was. */
export function deedOf(severity: FindingSeverity, code: string): Text {
  if (code === 'truncated-file' || code === 'broken-file') {
    return { pl: 'plik odrzucono w całości', en: 'the whole file was refused' };
  }
  if (code === 'class-not-stored') {
    return { pl: 'pominięto: tej klasy się nie przechowuje', en: 'left out: this class is not stored' };
  }
  return severity === 'error'
    ? { pl: 'obiekt odrzucono i zachowano do wglądu', en: 'the object was rejected and kept to be looked at' }
    : { pl: 'przyjęto', en: 'taken over' };
}

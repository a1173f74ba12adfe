/** Words that the pages of several standards below `/ogc` share, Polish and English. */
import type { Text } from '../../core/feature/layer.ts';

export const OGC_WORDS = {
  queryables: { pl: 'Właściwości do filtrowania', en: 'Properties to filter by' },
  next: { pl: 'Następne', en: 'Next' },
  previous: { pl: 'Poprzednie', en: 'Previous' },
  shown: { pl: 'Pokazano', en: 'Shown' },
  of: { pl: 'z', en: 'of' },
  identifier: { pl: 'Identyfikator', en: 'Identifier' },
  property: { pl: 'Właściwość', en: 'Property' },
  type: { pl: 'Typ', en: 'Type' },
  meaning: { pl: 'Znaczenie', en: 'Meaning' },
  steward: { pl: 'Organ prowadzący', en: 'Steward' },
  licence: { pl: 'Licencja', en: 'Licence' },
  synthetic: { pl: 'Dane syntetyczne (demonstracyjne)', en: 'Synthetic data (demonstration)' },
  register: { pl: 'Rejestr', en: 'Register' },
  description: { pl: 'Opis', en: 'Description' },
} as const satisfies Record<string, Text>;

import type { Text } from '../../feature/layer.ts';
import type { Purpose } from './city-facts.ts';

export const PURPOSE_WORDS: Readonly<Record<Purpose, Text>> = {
  work: { pl: 'praca', en: 'work' },
  education: { pl: 'nauka', en: 'education' },
  shopping: { pl: 'zakupy', en: 'shopping' },
  leisure: { pl: 'czas wolny', en: 'leisure' },
  freight: { pl: 'towary', en: 'freight' },
  other: { pl: 'inne', en: 'other' },
};

export const purposeWords = (purpose: Purpose, language: keyof Text): string =>
  PURPOSE_WORDS[purpose][language];

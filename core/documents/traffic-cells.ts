/** Tables of the report of traffic: a measure, today, after, and the difference. */
import type { Language } from '../feature/layer.ts';
import type { TableColumn } from './print-document.ts';
import type { TRAFFIC_WORDS } from './traffic-words.ts';
import { numberWords } from './value-words.ts';

export type Say = (word: keyof typeof TRAFFIC_WORDS) => string;

export const columns = (first: string, ...others: readonly string[]): TableColumn[] => [
  { title: first, share: 3 },
  ...others.map((title) => ({ title, share: 1.3, isNumber: true })),
];

export const cell = (value: number | null | undefined, language: Language, decimals = 0): string =>
  value === null || value === undefined ? '–' : numberWords(value, language, decimals);

/** Cells before, after and their difference; without a scenario the first alone. */
export const pair = (was: number, is: number | null, language: Language, decimals = 0): string[] =>
  is === null
    ? [cell(was, language, decimals)]
    : [was, is, is - was].map((value) => cell(value, language, decimals));

export const heads = (say: Say, hasAfter: boolean): string[] =>
  hasAfter ? [say('before'), say('after'), say('change')] : [say('before')];

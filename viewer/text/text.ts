import { signal } from '@preact/signals';
import type { Language, Text } from '../../core/feature/layer.ts';
import { en } from './en.ts';
import { pl } from './pl.ts';

export type Word = keyof typeof pl;
type Values = Readonly<Record<string, string | number>>;

const WORDS: Readonly<Record<Language, Readonly<Record<Word, string>>>> = { pl, en };

/** The language of everything on the screen. Reading it in a component redraws it on a switch. */
export const language = signal<Language>('pl');

/** Polish unless the browser prefers English, or anything else that we do not speak, before Polish. */
export function preferredLanguage(languages: readonly string[]): Language {
  const spoken = languages.map((tag) => tag.slice(0, 2).toLowerCase());
  if (spoken.length === 0 || spoken.includes('pl')) {
    const english = spoken.indexOf('en');
    return english >= 0 && english < spoken.indexOf('pl') ? 'en' : 'pl';
  }
  return 'en';
}

/** A word of the viewer in the current language, with its `{values}` filled in. */
export function t(word: Word, values: Values = {}): string {
  return fill(WORDS[language.value][word], values);
}

/** A word with plural forms for a count. */
export function tn(word: Word, count: number, values: Values): string {
  const forms = WORDS[language.value][word].split('|');
  const rule = new Intl.PluralRules(language.value).select(count);
  const index = rule === 'one' ? 0 : rule === 'few' ? 1 : forms.length - 1;
  return fill(forms[index] ?? forms[0] ?? '', values);
}

function fill(template: string, values: Values): string {
  return template.replace(/\{(\w+)\}/g, (_, name: string) => String(values[name] ?? ''));
}

/** The form of a bilingual text of the catalogue. */
export const said = (text: Text): string => text[language.value];

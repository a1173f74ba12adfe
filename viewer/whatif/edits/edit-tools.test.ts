import { expect, it } from 'vitest';
import { en } from '../../text/en.ts';
import { pl } from '../../text/pl.ts';
import { EDIT_TOOLS } from './edit-tools.ts';

/** WCAG 2.5.3: who speaks to the computer says what stands on the button. */
it.each([
  ['Polish', pl],
  ['English', en],
])('names every tool by words that stand on its button, in %s', (_, words) => {
  const apart = EDIT_TOOLS.filter(
    ({ title, verb }) => !words[title].toLowerCase().includes(words[verb].toLowerCase()),
  );
  expect(apart.map(({ title, verb }) => `${words[verb]} | ${words[title]}`)).toEqual([]);
});

import { createCanvas } from '@napi-rs/canvas';
import { expect, it } from 'vitest';
import { mapFont } from './font.ts';

function drawn(letter: string, weight: 400 | 600): string {
  const context = createCanvas(40, 40).getContext('2d');
  context.font = mapFont(24, weight);
  context.fillText(letter, 4, 30);
  return Buffer.from(context.getImageData(0, 0, 40, 40).data).toString('base64');
}

/** Nobody has a letter here: what is drawn is the sign of a missing one. */
const NO_LETTER = '\u{10fffe}';

it.each([400, 600] as const)('has every Polish letter in weight %i, none of them as a box', (weight) => {
  const missing = drawn(NO_LETTER, weight);
  const letters = [...'ąćęłńóśźżĄĆĘŁŃÓŚŹŻm²'];
  expect(letters.filter((letter) => drawn(letter, weight) === missing)).toEqual([]);
  expect(new Set(letters.map((letter) => drawn(letter, weight))).size).toBe(letters.length);
});

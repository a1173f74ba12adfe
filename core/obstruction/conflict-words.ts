import type { Text } from '../feature/layer.ts';
import type { Conflict } from '../wire/obstruction.ts';

const DAY_H = 24;
const MONTH_H = 730.5;

/** A conflict in a sentence: what, how much, with which other. */
export function conflictWords(conflict: Omit<Conflict, 'message'>): Text {
  return {
    pl: POLISH[conflict.code](facts(conflict, 'pl')),
    en: ENGLISH[conflict.code](facts(conflict, 'en')),
  };
}

interface Facts {
  readonly other: string;
  readonly time: string;
  readonly metres: string;
  readonly street: string;
  readonly distance: string;
  readonly months: string;
}

function facts(
  { others, hours = 0, lengthM = 0, streets, distanceM = 0 }: Omit<Conflict, 'message'>,
  language: 'pl' | 'en',
): Facts {
  const number = (value: number) => value.toLocaleString(language, { maximumFractionDigits: 1 });
  const none = language === 'pl' ? 'samo' : 'by itself';
  return {
    other: others.map(({ id, name }) => `${id} „${name}”`).join(', ') || none,
    time:
      hours >= 2 * DAY_H
        ? `${number(Math.round(hours / DAY_H))} ${language === 'pl' ? 'dni' : 'days'}`
        : `${number(hours)} h`,
    metres: `${number(lengthM)} m`,
    street: streets.length > 0 ? ` (${streets.slice(0, 3).join(', ')}${streets.length > 3 ? '…' : ''})` : '',
    distance: `${number(distanceM)} m`,
    months: number(Math.round((hours / MONTH_H) * 10) / 10),
  };
}

type Words = Readonly<Record<Conflict['code'], (facts: Facts) => string>>;

const POLISH: Words = {
  'same-place': ({ other, time, metres, street }) =>
    `W tym samym miejscu i czasie: ${other}; wspólne ${metres}${street}, przez ${time}`,
  'detour-blocked': ({ other, time, metres, street }) =>
    `Objazd prowadzi przez ${other}; ${metres}${street}, przez ${time}`,
  'blocks-detour': ({ other, time, metres, street }) =>
    `Zajmuje objazd wyznaczony dla ${other}; ${metres}${street}, przez ${time}`,
  'cut-off': ({ other, time, metres, street }) =>
    `Odcina dojazd do ${metres} ulic${street}, przez ${time}; razem z: ${other}`,
  'dig-once': ({ other, metres, street, months }) =>
    `Tę samą jezdnię rozkopuje ${other}; ${metres}${street}, odstęp ${months} mies. – połącz roboty`,
  nearby: ({ other, time, distance }) =>
    `W pobliżu (${distance}) w tym samym czasie: ${other}, przez ${time}`,
};

const ENGLISH: Words = {
  'same-place': ({ other, time, metres, street }) =>
    `In the same place at the same time: ${other}; ${metres} in common${street}, for ${time}`,
  'detour-blocked': ({ other, time, metres, street }) =>
    `The detour leads over ${other}; ${metres}${street}, for ${time}`,
  'blocks-detour': ({ other, time, metres, street }) =>
    `Takes the detour of ${other}; ${metres}${street}, for ${time}`,
  'cut-off': ({ other, time, metres, street }) =>
    `Cuts off ${metres} of streets${street}, for ${time}; together with: ${other}`,
  'dig-once': ({ other, metres, street, months }) =>
    `The same road is dug up by ${other}; ${metres}${street}, ${months} months apart – join the works`,
  nearby: ({ other, time, distance }) => `Nearby (${distance}) at the same time: ${other}, for ${time}`,
};

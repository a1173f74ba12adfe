import { afterEach, describe, expect, it } from 'vitest';
import { language } from '../text/text.ts';
import { parseCoordinates, plainCoordinates, readCoordinates } from './coordinates.ts';

const TOWN_HALL = [6_427_200, 5_809_100] as const;

afterEach(() => {
  language.value = 'pl';
});

describe('coordinates', () => {
  it('are read north first, in the marks of the language', () => {
    expect(readCoordinates(TOWN_HALL, 2177)).toEqual(['5\u2009809\u2009100,00', '6\u2009427\u2009200,00']);
    language.value = 'en';
    expect(readCoordinates(TOWN_HALL, 2177)).toEqual(['5\u2009809\u2009100.00', '6\u2009427\u2009200.00']);
  });

  it.each([2177, 2180, 4326])('come back to the same place when typed as copied in EPSG:%i', (srid) => {
    const [e, n] = parseCoordinates(plainCoordinates(TOWN_HALL, srid)) ?? [];
    expect(e).toBeCloseTo(TOWN_HALL[0], 0);
    expect(n).toBeCloseTo(TOWN_HALL[1], 0);
  });

  it.each([
    ['with decimal commas', '5809100,00 6427200,00'],
    ['with letters', 'N 5809100 E 6427200'],
    ['with a semicolon', '5809100; 6427200'],
    ['east first', '6427200 5809100'],
  ])('are understood %s', (_, text) => {
    expect(parseCoordinates(text)).toEqual([6_427_200, 5_809_100]);
  });

  it.each(['306401_1.0021.AR_10.161', '169/4', '21 161', '12 13 14', '0 0', ''])(
    'are not seen in “%s”',
    (text) => {
      expect(parseCoordinates(text)).toBeUndefined();
    },
  );
});

import { describe, expect, it } from 'vitest';
import { parcelWords } from './parcel-words.ts';

describe('the words for a parcel', () => {
  it.each([
    ['161', { number: '161' }],
    ['169/4', { number: '169/4' }],
    ['21 161', { precinctNumber: '0021', number: '161' }],
    ['21, 169/4', { precinctNumber: '0021', number: '169/4' }],
    ['306401_1.0021 161', { unit: '306401_1', precinctNumber: '0021', number: '161' }],
    ['10.161', { sheet: '10', number: '161' }],
    ['AR_10.161', { sheet: '10', number: '161' }],
    ['ar_10.169/4', { sheet: '10', number: '169/4' }],
    ['0021 10.161', { precinctNumber: '0021', sheet: '10', number: '161' }],
    ['0021 ark. 10, 161', { precinctNumber: '0021', sheet: '10', number: '161' }],
    ['0021.AR_10.161', { precinctNumber: '0021', sheet: '10', number: '161' }],
    ['306401_1.0021.AR_10.161', { unit: '306401_1', precinctNumber: '0021', sheet: '10', number: '161' }],
    ['Jeżyce 161', { precinctName: 'Jeżyce', number: '161' }],
    ['Stare Miasto 10.161', { precinctName: 'Stare Miasto', sheet: '10', number: '161' }],
    ['obręb Jeżyce dz. 161/2', { precinctName: 'Jeżyce', number: '161/2' }],
    ['obr. 21 działka 161', { precinctNumber: '0021', number: '161' }],
  ])('takes „%s” apart', (text, expected) => {
    const said = Object.entries(parcelWords(text) ?? {}).filter(([, value]) => value !== undefined);
    expect(Object.fromEntries(said)).toEqual(expected);
  });

  it.each(['', 'Rynek', '161/', '306401%', 'Żurawia 12A'])('leaves „%s” to the other searches', (text) =>
    expect(parcelWords(text)).toBeUndefined(),
  );

  it('gives up at once on a long text that never ends in a number', () => {
    const begun = performance.now();
    expect(parcelWords('a '.repeat(50))).toBeUndefined();
    expect(performance.now() - begun).toBeLessThan(200);
  });
});

import { describe, expect, it } from 'vitest';
import { withoutPersonalData } from './without-personal-data.ts';

describe('withoutPersonalData', () => {
  it.each([
    ['Piszcie na jan.kowalski@poczta.example.pl, proszę', 'Piszcie na […], proszę'],
    ['tel. 601 234 567', 'tel. […]'],
    ['tel. 601234567.', 'tel. […].'],
    ['tel. +48 601-234-567', 'tel. […]'],
    ['tel. 61 852 12 34 po 17', 'tel. […] po 17'],
    // A made-up number with a right check digit.
    ['PESEL 44051401359', 'PESEL […]'],
    ['konto PL61 1090 1014 0000 0712 1981 2874', 'konto […]'],
  ])('leaves out of "%s" what reaches or names a person', (text, shown) => {
    expect(withoutPersonalData(text)).toBe(shown);
  });

  it.each([
    'działka 306401_1.0021.AR_10.161',
    'N 5808004.12 E 6427024.50',
    'PL.PZGIK.BUD.123456789',
    'Zostawcie 12 drzew z 1 200 m² zieleni',
    'numer 44051401358 bez sumy kontrolnej',
    'od 2026-11-22 do 2027-03-01, ul. 28 Czerwca 1956 r. 123',
  ])('leaves "%s" as it is', (text) => {
    expect(withoutPersonalData(text)).toBe(text);
  });
});

import { describe, expect, it } from 'vitest';
import { readParcelList } from './read-parcel-list.ts';

const ID = '306401_1.0021.AR_10.169/4';
const OTHER = '306401_1.0021.AR_10.161';

describe('a list of parcels', () => {
  it.each([
    ['ids alone', `${ID}\n${OTHER}\n`],
    [
      'a head with marks of a spreadsheet',
      `\ufeffLp.;Id_działki;Uwagi\r\n1;${ID};\r\n2;${OTHER};x\r\n;;\r\n`,
    ],
    ['quotes, tabs and an id twice', `"parcel"\t"note"\n"${ID}"\t"a ""b"""\n${OTHER}\t\n${ID}\t\n`],
  ])('is read from %s', (_, text) => {
    expect(readParcelList(text, 500)).toEqual({ parcels: [ID, OTHER], points: [], pointsIn: 'city' });
  });

  it('may be places instead, in the plane with decimal commas or on the globe', () => {
    expect(readParcelList('Easting;Northing\n6427000,5;5808000\n6427000,5;5808000', 500)).toEqual({
      parcels: [],
      points: [[6_427_000.5, 5_808_000]],
      pointsIn: 'city',
    });
    expect(readParcelList('name,lat,lon\nhome,52.4,16.9', 500)).toMatchObject({
      points: [[16.9, 52.4]],
      pointsIn: 'lon-lat',
    });
  });

  it.each([
    ['a head that says nothing', 'x;y\n1;2', 'names no column'],
    ['nothing', '', 'names no column'],
    ['a head alone', 'parcel\n', 'holds no ids'],
    ['a place that is none', 'lon,lat\n16.9,52.4\n16.9,north', 'Line 3: "16.9", "north" is no place'],
    ['a quote that is not closed', 'parcel\n"306401', 'is no CSV'],
    ['more rows than are taken', `parcel\n${'1\n'.repeat(11)}`, 'more than 10 rows'],
  ])('is refused for %s', (_, text, reason) => {
    expect(() => readParcelList(text, 10)).toThrow(reason);
  });
});

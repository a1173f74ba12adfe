import { describe, expect, it } from 'vitest';
import { readQuery } from './series.ts';

const now = new Date('2026-06-02T00:00:00Z');
const read = (query: string) => readQuery(new URLSearchParams(query), now);

describe('the query of a series', () => {
  it('takes ids once each, any zone, and the present where no end is given', () => {
    expect(read('datastream=2,1,2&from=2026-06-01T02:00:00+02:00')).toEqual({
      datastreams: [2, 1],
      from: new Date('2026-06-01T00:00:00Z'),
      to: now,
      points: 800,
    });
  });

  it.each([
    ['from=2026-06-01T00:00:00Z', 'datastream'],
    ['datastream=1', 'from'],
    ['datastream=x&from=2026-06-01T00:00:00Z', 'ids of Datastreams'],
    [`datastream=${'1,'.repeat(51)}&from=2026-06-01T00:00:00Z`, 'up to 50'],
    ['datastream=1&from=2026-06-01', 'a moment with its zone'],
    ['datastream=1&from=2026-06-03T00:00:00Z', 'later than from'],
    ['datastream=1&from=1901-06-03T00:00:00Z', '100 years'],
    ['datastream=1&from=2026-06-01T00:00:00Z&points=1', 'from 2 to 5000'],
  ])('refuses %s and says why', (query, why) => {
    expect(() => read(query)).toThrow(why);
  });
});

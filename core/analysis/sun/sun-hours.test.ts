import { unzlibSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { blockAt } from '../../../test/support/sample-street.ts';
import { UNWATCHED } from '../model.ts';
import { SUN_HOURS, type SunHoursFacts, sunHoursParametersSchema } from './sun-hours.ts';

const HERE = [6_426_900, 5_808_700] as const;
const house = blockAt('house', [HERE[0] + 20, HERE[1] + 60], [12, 8], 6);
const slab = blockAt('slab', [HERE[0] + 10, HERE[1] + 20], [60, 10], 25);
const facts = (after: SunHoursFacts['after'], changed: readonly string[]): SunHoursFacts => ({
  place: { srid: 2177, position: HERE },
  lawDate: '2026-06-30',
  before: [house],
  after,
  changed,
});
const bbox = [HERE[0], HERE[1], HERE[0] + 100, HERE[1] + 100];
const run = (input: SunHoursFacts, parameters: object = {}) =>
  SUN_HOURS.run(input, sunHoursParametersSchema.parse({ bbox, ...parameters }), UNWATCHED);

describe('hours of sun on the ground', () => {
  it('add up to the box, and are the same where nothing changes', () => {
    const { before, after, darkerM2, brighterM2, grid, day, mostMinutes } = run(facts([house], []));
    expect(after).toEqual(before);
    expect([darkerM2, brighterM2]).toEqual([0, 0]);
    expect(day).toBe('2026-03-20');
    expect(mostMinutes / 60).toBeCloseTo(12.1, 0);
    expect(after.groundM2).toBe(100 * 100 - 12 * 8);
    expect(after.areaByHourM2.reduce((sum, area) => sum + area, 0)).toBe(after.groundM2);
    expect(grid?.before).toBeNull();
  });

  it('tell how much ground a slab darkens, north of it', () => {
    const { before, after, darkerM2, brighterM2, grid } = run(facts([house, slab], ['slab']), {
      fromHour: 7,
      toHour: 17,
    });
    expect(after.meanHours).toBeLessThan(before.meanHours);
    expect(darkerM2).toBeGreaterThan(1000);
    expect(brighterM2).toBe(0);
    const bytes = unzlibSync(new Uint8Array(Buffer.from(grid?.after ?? '', 'base64')));
    expect(bytes).toHaveLength(100 * 100);
    const at = (x: number, y: number) => bytes[y * 100 + x];
    expect(at(25, 25)).toBe(255);
    expect((at(40, 34) ?? 0) * (grid?.unitMin ?? 0)).toBeLessThan(60);
    expect((at(40, 10) ?? 0) * (grid?.unitMin ?? 0)).toBeGreaterThan(500);
  });

  it('are refused for boxes too large and hours that end before they begin', () => {
    const large = [bbox[0], bbox[1], HERE[0] + 2000, HERE[1] + 2000];
    expect(() => run(facts([house], []), { bbox: large })).toThrow('take a smaller box or larger cells');
    expect(() => run(facts([house], []), { fromHour: 12, toHour: 9 })).toThrow('toHour');
    expect(() => run(facts([house], []), { day: '2026-02-31' })).toThrow('no day');
  });

  it('give the same bytes for the same input, as the schema has them', () => {
    const input = facts([house, slab], ['slab']);
    const first = run(input);
    expect(JSON.stringify(run(structuredClone(input)))).toBe(JSON.stringify(first));
    expect(SUN_HOURS.result.parse(first)).toEqual(first);
  });
});

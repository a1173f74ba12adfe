import { expect, it } from 'vitest';
import { BUILT_UP_AREA } from './built-up-area.ts';
import { UNWATCHED } from './model.ts';

it('sums floors by kind, counts what the register leaves open as one storey, and tells both states', () => {
  const bbox: [number, number, number, number] = [0, 0, 100, 50];
  const before = {
    coveredM2: 300,
    footprints: [
      { kind: 'm', storeys: 3, areaM2: 200 },
      { kind: null, storeys: null, areaM2: 100 },
    ],
  };
  const after = {
    coveredM2: 380.04,
    footprints: [...before.footprints, { kind: 'b', storeys: 10, areaM2: 100 }],
  };
  const result = BUILT_UP_AREA.run({ before, after }, { bbox }, UNWATCHED);
  expect(result).toEqual({
    boxM2: 5000,
    before: {
      buildings: 2,
      builtUpM2: 300,
      builtUpShare: 0.06,
      floorM2: 700,
      floorM2ByKind: { m: 600, unknown: 100 },
    },
    after: {
      buildings: 3,
      builtUpM2: 380,
      builtUpShare: 0.07601,
      floorM2: 1700,
      floorM2ByKind: { b: 1000, m: 600, unknown: 100 },
    },
  });
  expect(BUILT_UP_AREA.result.parse(result)).toEqual(result);
});

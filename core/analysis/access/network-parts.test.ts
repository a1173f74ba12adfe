import { expect, it } from 'vitest';
import { sectionsApart } from './network-parts.ts';

const apart = (...sections: readonly (readonly [number, number])[]) => [
  ...sectionsApart({
    nodeCount: 7,
    from: Int32Array.from(sections, ([from]) => from),
    to: Int32Array.from(sections, ([, to]) => to),
  }),
];

it('are the sections from which there is no way to the most', () => {
  expect(apart([0, 1], [3, 4], [1, 2], [2, 0])).toEqual([0, 1, 0, 0]);
  expect(apart([0, 1], [3, 4], [4, 5], [5, 3], [1, 6])).toEqual([1, 0, 0, 0, 1]);
  expect(apart([0, 1], [3, 4], [1, 3])).toEqual([0, 0, 0]);
  expect(apart()).toEqual([]);
});

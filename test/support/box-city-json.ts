/** A box of 10 × 10 × 6 m as CityJSON has it: ground, roof, four walls, outward. */
export const BOX_FACES = [
  [0, 3, 2, 1],
  [4, 5, 6, 7],
  [0, 1, 5, 4],
  [1, 2, 6, 5],
  [2, 3, 7, 6],
  [3, 0, 4, 7],
];

/** Its corners, those of the ground first. @param at of the south-western one on the ground */
export const boxCorners = ([x, y, z]: readonly [number, number, number]): readonly (readonly number[])[] =>
  [z, z + 6].flatMap((height) => [
    [x, y, height],
    [x + 10, y, height],
    [x + 10, y + 10, height],
    [x, y + 10, height],
  ]);

/** The longest length of 1, 2 or 5 times a power of ten that is not longer than a length, m. */
export function roundLengthFor(longestM: number): number {
  const power = 10 ** Math.floor(Math.log10(longestM));
  return [5, 2, 1].map((digit) => digit * power).find((metres) => metres <= longestM) ?? power;
}

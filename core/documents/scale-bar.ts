/** The longest round length (1, 2 or 5 times a power of ten, metres) that fits into `mostM`. */
export function scaleBarM(mostM: number): number {
  const power = 10 ** Math.floor(Math.log10(mostM));
  const step = [5, 2, 1].find((each) => each * power <= mostM) ?? 1;
  return step * power;
}

export const lengthText = (lengthM: number): string =>
  lengthM >= 1_000 ? `${lengthM / 1_000} km` : `${lengthM} m`;

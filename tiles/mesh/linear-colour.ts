/** A channel of sRGB, 0 to 1 → linear light to four places (IEC 61966-2-1). */
export function linearLight(value: number): number {
  const linear = value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  return Math.round(linear * 1e4) / 1e4;
}

/** `#rrggbb` in sRGB → red, green, blue, 0 to 1. */
export const channelsOf = (color: string): number[] =>
  [1, 3, 5].map((at) => Number.parseInt(color.slice(at, at + 2), 16) / 255);

/** `#rrggbb` in sRGB → linear red, green, blue to four places. */
export const linearOf = (color: string): number[] => channelsOf(color).map(linearLight);

/** Red, green, blue 0–255 and alpha 0–1, not multiplied. */
export interface Colour {
  readonly r: number;
  readonly g: number;
  readonly b: number;
  readonly a: number;
}

/** `#rrggbb` with an opacity. */
export function colourOf(hex: string, opacity = 1): Colour {
  const value = Number.parseInt(hex.slice(1), 16);
  return { r: (value >> 16) & 255, g: (value >> 8) & 255, b: value & 255, a: opacity };
}

/** `#rrggbb` without its opacity. */
export const hexOf = ({ r, g, b }: Colour): string =>
  `#${[r, g, b].map((value) => value.toString(16).padStart(2, '0')).join('')}`;

export const WHITE: Colour = { r: 255, g: 255, b: 255, a: 1 };
export const CLEAR: Colour = { r: 0, g: 0, b: 0, a: 0 };

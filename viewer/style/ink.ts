/** Map colours of the catalogue, which are made for paper, turned for the dark theme. */
export type Theme = 'light' | 'dark';

/** What a scenario adds or takes away, on plan and globe; the `--scenario` of the interface. */
export const SCENARIO_INK: Readonly<Record<Theme, string>> = { light: '#8a3ba8', dark: '#d59cf0' };

type Hsl = readonly [hue: number, saturation: number, lightness: number];

const DARK_LIGHTEST = 0.78;
const DARK_SPAN = 0.62;
const DARK_CHROMA = 0.5;

const turned = new Map<string, string>();

/** `#rrggbb` for the theme: in the dark, light tints become deep ones and dark lines light ones. */
export function inkFor(theme: Theme, colour: string): string {
  if (theme === 'light') return colour;
  const known = turned.get(colour);
  if (known) return known;
  const [h, s, l] = toHsl(colour);
  const dark = toHex([h, s * DARK_CHROMA, DARK_LIGHTEST - DARK_SPAN * l]);
  turned.set(colour, dark);
  return dark;
}

/** `rgba(…)` of a `#rrggbb`. */
export function withAlpha(colour: string, alpha: number): string {
  const [r, g, b] = channels(colour).map((value) => Math.round(value * 255));
  return `rgba(${r},${g},${b},${alpha})`;
}

function channels(colour: string): readonly [number, number, number] {
  const value = Number.parseInt(colour.slice(1), 16);
  return [((value >> 16) & 255) / 255, ((value >> 8) & 255) / 255, (value & 255) / 255];
}

function toHsl(colour: string): Hsl {
  const [r, g, b] = channels(colour);
  const max = Math.max(r, g, b);
  const min = Math.min(r, g, b);
  const lightness = (max + min) / 2;
  const delta = max - min;
  if (delta === 0) return [0, 0, lightness];
  const saturation = delta / (1 - Math.abs(2 * lightness - 1));
  const sector = max === r ? ((g - b) / delta) % 6 : max === g ? (b - r) / delta + 2 : (r - g) / delta + 4;
  return [(sector * 60 + 360) % 360, saturation, lightness];
}

function toHex([hue, saturation, lightness]: Hsl): string {
  const amplitude = saturation * Math.min(lightness, 1 - lightness);
  const channel = (n: number) => {
    const k = (n + hue / 30) % 12;
    const value = lightness - amplitude * Math.max(-1, Math.min(k - 3, 9 - k, 1));
    return Math.round(value * 255)
      .toString(16)
      .padStart(2, '0');
  };
  return `#${channel(0)}${channel(8)}${channel(4)}`;
}

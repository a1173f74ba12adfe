import { createRequire } from 'node:module';
import { GlobalFonts } from '@napi-rs/canvas';

/**
 * The families under which the letters of maps are known to the canvas, by subset: within one family it looks for a
 * letter in one file alone, and `ą ę ł ż` stand in the second.
 */
const FAMILIES = { latin: 'Blizniak Map', 'latin-ext': 'Blizniak Map Extended' } as const;
const SUBSETS = ['latin', 'latin-ext'] as const;
const WEIGHTS = [400, 600] as const;

let isRegistered = false;

/** A CSS font of map letters. The font comes with the service, so pictures look alike on every machine. */
export function mapFont(sizePx: number, weight: (typeof WEIGHTS)[number] = 400): string {
  if (!isRegistered) {
    const { resolve } = createRequire(import.meta.url);
    for (const each of WEIGHTS) {
      for (const subset of SUBSETS) {
        const file = `@fontsource/source-sans-3/files/source-sans-3-${subset}-${each}-normal.woff2`;
        if (!GlobalFonts.registerFromPath(resolve(file), FAMILIES[subset]))
          throw new Error(`Cannot read the font ${file}`);
      }
    }
    isRegistered = true;
  }
  return `${weight} ${sizePx}px "${FAMILIES.latin}", "${FAMILIES['latin-ext']}"`;
}

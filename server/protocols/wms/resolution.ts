/** Pictures for screens and prints of fine pixels: what clients ask for beside the standard. */
import { invalidParameter } from '../../../core/errors.ts';
import type { Kvp } from '../../http/kvp.ts';

/** Of the pixel that styles are declared for (CSS 2.1, 4.3.2); also what clients send for a common screen. */
const STYLE_DPI = 96;
/** Finer and coarser than any screen or plotter. */
const [LEAST_DPI, MOST_DPI] = [24, 1200];

/**
 * Pixels of the picture along one of the style, by `DPI` (QGIS), `MAP_RESOLUTION` (MapServer) or `FORMAT_OPTIONS=dpi:`
 * (GeoServer), the first that is given; clients that do not know the server send all three.
 * @throws TwinError invalid-parameter
 */
export function pixelRatioAsked(kvp: Kvp): number {
  const options = /(?:^|;)\s*dpi:([^;]*)/i.exec(kvp.get('format_options') ?? '')?.[1];
  const given = [
    ['dpi', kvp.get('dpi')],
    ['map_resolution', kvp.get('map_resolution')],
    ['format_options', options],
  ] as const;
  const [parameter, text] = given.find(([, value]) => value !== undefined && value !== '') ?? [];
  if (parameter === undefined || text === undefined) return 1;
  const dpi = /^\d+(?:\.\d+)?$/.test(text.trim()) ? Number(text) : Number.NaN;
  if (dpi >= LEAST_DPI && dpi <= MOST_DPI) return dpi / STYLE_DPI;
  throw invalidParameter(
    parameter,
    `${parameter} must be dots per inch from ${LEAST_DPI} to ${MOST_DPI}, got "${text.slice(0, 20)}"`,
  );
}

/** Looks of the faces of a building as its tile draws them. */
import { type Appearance, shownTheme } from '../../core/building/appearance.ts';
import type { Surfaces } from './surfaces.ts';

/** A part of a picture, or one colour. */
export type FacePaint =
  | {
      /** SHA-256 of the picture. */
      readonly image: string;
      /** The picture is repeated beyond its edges; otherwise its edges are drawn out. */
      readonly repeats: 'no' | 'wrap' | 'mirror';
      /** s, t of each position of the polygon, ring after ring; t grows upwards. */
      readonly coordinates: Float64Array;
    }
  /** Red, green, blue, 0 to 1, sRGB. */
  | { readonly colour: readonly number[] };

/** One for each polygon; undefined = its kind decides. */
export type FacePaints = readonly (FacePaint | undefined)[];

/**
 * What the shown theme says of each polygon.
 * @returns undefined where the look was not made for these surfaces
 */
export function facePaints(appearance: Appearance, surfaces: Surfaces): FacePaints | undefined {
  const theme = shownTheme(appearance);
  if (!theme || theme.looks.length !== surfaces.polygonEnds.length) return undefined;
  const paints: (FacePaint | undefined)[] = [];
  for (const [polygon, look] of theme.looks.entries()) {
    const picture = look?.picture === undefined ? undefined : appearance.pictures[look.picture];
    const colour = look?.material === undefined ? undefined : appearance.materials[look.material]?.diffuse;
    if (picture && look?.coordinates) {
      const coordinates = closedRings(look.coordinates, ringLengths(surfaces, polygon));
      if (!coordinates) return undefined;
      const repeats = picture.wrap === 'wrap' || picture.wrap === 'mirror' ? picture.wrap : 'no';
      paints.push({ image: picture.image, repeats, coordinates });
    } else paints.push(colour ? { colour } : undefined);
  }
  return paints;
}

/** Positions of each ring, the closing one too. */
function ringLengths({ polygonEnds, ringEnds }: Surfaces, polygon: number): readonly number[] {
  const lengths: number[] = [];
  for (let ring = polygonEnds[polygon - 1] ?? 0; ring < (polygonEnds[polygon] ?? 0); ring++) {
    lengths.push((ringEnds[ring] ?? 0) - (ringEnds[ring - 1] ?? 0));
  }
  return lengths;
}

function closedRings(
  rings: readonly (readonly number[])[],
  lengths: readonly number[],
): Float64Array | undefined {
  const isFitting =
    rings.length === lengths.length && rings.every((ring, i) => ring.length === 2 * ((lengths[i] ?? 0) - 1));
  return isFitting ? Float64Array.from(rings.flatMap((ring) => [...ring, ...ring.slice(0, 2)])) : undefined;
}

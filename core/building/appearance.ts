/**
 * How the surfaces of a building look: pictures laid on them and colours, by theme, as CityGML (12-019, chapter 9) and
 * CityJSON (2.0.1, chapter 5) have them. It stands beside the faces, in their order.
 */
import type { Ring } from '../geo/geometry.ts';

export const WRAP_MODES = ['none', 'wrap', 'mirror', 'clamp', 'border'] as const;
export type WrapMode = (typeof WRAP_MODES)[number];

export interface Picture {
  /** In a file the path as written; in the twin the SHA-256 of the bytes, lower-case hexadecimal. */
  readonly image: string;
  /** Known in the twin: `image/png`, `image/jpeg` or `image/webp`. */
  readonly mediaType?: string;
  readonly wrap?: WrapMode;
  /** Red, green, blue and alpha, 0 to 1. */
  readonly borderColor?: readonly number[];
  /** `unknown`, `specific` or `typical`. */
  readonly textureType?: string;
}

/** Colours are red, green, blue, 0 to 1. */
export interface Material {
  readonly name?: string;
  readonly ambientIntensity?: number;
  readonly diffuse?: readonly number[];
  readonly emissive?: readonly number[];
  readonly specular?: readonly number[];
  readonly shininess?: number;
  readonly transparency?: number;
  readonly isSmooth?: boolean;
}

/** One face in one theme. */
export interface FaceLook {
  /** Index of the picture. */
  readonly picture?: number;
  /** For each ring s, t of its corners, without the one that closes it; origin lower left, 1 is the whole picture. */
  readonly coordinates?: readonly (readonly number[])[];
  /** Index of the material. */
  readonly material?: number;
}

export interface Theme {
  /** May be empty. */
  readonly name: string;
  /** The one to show first. */
  readonly isDefault?: boolean;
  /** One for each face; null = nothing is said of it. */
  readonly looks: readonly (FaceLook | null)[];
}

export interface Appearance {
  readonly pictures: readonly Picture[];
  readonly materials: readonly Material[];
  readonly themes: readonly Theme[];
}

/** Whether it was made for just these faces; a body that was changed since has another number of corners. */
export function fitsFaces({ themes }: Appearance, faces: readonly (readonly Ring[])[]): boolean {
  return themes.every(
    ({ looks }) =>
      looks.length === faces.length &&
      looks.every(
        (look, index) => look?.coordinates === undefined || isOfRings(look.coordinates, faces[index]),
      ),
  );
}

/** @param rings closed */
export const isOfRings = (
  coordinates: readonly (readonly number[])[],
  rings: readonly Ring[] | undefined,
): boolean =>
  rings?.length === coordinates.length &&
  rings.every((ring, index) => coordinates[index]?.length === 2 * (ring.length - 1));

/** The theme that a picture of the city shows: the default one, else the first with pictures, else the first. */
export function shownTheme({ themes }: Appearance): Theme | undefined {
  const isPictured = ({ looks }: Theme) => looks.some((look) => look?.picture !== undefined);
  return themes.find(({ isDefault }) => isDefault) ?? themes.find(isPictured) ?? themes[0];
}

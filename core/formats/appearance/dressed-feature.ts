import { type Appearance, fitsFaces, type Picture } from '../../building/appearance.ts';
import type { Feature } from '../../feature/feature.ts';
import type { FeatureStream } from '../../feature/source.ts';
import type { BuildingFace } from '../building-faces.ts';

/** A building with its look, as writers of city models take it. */
export interface DressedFeature extends Feature {
  readonly appearance?: Appearance;
}

export type DressedStream = FeatureStream<DressedFeature>;

/** Where pictures lie beside a file, unless its place says otherwise. */
export const PICTURE_FOLDER = 'appearance';

const ENDINGS: Readonly<Record<string, string>> = {
  ...{ 'image/png': 'png', 'image/jpeg': 'jpg', 'image/webp': 'webp' },
};

/** What the file of a kept picture is called. */
export const pictureName = ({ image, mediaType = '' }: Picture): string =>
  `${image}.${ENDINGS[mediaType] ?? 'bin'}`;

/** The look that was made for these faces; undefined where there is none. */
export function lookOf(
  { appearance }: DressedFeature,
  faces: readonly BuildingFace[],
): Appearance | undefined {
  const rings = faces.map((face) => face.rings);
  return appearance && fitsFaces(appearance, rings) ? appearance : undefined;
}

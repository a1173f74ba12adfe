/** Buildings with their looks on the way to a file, and the pictures beside it. */
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Picture } from '../../core/building/appearance.ts';
import { unavailable } from '../../core/errors.ts';
import type { Feature } from '../../core/feature/feature.ts';
import { type DressedFeature, pictureName } from '../../core/formats/appearance/dressed-feature.ts';
import { findAppearances, findPicture } from '../store/appearances.ts';
import type { Pool } from '../store/pool.ts';

/** Looks that are asked for at once. */
const AT_ONCE = 200;

/** @param take is told of each picture before the building that has it */
export async function* dressedBuildings(
  pool: Pool,
  features: AsyncIterable<Feature>,
  take: (picture: Picture) => Promise<void>,
  signal: AbortSignal,
): AsyncGenerator<DressedFeature> {
  let waiting: Feature[] = [];
  for await (const feature of features) {
    waiting.push(feature);
    if (waiting.length < AT_ONCE) continue;
    yield* dressed(pool, waiting, take, signal);
    waiting = [];
  }
  yield* dressed(pool, waiting, take, signal);
}

async function* dressed(
  pool: Pool,
  features: readonly Feature[],
  take: (picture: Picture) => Promise<void>,
  signal: AbortSignal,
): AsyncGenerator<DressedFeature> {
  const looks = await findAppearances(pool, features.flatMap(digestOf), signal);
  for (const feature of features) {
    const [appearance] = digestOf(feature).flatMap((digest) => looks.get(digest) ?? []);
    for (const picture of appearance?.pictures ?? []) await take(picture);
    yield appearance ? { ...feature, appearance } : feature;
  }
}

const digestOf = ({ properties: { appearance } }: Feature): readonly string[] =>
  typeof appearance === 'string' ? [appearance] : [];

/** Writes each picture once into a folder, which is made for the first one. Named by their digests, none replaces another. */
export function writePictures(
  pool: Pool,
  folder: string,
  signal: AbortSignal,
): { readonly take: (picture: Picture) => Promise<void>; readonly count: () => number } {
  const done = new Set<string>();
  return {
    count: () => done.size,
    async take(picture) {
      if (done.has(picture.image)) return;
      const bytes = await pictureBytes(pool, picture, signal);
      if (done.size === 0) await mkdir(folder, { recursive: true });
      await writeFile(join(folder, pictureName(picture)), bytes);
      done.add(picture.image);
    },
  };
}

/** @throws TwinError unavailable where the database has lost it */
export async function pictureBytes(pool: Pool, { image }: Picture, signal: AbortSignal): Promise<Uint8Array> {
  const stored = await findPicture(pool, image, signal);
  if (!stored) throw unavailable(`The picture ${image} is not in the database`);
  return stored.bytes;
}

/** Where the pictures of a file lie, beside it. */
export const pictureFolder = (path: string): string => `${path.replace(/\.[^./\\]*$/, '')}_appearance`;

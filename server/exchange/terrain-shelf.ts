/** Where models of the ground, and of the surface apart from them, lie in the data folder: a file for each version, and one that says which is in use. */
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { HeightSystem } from '../../core/geo/height-systems.ts';
import type { ReliefKind } from '../../core/wire/load.ts';

export interface TerrainInUse {
  readonly version: number;
  /** Within the folder. */
  readonly file: string;
  /** Of the files that were handed in. */
  readonly sha256: string;
  /** The system that they came in; undefined = that of the twin. */
  readonly heights?: HeightSystem;
}

const IN_USE = 'current.json';

/** Formats of the versions, and names on the shelf. */
export const RELIEF_NAMES = { dtm: 'terrain', dsm: 'surface' } as const satisfies Record<ReliefKind, string>;

export const terrainFolder = (dataDir: string, kind: ReliefKind): string => join(dataDir, RELIEF_NAMES[kind]);

/** The model in use, of the ground unless asked; undefined where none was loaded. */
export async function terrainInUse(
  dataDir: string,
  kind: ReliefKind = 'dtm',
): Promise<(TerrainInUse & { readonly path: string }) | undefined> {
  const folder = terrainFolder(dataDir, kind);
  const text = await readFile(join(folder, IN_USE), 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined;
    throw error;
  });
  if (text === undefined) return undefined;
  const used: TerrainInUse = JSON.parse(text);
  return { ...used, path: join(folder, used.file) };
}

/** Puts a model on the shelf and into use: who looks sees the one before or this one. Those before stay. */
export async function useTerrain(
  dataDir: string,
  made: string,
  kind: ReliefKind,
  about: Omit<TerrainInUse, 'file'>,
): Promise<void> {
  const folder = terrainFolder(dataDir, kind);
  await mkdir(folder, { recursive: true });
  const { version } = about;
  const file = `${RELIEF_NAMES[kind]}-${version}.tif`;
  await rename(made, join(folder, file));
  const next = join(folder, `${IN_USE}.${version}`);
  await writeFile(next, `${JSON.stringify({ ...about, file } satisfies TerrainInUse)}\n`);
  await rename(next, join(folder, IN_USE));
}

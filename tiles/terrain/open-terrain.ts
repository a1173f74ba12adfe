import { stat } from 'node:fs/promises';
import type { Undulation } from '../../core/geo/geoid.ts';
import type { DocumentSource } from '../source.ts';
import { openDtm } from './dem.ts';
import { terrainSource } from './terrain-source.ts';

export interface OpenTerrain {
  readonly source: DocumentSource;
  /** False: no model was found and the globe is flat on the geoid. */
  readonly hasModel: boolean;
  close(): Promise<void>;
}

/**
 * Terrain from a model on disk; without the file, flat on the geoid.
 * @throws TwinError as `openDtm` when the file is there and cannot serve.
 */
export async function openTerrain(path: string | undefined, undulation: Undulation): Promise<OpenTerrain> {
  const file = path === undefined ? undefined : await stat(path).catch(() => undefined);
  if (path === undefined || !file) {
    return { source: terrainSource({ undulation }), hasModel: false, close: async () => {} };
  }
  const dtm = await openDtm(path);
  const version = `${file.size}-${file.mtimeMs}`;
  return {
    source: terrainSource({ dtm, version, undulation }),
    hasModel: true,
    close: () => dtm.close(),
  };
}

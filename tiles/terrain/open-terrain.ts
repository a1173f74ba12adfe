import { stat } from 'node:fs/promises';
import type { Undulation } from '../../core/geo/geoid.ts';
import type { Xy } from '../../core/geo/plane.ts';
import type { DocumentSource } from '../source.ts';
import { openDtm } from './dem.ts';
import { lowestGround } from './lowest-ground.ts';
import { terrainSource } from './terrain-source.ts';

export interface OpenTerrain {
  readonly source: DocumentSource;
  /** False: no model was found and the globe is flat on the geoid. */
  readonly hasModel: boolean;
  /** Lowest height within an outline (easting, northing in `srid`), metres PL-EVRF2007-NH; undefined where unknown. */
  lowestM(outline: readonly Xy[], srid: number): Promise<number | undefined>;
  close(): Promise<void>;
}

/**
 * Terrain from a model on disk; without the file, flat on the geoid.
 * @throws TwinError as `openDtm` when the file is there and cannot serve.
 */
export async function openTerrain(path: string | undefined, undulation: Undulation): Promise<OpenTerrain> {
  const file = path === undefined ? undefined : await stat(path).catch(() => undefined);
  if (path === undefined || !file) {
    return {
      source: terrainSource({ undulation }),
      hasModel: false,
      lowestM: async () => undefined,
      close: async () => {},
    };
  }
  const dtm = await openDtm(path);
  const version = `${file.size}-${file.mtimeMs}`;
  return {
    source: terrainSource({ dtm, version, undulation }),
    hasModel: true,
    lowestM: (outline, srid) => lowestGround(dtm, outline, srid),
    close: () => dtm.close(),
  };
}

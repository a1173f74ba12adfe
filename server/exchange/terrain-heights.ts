/** In which system of heights a model of the ground comes, and how it is brought to that of the twin. */
import { basename, join } from 'node:path';
import { notSupported } from '../../core/errors.ts';
import { crsOf } from '../../core/geo/crs.ts';
import { CITY_HEIGHTS, type HeightSystem, shiftAt } from '../../core/geo/height-systems.ts';
import { HEIGHT_GRID_FILES, heightGridAt, readHeightGrids } from '../../tiles/terrain/height-grids.ts';
import { runGdal } from './gdal.ts';
import type { LoadNote } from './load-report.ts';
import type { TerrainRaster } from './terrain-raster.ts';

const OLD_HEIGHTS = 'PL-KRON86-NH' satisfies HeightSystem;
/** PL-EVRF2007-NH above PL-KRON86-NH: from 0.128 m to 0.206 m over the country by PL-geoid-2011 (ADR 49). */
const [MIDDLE_M, BOUND_M] = [0.167, 0.04];

/**
 * One system for all sheets of a model.
 * @param given where the files name none
 * @throws TwinError not-supported for files that contradict what is given, or each other
 */
export function heightsOf(
  rasters: readonly TerrainRaster[],
  given: HeightSystem | undefined,
): { readonly system: HeightSystem; readonly isStated: boolean } {
  const said = rasters.map(({ path, heights }) => {
    if (heights !== undefined && given !== undefined && heights !== given) {
      throw notSupported(
        `${basename(path)} names heights ${heights}, and ${given} was given: they contradict. Nothing was loaded`,
      );
    }
    return { path, isStated: (heights ?? given) !== undefined, system: heights ?? given ?? CITY_HEIGHTS };
  });
  const [first] = said;
  const other = said.find(({ system }) => system !== first?.system);
  if (first && other) {
    throw notSupported(
      `${basename(first.path)} has heights in ${first.system}, ${basename(other.path)} in ${other.system}: sheets of one model are in one system; say it with --heights where files name none. Nothing was loaded`,
    );
  }
  return { system: first?.system ?? CITY_HEIGHTS, isStated: said.every(({ isStated }) => isStated) };
}

export function heightsNote({ system, isStated }: ReturnType<typeof heightsOf>, grids?: string): LoadNote {
  if (system === OLD_HEIGHTS) {
    const how = grids
      ? 'by the two grids of PL-geoid-2011, cell by cell'
      : `by one number, ${MIDDLE_M} m upwards, which is off by at most ${BOUND_M} m within Poland; with HEIGHT_GRIDS, a folder of ${HEIGHT_GRID_FILES}, it is done by the grids`;
    return { code: 'heights-converted', message: `Heights brought from ${system} to ${CITY_HEIGHTS} ${how}` };
  }
  return isStated
    ? { code: 'heights', message: `Heights in ${CITY_HEIGHTS}` }
    : {
        code: 'heights-unstated',
        message: `No file says its system of heights; they are taken for ${CITY_HEIGHTS}. Say it with --heights`,
      };
}

export interface ToRaise {
  /** GeoTIFF in the CRS `srid`. */
  readonly path: string;
  readonly srid: number;
  readonly workshop: string;
  /** Folder of the grids of the state; undefined = one number for all. */
  readonly grids: string | undefined;
  readonly tiffOptions: readonly string[];
  readonly signal: AbortSignal;
}

/**
 * From PL-KRON86-NH to PL-EVRF2007-NH, cell by cell, in flat memory.
 * @returns the file that now holds the heights
 * @throws TwinError not-supported where the grids do not say; as `readHeightGrids`
 */
export async function raised({ path, srid, workshop, grids, tiffOptions, signal }: ToRaise): Promise<string> {
  const target = join(workshop, 'raised.tif');
  if (grids === undefined) {
    // A linear map of 0…1; cells without a value stay so.
    const scale = ['-scale', '0', '1', String(MIDDLE_M), String(1 + MIDDLE_M)];
    await runGdal('gdal_translate', ['-q', ...scale, ...tiffOptions, path, target], 'terrain', signal);
    return target;
  }
  const frame: { readonly size: readonly [number, number]; readonly geoTransform: readonly number[] } =
    JSON.parse(await runGdal('gdalinfo', ['-json', '-nomd', path], 'terrain', signal));
  const [left = 0, cellX = 0, , top = 0, , down = 0] = frame.geoTransform;
  const [columns, rows] = frame.size;
  const box = [left, top + rows * down, left + columns * cellX, top] as const;
  const shift = shiftAt(await readHeightGrids(grids), srid);
  for (const x of [box[0], box[2]])
    for (const y of [box[1], box[3]])
      if (Number.isNaN(shift([x, y]))) {
        throw notSupported(
          `The grids of the state say nothing at ${x.toFixed(0)} ${y.toFixed(0)} (EPSG:${srid}), so heights in ${OLD_HEIGHTS} cannot be brought to ${CITY_HEIGHTS} there; nothing was loaded`,
        );
      }
  // The same plane above two geoids: PROJ goes up to the ellipsoid by one and down by the other.
  const above = (system: HeightSystem) =>
    crsOf(srid).proj4.replace('+no_defs', `+geoidgrids=${heightGridAt(grids, system)} +vunits=m +no_defs`);
  await runGdal(
    'gdalwarp',
    [
      ...['-q', '-r', 'near', '-s_srs', above(OLD_HEIGHTS), '-t_srs', above(CITY_HEIGHTS)],
      ...['-te', ...box.map(String), '-ts', String(columns), String(rows), ...tiffOptions, path, target],
    ],
    'terrain',
    signal,
  );
  return target;
}

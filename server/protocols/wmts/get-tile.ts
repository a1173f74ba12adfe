/** GetTile (07-057r7, 7.2). */
import { invalidParameter } from '../../../core/errors.ts';
import { isInGrid, TILE_GRIDS, type TileGrid, tileGridOf } from '../../../core/geo/tile-grid.ts';
import { viewAtTime } from '../../access/time-dimension.ts';
import type { View } from '../../access/view.ts';
import { soleEtag } from '../../http/etag.ts';
import type { Ask, Reply } from '../../http/protocol.ts';
import type { Services } from '../../services.ts';
import { STYLE_NAME, TILE_FORMAT, TIME, VERSION } from './capabilities.ts';
import { WmtsError } from './exceptions.ts';

/** As it is written in the request. */
interface TileAsked {
  readonly version: string;
  readonly layer: string;
  readonly style: string;
  readonly format: string;
  readonly grid: string;
  readonly level: string;
  readonly row: string;
  readonly column: string;
  /** Undefined where the request has none. */
  readonly time: string | undefined;
}

/** @throws TwinError invalid-parameter or WmtsError TileOutOfRange that names the parameter */
export async function getTile(
  { mapTiles, catalogue }: Pick<Services, 'mapTiles' | 'catalogue'>,
  asked: TileAsked,
  ask: Ask,
): Promise<Reply> {
  only(asked.version, VERSION, 'version');
  if (asked.style !== '') only(asked.style, STYLE_NAME, 'style');
  only(asked.format.toLowerCase(), TILE_FORMAT, 'format');
  const grid = gridNamed(asked.grid);
  const z = levelOf(asked.level, grid);
  const y = indexOf(asked.row, 'tileRow', grid, z);
  const x = indexOf(asked.column, 'tileCol', grid, z);
  const source = mapTiles(await viewAsked(catalogue, asked, ask.view));
  const etag = soleEtag(ask.headers['if-none-match']);
  const tile = await source.get({ layer: asked.layer, grid: grid.name, z, x, y }, ask.signal, etag);
  if (tile === undefined) {
    const names = (await catalogue.layers(ask.view)).map(({ name }) => name).join(', ');
    throw invalidParameter(
      'layer',
      `There is no layer "${asked.layer.slice(0, 100)}"; there are: ${names || 'none yet'}`,
    );
  }
  const headers = { 'cache-control': 'no-cache' };
  if (tile === 'unchanged') return { status: 304, headers: { ...headers, etag: etag ?? '' } };
  const { bytes, contentType } = tile;
  return { status: 200, headers: { ...headers, etag: tile.etag, 'content-type': contentType }, body: bytes };
}

/** TIME as in WMS. A client that knows no dimensions leaves the variable of the template as it stands. */
async function viewAsked(
  catalogue: Services['catalogue'],
  { layer, time }: TileAsked,
  view: View,
): Promise<View> {
  if (time === undefined || time === `{${TIME}}` || time.toLowerCase() === 'default') return view;
  const layers = (await catalogue.layers(view)).filter(({ name }) => name === layer);
  return viewAtTime(catalogue, layers, time, view);
}

function only(text: string, offered: string, parameter: string): void {
  if (text === offered) return;
  throw invalidParameter(
    parameter,
    `${parameter} "${text.slice(0, 100)}" is not offered; the only one is ${offered}`,
  );
}

function gridNamed(name: string): TileGrid {
  const grid = tileGridOf(name);
  if (grid) return grid;
  const names = Object.keys(TILE_GRIDS).join(', ');
  throw invalidParameter(
    'tileMatrixSet',
    `There is no tile matrix set "${name.slice(0, 100)}"; use ${names}`,
  );
}

function levelOf(text: string, grid: TileGrid): number {
  const level = wholeOf(text);
  if (level !== undefined && isInGrid(grid, level, 0, 0)) return level;
  throw invalidParameter(
    'tileMatrix',
    `There is no tile matrix "${text.slice(0, 50)}" in ${grid.name}; use 0 to ${grid.maxLevel}`,
  );
}

function indexOf(text: string, parameter: 'tileRow' | 'tileCol', grid: TileGrid, level: number): number {
  const index = wholeOf(text);
  if (index === undefined) {
    throw invalidParameter(
      parameter,
      `${parameter} must be a whole number of 0 or more, got "${text.slice(0, 50)}"`,
    );
  }
  if (isInGrid(grid, level, index, index)) return index;
  throw new WmtsError(
    'TileOutOfRange',
    `${parameter} ${index} is beyond the last, which is ${2 ** level - 1} at level ${level} of ${grid.name}`,
    parameter,
  );
}

const wholeOf = (text: string): number | undefined => (/^\d{1,9}$/.test(text) ? Number(text) : undefined);

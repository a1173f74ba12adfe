import type { Layer } from '../../../core/feature/layer.ts';
import { reprojectBbox } from '../../../core/geo/bbox.ts';
import { MERCATOR_SHARE, resolutionM, TILE_SIZE_PX, type TileGrid } from '../../../core/geo/tile-grid.ts';
import { href } from '../../http/links.ts';
import type { Ask, Reply, Route } from '../../http/protocol.ts';
import type { Services } from '../../services.ts';
import { gridAsked, noSuchLayer } from './vector-tile.ts';

/** Deeper levels are drawn from these; a vertex of a 4096-unit tile is then within centimetres. */
const MAX_LEVEL = { WebMercatorQuad: 18, EPSG2177: 13, EPSG2180: 13 } as const;
const PIXEL_M = 0.00028;

/** `GET /tiles/vector/{layer}/tilejson.json?tms=`: TileJSON 3.0.0 of one layer. */
export function tileJson({ catalogue }: Services): Route['handle'] {
  return async (ask) => {
    const { layer: name = '' } = ask.route;
    const grid = gridAsked(ask);
    const layer = (await catalogue.layers(ask.view)).find((candidate) => candidate.name === name);
    if (!layer) throw noSuchLayer(name);
    const { extent } = await catalogue.status(name, ask.view);
    return reply(describe(layer, grid, ask, extent));
  };
}

function describe(
  layer: Layer,
  grid: TileGrid,
  ask: Pick<Ask, 'publicUrl'>,
  extent: readonly [number, number, number, number] | undefined,
) {
  const tms = grid.name === 'WebMercatorQuad' ? undefined : grid.name;
  const path = `/tiles/vector/${encodeURIComponent(layer.name)}/{z}/{x}/{y}.mvt`;
  return {
    tilejson: '3.0.0',
    name: `${layer.title.pl} / ${layer.title.en}`,
    description: `${layer.description.pl} / ${layer.description.en}`,
    attribution: `${layer.steward.pl}; ${layer.licence.pl}`,
    version: '1.0.0',
    scheme: 'xyz',
    tiles: [href(ask.publicUrl, path, { tms })],
    minzoom: minLevel(layer, grid),
    maxzoom: MAX_LEVEL[grid.name],
    ...(extent ? { bounds: boundsOf(layer, extent) } : {}),
    vector_layers: [
      {
        id: layer.name,
        description: layer.title.en,
        fields: {
          id: 'Identyfikator / Identifier',
          ...Object.fromEntries(
            layer.properties.map(({ name, label, unit }) => [
              name,
              `${label.pl} / ${label.en}${unit ? ` [${unit}]` : ''}`,
            ]),
          ),
        },
      },
    ],
    // Beyond TileJSON, for clients that draw in the grid's own CRS.
    ...(tms
      ? {
          crs: `EPSG:${grid.srid}`,
          origin: [grid.originX, grid.originY],
          tileSize: TILE_SIZE_PX,
          resolutions: Array.from({ length: grid.maxLevel + 1 }, (_, z) => resolutionM(grid, z)),
        }
      : {}),
  };
}

/** The first level on which the layer is drawn at its largest scale denominator. */
function minLevel(layer: Layer, grid: TileGrid): number {
  const { maxScaleDenominator } = layer;
  if (maxScaleDenominator === undefined) return 0;
  const stretch = grid.name === 'WebMercatorQuad' ? MERCATOR_SHARE : 1;
  const steps = Math.log2((resolutionM(grid, 0) * stretch) / (maxScaleDenominator * PIXEL_M));
  return Math.max(0, Math.min(MAX_LEVEL[grid.name], Math.floor(steps)));
}

function boundsOf(layer: Layer, [minX, minY, maxX, maxY]: readonly [number, number, number, number]) {
  const box = reprojectBbox({ minX, minY, maxX, maxY, srid: layer.srid }, 4326);
  return [box.minX, box.minY, box.maxX, box.maxY].map((degrees) => Math.round(degrees * 1e7) / 1e7);
}

function reply(document: object): Reply {
  return {
    status: 200,
    headers: { 'content-type': 'application/json', 'cache-control': 'no-cache' },
    body: `${JSON.stringify(document)}\n`,
  };
}

/** The utility networks of the store by tiles, laid at their depth below the terrain model. */
import { laidDevice } from '../../core/analysis/dig/laid-device.ts';
import { laidLine } from '../../core/analysis/dig/laid-line.ts';
import { UTILITY_DEVICES, UTILITY_LINES } from '../../core/catalogue/utilities.ts';
import type { Layer } from '../../core/feature/layer.ts';
import type { Xy } from '../../core/geo/plane.ts';
import type { TiledStore } from '../../tiles/tileset/building-store.ts';
import type { NetworkRow } from '../../tiles/tileset/network-tiles.ts';
import type { View } from '../access/view.ts';
import { type LaidCity, type LaidRow, laidTiles, propertiesOf } from './laid-tiles.ts';
import { name, sql } from './sql.ts';

/** Who is told less of critical networks is shown them elsewhere. */
export const postgisNetworks = (city: LaidCity, view: View): TiledStore<NetworkRow> =>
  laidTiles(city, view, {
    tables: [UTILITY_LINES.table, UTILITY_DEVICES.table],
    rule: ({ table }) => {
      const [one, other] = (
        table === UTILITY_LINES.table
          ? ['start_height_m', 'end_height_m']
          : ['top_height_m', 'bottom_height_m']
      ).map((column) => name(column));
      return {
        tile: sql`twin.network_tile(geom)`,
        low: sql`least(${one}, ${other})`,
        high: sql`greatest(${one}, ${other})`,
      };
    },
    // Poles above the ground, deep sewers.
    reach: { asideM: 1, aboveM: 35, belowM: 12 },
    row: networkRow,
  });

function networkRow(
  layer: Layer,
  row: LaidRow,
  path: readonly Xy[],
  groundM: (at: Xy) => number,
): NetworkRow {
  const text = (column: string) => (typeof row[column] === 'string' ? row[column] : null);
  const number = (column: string) => (typeof row[column] === 'number' ? row[column] : null);
  const told = {
    id: row.id,
    network: text('network'),
    properties: propertiesOf(layer, row),
  };
  const [at] = path;
  if (layer.table === UTILITY_DEVICES.table) {
    const heights = { topHeightM: number('top_height_m'), bottomHeightM: number('bottom_height_m') };
    const laid = at && laidDevice({ kind: text('kind'), ...heights, at }, groundM);
    return { ...told, shaft: laid && { ...laid, at }, heightSource: laid?.heightSource ?? 'unknown' };
  }
  const pipe = laidLine(
    {
      network: told.network,
      course: text('course'),
      flow: text('flow'),
      diameterMm: number('diameter_mm'),
      widthMm: number('width_mm'),
      heightMm: number('height_mm'),
      depthM: number('depth_m'),
      startHeightM: number('start_height_m'),
      endHeightM: number('end_height_m'),
      path,
    },
    groundM,
  );
  return { ...told, pipe, heightSource: pipe?.heightSource ?? 'unknown' };
}

import type { Layer } from '../../core/feature/layer.ts';
import { type Extent3, extentOf } from '../mesh/surfaces.ts';
import { buildingGrid, cellOf, firstCellAbove, type TileCell } from './building-grid.ts';
import type { BuildingRow, BuildingStore, TileExtent } from './building-store.ts';

/** Buildings held in memory, for tests and benches. `put` and `remove` count as edits. */
export class MemoryBuildings implements BuildingStore {
  private readonly known: Layer;
  private readonly tiles = new Map<
    string,
    { cell: TileCell; rows: Map<string, BuildingRow>; edits: number }
  >();
  private readonly placeOf = new Map<string, string>();
  private edits = 0;

  constructor(layer: Layer, rows: Iterable<BuildingRow> = []) {
    this.known = layer;
    for (const row of rows) this.put(row);
  }

  /** Adds or replaces; a building without a place is not kept. */
  put(row: BuildingRow): void {
    this.remove(row.id);
    const extent = extentOf(row.surfaces);
    const cell = extent && cellOf(buildingGrid(this.known.srid), extent);
    if (!cell) return;
    const key = keyOf(cell);
    const tile = this.tiles.get(key) ?? { cell, rows: new Map(), edits: 0 };
    this.tiles.set(key, tile);
    tile.rows.set(row.id, row);
    tile.edits++;
    this.edits++;
    this.placeOf.set(row.id, key);
  }

  remove(id: string): void {
    const tile = this.tiles.get(this.placeOf.get(id) ?? '');
    if (!tile) return;
    tile.rows.delete(id);
    tile.edits++;
    this.edits++;
    this.placeOf.delete(id);
  }

  async layer(name: string): Promise<Layer | undefined> {
    return name === this.known.name ? this.known : undefined;
  }

  async version(_layer: Layer, cell: TileCell | undefined): Promise<string> {
    return String(cell ? (this.tiles.get(keyOf(cell))?.edits ?? 0) : this.edits);
  }

  async versionUnder(layer: Layer, root: TileCell): Promise<string> {
    const grid = buildingGrid(layer.srid);
    const below = [...this.tiles.values()].filter(
      ({ cell }) => keyOf(firstCellAbove(grid, cell)) === keyOf(root),
    );
    return String(below.reduce((sum, { edits }) => sum + edits, 0));
  }

  async extents(): Promise<readonly TileExtent[]> {
    return [...this.tiles.values()]
      .filter(({ rows }) => rows.size > 0)
      .map(({ cell, rows }) => ({ ...cell, count: rows.size, extent: around([...rows.values()]) }));
  }

  async rows(_layer: Layer, cell: TileCell): Promise<readonly BuildingRow[]> {
    const rows = [...(this.tiles.get(keyOf(cell))?.rows.values() ?? [])];
    return rows.sort((a, b) => (a.id < b.id ? -1 : 1));
  }
}

const keyOf = ({ z, x, y }: TileCell): string => `${z}/${x}/${y}`;

function around(rows: readonly BuildingRow[]): Extent3 {
  const extents = rows.map(({ surfaces }) => extentOf(surfaces)).filter((extent) => extent !== undefined);
  return {
    minX: Math.min(...extents.map(({ minX }) => minX)),
    minY: Math.min(...extents.map(({ minY }) => minY)),
    minZ: Math.min(...extents.map(({ minZ }) => minZ)),
    maxX: Math.max(...extents.map(({ maxX }) => maxX)),
    maxY: Math.max(...extents.map(({ maxY }) => maxY)),
    maxZ: Math.max(...extents.map(({ maxZ }) => maxZ)),
  };
}

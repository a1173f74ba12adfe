/** What objects of a register refer to, looked up for many of them at once. */
import type { Feature } from '../../feature/feature.ts';
import type { FeatureQuery } from '../../feature/query.ts';
import type { FeatureStream } from '../../feature/source.ts';
import { type Position, positionsOf } from '../../geo/geometry.ts';
import { registerGmlId } from './register-ids.ts';

/** Reads the twin in the CRS that is written. */
export type FindFeatures = (query: Pick<FeatureQuery, 'layer' | 'bbox' | 'filter'>) => FeatureStream;

/** Side of the squares that boundary points are read by. */
const CELL_M = 400;
/** Points kept for the objects that come next. */
const MOST_POINTS = 100_000;
/** Ids kept for the objects that come next. */
const MOST_IDS = 50_000;
/** Boxes are transformed with the layer; a point on their edge must not be lost. */
const EDGE_M = 0.5;

/** Memory: bounded by the numbers above and what one batch of objects refers to. */
export class RegisterLinks {
  readonly #find: FindFeatures;
  readonly #srid: number;
  readonly #known: ReadonlySet<string>;
  /** gml:id by business id, of each layer. */
  readonly #ids = new Map<string, Map<string, string>>();
  readonly #referring = new Map<string, string[]>();
  /** By cell: gml:id by position to a millimetre. */
  readonly #cells = new Map<string, Map<string, string>>();
  #points = 0;

  /** @param known names of the layers that may be read */
  constructor(find: FindFeatures, srid: number, known: ReadonlySet<string>) {
    this.#find = find;
    this.#srid = srid;
    this.#known = known;
  }

  /** Looks up objects by their business ids. */
  async lookUp(layer: string, ids: Iterable<string>): Promise<void> {
    if (!this.#known.has(layer)) return;
    const found = this.#ids.get(layer) ?? new Map<string, string>();
    this.#ids.set(layer, found);
    if (found.size > MOST_IDS) found.clear();
    const missing = [...new Set(ids)].filter((id) => !found.has(id));
    if (missing.length === 0) return;
    for await (const feature of this.#find({ layer, filter: { op: 'ids', ids: missing } }))
      found.set(feature.id, registerGmlId(feature));
  }

  /** The gml:id of an object looked up before. */
  idOf(layer: string, id: string): readonly string[] {
    const found = this.#ids.get(layer)?.get(id);
    return found === undefined ? [] : [found];
  }

  /** Looks up the objects of a layer whose property names one of these. */
  async lookUpReferring(layer: string, property: string, ids: readonly string[]): Promise<void> {
    for (const key of this.#referring.keys()) if (key.startsWith(`${layer} `)) this.#referring.delete(key);
    if (ids.length === 0 || !this.#known.has(layer)) return;
    for await (const feature of this.#find({ layer, filter: { op: 'in', property, values: ids } })) {
      const key = `${layer} ${String(feature.properties[property])}`;
      const list = this.#referring.get(key);
      if (list) list.push(registerGmlId(feature));
      else this.#referring.set(key, [registerGmlId(feature)]);
    }
  }

  /** gml:ids of what refers to an object, of those looked up last. */
  referringTo(layer: string, id: string): readonly string[] {
    return this.#referring.get(`${layer} ${id}`) ?? [];
  }

  /** Reads the boundary points around the corners of these objects. */
  async lookUpPoints(features: readonly Feature[]): Promise<void> {
    if (!this.#known.has('boundary_points')) return;
    if (this.#points > MOST_POINTS) {
      this.#cells.clear();
      this.#points = 0;
    }
    for (const { geometry } of features) {
      if (!geometry) continue;
      for (const [easting, northing] of positionsOf(geometry)) {
        const [column, row] = [Math.floor(easting / CELL_M), Math.floor(northing / CELL_M)];
        if (!this.#cells.has(`${column} ${row}`)) await this.#readCell(column, row);
      }
    }
  }

  async #readCell(column: number, row: number): Promise<void> {
    const [west, south] = [column * CELL_M, row * CELL_M];
    const bbox = {
      ...{ minX: west - EDGE_M, minY: south - EDGE_M },
      ...{ maxX: west + CELL_M + EDGE_M, maxY: south + CELL_M + EDGE_M, srid: this.#srid },
    };
    const cell = new Map<string, string>();
    this.#cells.set(`${column} ${row}`, cell);
    for await (const point of this.#find({ layer: 'boundary_points', bbox })) {
      if (point.geometry?.type !== 'Point') continue;
      cell.set(millimetres(point.geometry.coordinates), registerGmlId(point));
      this.#points++;
    }
  }

  /** gml:ids of the boundary points that are corners of an object, each once, in the order of its boundary. */
  pointsOn({ geometry }: Feature): readonly string[] {
    const ids = new Set<string>();
    for (const position of geometry ? positionsOf(geometry) : []) {
      const cell = `${Math.floor(position[0] / CELL_M)} ${Math.floor(position[1] / CELL_M)}`;
      const id = this.#cells.get(cell)?.get(millimetres(position));
      if (id !== undefined) ids.add(id);
    }
    return [...ids];
  }
}

const millimetres = ([easting, northing]: Position): string =>
  `${Math.round(easting * 1000)} ${Math.round(northing * 1000)}`;

/**
 * Shapes that were read for pictures, kept in memory by the cells (`tile_cell`) that they touch: neighbouring pictures
 * show the same objects, and reading them anew costs more than drawing them. Whether a cell still holds is told by the
 * versions of the store, so that an edit by any process is seen by the next picture.
 */
import type { Bbox } from '../../core/geo/bbox.ts';
import type { ClassShapes } from '../../tiles/picture/map-source.ts';
import type { CellBox } from './tile-version.ts';

/** The latest version of a cell that was ever touched. */
export interface CellVersion {
  readonly x: number;
  readonly y: number;
  readonly version: number;
}

/** What is read of a rectangle of cells: every object that touches it, once. */
export interface ReadShapes {
  /** Objects one after another, each as `HEAD_BYTES` (big-endian) and its well-known binary. */
  readonly packed: Uint8Array;
  /** For each object the values of the label's property and suffix; null without labels. */
  readonly labels: readonly (readonly [unknown, unknown])[] | null;
}

export interface CellReader {
  /** Tells layers, columns and styles apart whose shapes differ. */
  readonly scope: string;
  /** Side of a cell in units of the storage CRS. */
  readonly sizeUnits: number;
  /** The latest versions of the cells of a range that were ever touched. */
  versions(range: CellBox): Promise<readonly CellVersion[]>;
  read(range: CellBox): Promise<ReadShapes>;
}

/** Entry (int32), box minX, minY, maxX, maxY (float64), bytes of the WKB that follows (int32). */
const HEAD_BYTES = 40;
/** What an object costs beside its bytes. */
const OBJECT_BYTES = 56;
const LABEL_BYTES = 100;
const CELL_BYTES = 200;

/** Objects that were read together. */
interface Batch {
  readonly bytes: Buffer;
  /** Where the WKB of each object starts and ends. */
  readonly starts: Int32Array;
  readonly ends: Int32Array;
  readonly entries: Int32Array;
  /** Four for each object: minX, minY, maxX, maxY. */
  readonly boxes: Float64Array;
  readonly labels: ReadShapes['labels'];
  /** The objects that touch each cell. */
  readonly cells: ReadonlyMap<string, Int32Array>;
  readonly size: number;
}

interface Cell {
  /** The cell holds what it held at this version of its dataset. */
  version: number;
  readonly batch: Promise<Batch>;
}

/** Cells of one scope by `keyOf`. */
type Shelf = Map<string, Cell>;

export class KeptShapes {
  readonly #mostBytes: number;
  readonly #shelves = new Map<string, Shelf>();
  /** The least recently used first. */
  readonly #batches = new Map<Promise<Batch>, { readonly shelf: Shelf; readonly batch: Batch }>();
  #bytes = 0;

  constructor(mostBytes: number) {
    this.#mostBytes = mostBytes;
  }

  /** Memory in use, and at most. */
  get usage(): { readonly bytes: number; readonly mostBytes: number } {
    return { bytes: this.#bytes, mostBytes: this.#mostBytes };
  }

  /**
   * The objects of an area by their class, each once.
   * @param version the latest of the cells that the area touches, asked for before
   */
  async shapes(reader: CellReader, area: Bbox, version: number): Promise<readonly ClassShapes[]> {
    const range = cellRange(area, reader.sizeUnits);
    const cells = await this.#cells(reader, range, version);
    const batches = await Promise.all(cells.map(({ batch }) => batch));
    const chosen = new Chosen();
    for (const [index, { x, y, batch: key }] of cells.entries()) {
      const batch = batches[index];
      if (!batch) continue;
      this.#touch(key);
      const { boxes } = batch;
      for (const object of batch.cells.get(keyOf(x, y)) ?? []) {
        const [minX = 0, minY = 0] = [boxes[4 * object], boxes[4 * object + 1]];
        if (minX > area.maxX || minY > area.maxY) continue;
        if ((boxes[4 * object + 2] ?? 0) < area.minX || (boxes[4 * object + 3] ?? 0) < area.minY) continue;
        // Of the cells in the range that an object touches, the first shows it.
        if (Math.max(Math.floor(minX / reader.sizeUnits), range.minX) !== x) continue;
        if (Math.max(Math.floor(minY / reader.sizeUnits), range.minY) !== y) continue;
        chosen.add(batch, object);
      }
    }
    this.#forgetOldest();
    return chosen.classes();
  }

  /** The cells of a range as of a version; those that are not kept so are being read. */
  async #cells(reader: CellReader, range: CellBox, version: number) {
    const shelf = this.#shelves.get(reader.scope) ?? new Map<string, Cell>();
    this.#shelves.set(reader.scope, shelf);
    const places = placesIn(range);
    if (places.some(({ key }) => (shelf.get(key)?.version ?? version) < version)) {
      const touched = new Map(
        (await reader.versions(range)).map((cell) => [keyOf(cell.x, cell.y), cell.version]),
      );
      for (const { key } of places) {
        const cell = shelf.get(key);
        if (!cell || cell.version >= version) continue;
        if ((touched.get(key) ?? 0) > cell.version) shelf.delete(key);
        else cell.version = version;
      }
    }
    const missing = places.filter(({ key }) => !shelf.has(key));
    if (missing.length > 0) this.#read(reader, shelf, rangeAround(missing), version);
    return places.flatMap(({ key, x, y }) => {
      const batch = shelf.get(key)?.batch;
      return batch ? [{ x, y, batch }] : [];
    });
  }

  /** Begins to read cells, and puts them where others find them already. */
  #read(reader: CellReader, shelf: Shelf, range: CellBox, version: number): void {
    const batch = reader.read(range).then((read) => batchOf(reader.sizeUnits, range, read));
    for (const { key } of placesIn(range)) shelf.set(key, { version, batch });
    batch.then(
      (read) => {
        this.#batches.set(batch, { shelf, batch: read });
        this.#bytes += read.size;
      },
      () => {
        for (const { key } of placesIn(range)) if (shelf.get(key)?.batch === batch) shelf.delete(key);
      },
    );
  }

  #touch(key: Promise<Batch>): void {
    const held = this.#batches.get(key);
    if (!held) return;
    this.#batches.delete(key);
    this.#batches.set(key, held);
  }

  #forgetOldest(): void {
    for (const [key, { shelf, batch }] of this.#batches) {
      if (this.#bytes <= this.#mostBytes) return;
      this.#batches.delete(key);
      this.#bytes -= batch.size;
      for (const cell of batch.cells.keys()) if (shelf.get(cell)?.batch === key) shelf.delete(cell);
      if (shelf.size === 0)
        for (const [scope, each] of this.#shelves) if (each === shelf) this.#shelves.delete(scope);
    }
  }
}

/** The cells that an area touches. */
export const cellRange = ({ minX, minY, maxX, maxY }: Bbox, sizeUnits: number): CellBox => ({
  ...{ minX: Math.floor(minX / sizeUnits), minY: Math.floor(minY / sizeUnits) },
  ...{ maxX: Math.floor(maxX / sizeUnits), maxY: Math.floor(maxY / sizeUnits) },
});

const keyOf = (x: number, y: number): string => `${x} ${y}`;

function placesIn(range: CellBox): { readonly key: string; readonly x: number; readonly y: number }[] {
  const places = [];
  for (let y = range.minY; y <= range.maxY; y++) {
    for (let x = range.minX; x <= range.maxX; x++) places.push({ key: keyOf(x, y), x, y });
  }
  return places;
}

function rangeAround(places: readonly { readonly x: number; readonly y: number }[]): CellBox {
  const [xs, ys] = [places.map(({ x }) => x), places.map(({ y }) => y)];
  return {
    ...{ minX: Math.min(...xs), minY: Math.min(...ys) },
    ...{ maxX: Math.max(...xs), maxY: Math.max(...ys) },
  };
}

function batchOf(sizeUnits: number, range: CellBox, { packed, labels }: ReadShapes): Batch {
  // The driver may have cut it out of larger memory.
  const bytes = Buffer.allocUnsafeSlow(packed.byteLength);
  bytes.set(packed);
  const [starts, ends, entries, boxes]: [number[], number[], number[], number[]] = [[], [], [], []];
  const cells = new Map(placesIn(range).map(({ key }): [string, number[]] => [key, []]));
  for (let at = 0; at < bytes.byteLength; ) {
    const object = starts.length;
    const box = [4, 12, 20, 28].map((offset) => bytes.readDoubleBE(at + offset));
    const [minX = 0, minY = 0, maxX = 0, maxY = 0] = box.map((ordinate) => Math.floor(ordinate / sizeUnits));
    entries.push(bytes.readInt32BE(at));
    boxes.push(...box);
    const start = at + HEAD_BYTES;
    at = start + bytes.readInt32BE(at + HEAD_BYTES - 4);
    starts.push(start);
    ends.push(at);
    for (let y = Math.max(minY, range.minY); y <= Math.min(maxY, range.maxY); y++) {
      for (let x = Math.max(minX, range.minX); x <= Math.min(maxX, range.maxX); x++) {
        cells.get(keyOf(x, y))?.push(object);
      }
    }
  }
  return {
    ...{ bytes, labels, starts: Int32Array.from(starts), ends: Int32Array.from(ends) },
    ...{ entries: Int32Array.from(entries), boxes: Float64Array.from(boxes) },
    cells: new Map([...cells].map(([key, objects]) => [key, Int32Array.from(objects)])),
    size:
      bytes.byteLength +
      starts.length * (OBJECT_BYTES + (labels ? LABEL_BYTES : 0)) +
      cells.size * CELL_BYTES,
  };
}

interface ChosenClass {
  readonly batches: Batch[];
  readonly objects: number[];
  bytes: number;
}

/** Objects of several batches, gathered by their class. */
class Chosen {
  readonly #classes = new Map<number, ChosenClass>();

  add(batch: Batch, object: number): void {
    const entry = batch.entries[object] ?? -1;
    const found = this.#classes.get(entry) ?? { batches: [], objects: [], bytes: 0 };
    this.#classes.set(entry, found);
    found.batches.push(batch);
    found.objects.push(object);
    found.bytes += (batch.ends[object] ?? 0) - (batch.starts[object] ?? 0);
  }

  /** In memory of their own, one after another. */
  classes(): ClassShapes[] {
    const total = [...this.#classes.values()].reduce((sum, { bytes }) => sum + bytes, 0);
    const whole = Buffer.allocUnsafeSlow(total);
    let at = 0;
    return [...this.#classes].map(([entry, { batches, objects }]) => {
      const start = at;
      const labels: (readonly [unknown, unknown])[] = [];
      for (let i = 0; i < objects.length; i++) {
        const batch = batches[i];
        const object = objects[i] ?? 0;
        if (!batch) continue;
        at += batch.bytes.copy(whole, at, batch.starts[object], batch.ends[object]);
        const label = batch.labels?.[object];
        if (label) labels.push(label);
      }
      return { entry, wkb: whole.subarray(start, at), labels };
    });
  }
}

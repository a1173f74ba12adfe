/**
 * The index of rectangles that SQLite's R*Tree module reads (its three tables; public domain), packed at once from boxes
 * that lie along a Hilbert curve: every node but the last of a level is full.
 */
import { hilbert, hilbertStep } from '../../core/geo/hilbert.ts';
import { plainRecord } from './sqlite-record.ts';

/** Cells of a node (`RTREE_MAXCELLS`), and bytes of a cell: a number and four edges. */
const [MOST_CELLS, CELL_BYTES, NODE_HEAD] = [51, 24, 4];
const NODE_BYTES = NODE_HEAD + MOST_CELLS * CELL_BYTES;
const EDGES = 4;
const FIRST_ROOM = 1024;

/** Boxes of rows in the precision of the index: never smaller than they are. */
export class RectangleIndex {
  #rows = new Uint32Array(FIRST_ROOM);
  /** minX, maxX, minY, maxY. */
  #edges = new Float32Array(FIRST_ROOM * EDGES);
  #count = 0;

  add(row: number, minX: number, minY: number, maxX: number, maxY: number): void {
    if (this.#count === this.#rows.length) {
      this.#rows = grown(this.#rows, new Uint32Array(2 * this.#rows.length));
      this.#edges = grown(this.#edges, new Float32Array(2 * this.#edges.length));
    }
    const [edges, at] = [this.#edges, this.#count * EDGES];
    this.#rows[this.#count++] = row;
    edges[at] = below(minX);
    edges[at + 1] = above(maxX);
    edges[at + 2] = below(minY);
    edges[at + 3] = above(maxY);
  }

  /** The rows of the tables `_node`, `_parent` and `_rowid`, each in order; the root is node 1, even of nothing. */
  tables(): { readonly node: Rows; readonly parent: Rows; readonly rowid: Rows } {
    const levels: Level[] = [this.#sorted()];
    do levels.push(levelAbove(levels.at(-1) as Level));
    while ((levels.at(-1) as Level).ids.length > 1);
    // Levels of nodes from the root down; the last holds the rows themselves.
    const down = levels.toReversed();
    const firsts = [1];
    for (const { ids } of down.slice(0, -1)) firsts.push((firsts.at(-1) ?? 0) + ids.length);
    return { node: nodesOf(down, firsts), parent: parentsOf(down, firsts), rowid: rowsOf(down, firsts) };
  }

  #sorted(): Level {
    const order = this.#alongCurve();
    const edges = new Float32Array(this.#count * EDGES);
    for (const [place, from] of order.entries()) {
      edges.set(this.#edges.subarray(from * EDGES, (from + 1) * EDGES), place * EDGES);
    }
    return { ids: order.map((from) => this.#rows[from] ?? 0), edges };
  }

  /** Places of the boxes along the curve; equals as they came. */
  #alongCurve(): Uint32Array {
    const edges = this.#edges;
    const middle = (box: number, edge: number) =>
      ((edges[box * EDGES + edge] ?? 0) + (edges[box * EDGES + edge + 1] ?? 0)) / 2;
    let [minX, minY, maxX, maxY] = [Infinity, Infinity, -Infinity, -Infinity];
    for (let box = 0; box < this.#count; box++) {
      const [x, y] = [middle(box, 0), middle(box, 2)];
      [minX, maxX] = [Math.min(minX, x), Math.max(maxX, x)];
      [minY, maxY] = [Math.min(minY, y), Math.max(maxY, y)];
    }
    const keys = Float64Array.from({ length: this.#count }, (_, box) =>
      hilbert(hilbertStep(middle(box, 0), minX, maxX), hilbertStep(middle(box, 2), minY, maxY)),
    );
    return Uint32Array.from(keys.keys()).sort((a, b) => (keys[a] ?? 0) - (keys[b] ?? 0) || a - b);
  }
}

type Rows = Generator<readonly [row: number, record: Uint8Array]>;

interface Level {
  /** Of the rows; above them as many as there are nodes. */
  readonly ids: Uint32Array;
  readonly edges: Float32Array;
}

/** The nodes over the cells of a level: one at least. */
function levelAbove({ ids, edges }: Level): Level {
  const count = Math.max(1, Math.ceil(ids.length / MOST_CELLS));
  const around = new Float32Array(count * EDGES);
  for (let node = 0; node < count; node++) {
    const box = [Infinity, -Infinity, Infinity, -Infinity];
    const end = Math.min((node + 1) * MOST_CELLS, ids.length) * EDGES;
    for (let at = node * MOST_CELLS * EDGES; at < end; at += EDGES) {
      for (let edge = 0; edge < EDGES; edge++) {
        const value = edges[at + edge] ?? 0;
        const isBeyond = edge % 2 === 0 ? value < (box[edge] ?? 0) : value > (box[edge] ?? 0);
        if (isBeyond) box[edge] = value;
      }
    }
    around.set(box, node * EDGES);
  }
  return { ids: new Uint32Array(count), edges: around };
}

/** Nodes level by level; the first says how deep the tree is. */
function* nodesOf(down: readonly Level[], firsts: readonly number[]): Rows {
  for (const [depth, { ids: nodes }] of down.slice(0, -1).entries()) {
    const children = down[depth + 1] as Level;
    const isLowest = depth === down.length - 2;
    for (let node = 0; node < nodes.length; node++) {
      const bytes = Buffer.alloc(NODE_BYTES);
      const from = node * MOST_CELLS;
      const cells = Math.min(MOST_CELLS, children.ids.length - from);
      if (depth === 0) bytes.writeUInt16BE(down.length - 2);
      bytes.writeUInt16BE(cells, 2);
      for (let cell = 0; cell < cells; cell++) {
        const [child, at] = [from + cell, NODE_HEAD + cell * CELL_BYTES];
        bytes.writeUInt32BE(isLowest ? (children.ids[child] ?? 0) : (firsts[depth + 1] ?? 0) + child, at + 4);
        for (let edge = 0; edge < EDGES; edge++) {
          bytes.writeFloatBE(children.edges[child * EDGES + edge] ?? 0, at + 8 + 4 * edge);
        }
      }
      yield [(firsts[depth] ?? 0) + node, plainRecord([null], bytes)];
    }
  }
}

function* parentsOf(down: readonly Level[], firsts: readonly number[]): Rows {
  for (const [depth, { ids }] of down.slice(0, -1).entries()) {
    if (depth === 0) continue;
    for (let node = 0; node < ids.length; node++) {
      const parent = (firsts[depth - 1] ?? 0) + Math.floor(node / MOST_CELLS);
      yield [(firsts[depth] ?? 0) + node, plainRecord([null, parent])];
    }
  }
}

/** Which node a row is in, in the order of the rows. */
function* rowsOf(down: readonly Level[], firsts: readonly number[]): Rows {
  const { ids } = down.at(-1) as Level;
  const first = firsts[down.length - 2] ?? 0;
  const nodeOf = new Uint32Array(ids.reduce((most, id) => Math.max(most, id), 0) + 1);
  for (const [place, id] of ids.entries()) nodeOf[id] = first + Math.floor(place / MOST_CELLS);
  for (const [row, node] of nodeOf.entries()) if (node > 0) yield [row, plainRecord([null, node])];
}

function grown<T extends Uint32Array | Float32Array>(from: T, to: T): T {
  to.set(from);
  return to;
}

/** What a float of 32 bits has between two that are neighbours, at most. */
const STEP = 2 ** -23;
const SMALLEST = 2 ** -149;

function below(value: number): number {
  const near = Math.fround(value);
  return near <= value ? near : Math.fround(near - Math.max(Math.abs(near) * STEP, SMALLEST));
}

const above = (value: number): number => -below(-value);

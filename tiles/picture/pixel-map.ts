import { type Bbox, bboxOf } from '../../core/geo/bbox.ts';
import { boxGeometry } from '../../core/geo/box-geometry.ts';
import { crsOf, type PositionTransform, transformBetween } from '../../core/geo/crs.ts';
import type { Frame } from './frame.ts';

/** Between nodes of the net no place is shown further off than this. */
const ERROR_PX = 0.05;
const MOST_CELLS = 64;
const METRES_PER_DEGREE = 111_320;

/** The box of the CRS `srid` that a frame shows, or undefined when it shows nothing of that CRS's domain. */
export function shownBox({ bbox }: Frame, srid: number): Bbox | undefined {
  const covered = boxGeometry(bbox, srid);
  return covered && bboxOf(covered, srid);
}

/**
 * From positions of a layer's storage CRS to pixels of a frame. In one and the same CRS that is a line; else a net
 * of exactly transformed nodes is laid over the frame, fine enough for a twentieth of a pixel, and places between
 * are interpolated: a transform for each vertex would cost more than all the drawing.
 */
export class PixelMap {
  /** Result of `locate`, pixels from the upper left corner. */
  x = 0;
  y = 0;
  /** Ground metres of a pixel in the middle of the frame. */
  readonly metresPerPixel: number;
  readonly #area: Bbox;
  readonly #cells: number;
  /** Pixel positions of the nodes, row by row. */
  readonly #nodes: Float64Array;

  /** @param area what is shown of the storage CRS (`shownBox`) */
  constructor(frame: Frame, area: Bbox) {
    this.#area = area;
    const exact = exactMap(frame, area.srid);
    let cells = 1;
    while (frame.bbox.srid !== area.srid && cells < MOST_CELLS && netError(exact, area, cells) > ERROR_PX) {
      cells *= 2;
    }
    this.#cells = cells;
    this.#nodes = netOf(exact, area, cells);
    const middle = [(area.minX + area.maxX) / 2, (area.minY + area.maxY) / 2] as const;
    const step = Math.max(area.maxX - area.minX, area.maxY - area.minY, 1e-9) / 1000;
    const [x, y] = exact([middle[0], middle[1]]);
    const [east, eastY] = exact([middle[0] + step, middle[1]]);
    const [northX, north] = exact([middle[0], middle[1] + step]);
    const perUnit = Math.sqrt(Math.abs((east - x) * (north - y) - (eastY - y) * (northX - x))) / step;
    // East-west degrees shrink with latitude; the area of a square degree shrinks alike.
    const metres =
      crsOf(area.srid).unit === 'degree'
        ? METRES_PER_DEGREE * Math.sqrt(Math.max(0.01, Math.cos((middle[1] * Math.PI) / 180)))
        : 1;
    this.metresPerPixel = metres / perUnit;
  }

  /** Finds the pixel of a position; read it from `x` and `y`. */
  locate(easting: number, northing: number): void {
    const { minX, minY, maxX, maxY } = this.#area;
    const cells = this.#cells;
    const u = ((easting - minX) / (maxX - minX)) * cells;
    const v = ((northing - minY) / (maxY - minY)) * cells;
    const column = u <= 0 ? 0 : u >= cells ? cells - 1 : u | 0;
    const row = v <= 0 ? 0 : v >= cells ? cells - 1 : v | 0;
    const a = u - column;
    const b = v - row;
    const nodes = this.#nodes;
    const low = 2 * (row * (cells + 1) + column);
    const high = low + 2 * (cells + 1);
    const [x00 = 0, x10 = 0, x01 = 0, x11 = 0] = [nodes[low], nodes[low + 2], nodes[high], nodes[high + 2]];
    const [y00 = 0, y10 = 0, y01 = 0, y11 = 0] = [
      nodes[low + 1],
      nodes[low + 3],
      nodes[high + 1],
      nodes[high + 3],
    ];
    this.x = x00 + (x10 - x00) * a + (x01 - x00) * b + (x11 - x10 - x01 + x00) * a * b;
    this.y = y00 + (y10 - y00) * a + (y01 - y00) * b + (y11 - y10 - y01 + y00) * a * b;
  }
}

function exactMap({ bbox, widthPx, heightPx }: Frame, srid: number): PositionTransform {
  const transform = transformBetween(srid, bbox.srid);
  const perX = widthPx / (bbox.maxX - bbox.minX);
  const perY = heightPx / (bbox.maxY - bbox.minY);
  return (position) => {
    const [x, y] = transform(position);
    return [(x - bbox.minX) * perX, (bbox.maxY - y) * perY];
  };
}

function netOf(exact: PositionTransform, area: Bbox, cells: number): Float64Array {
  const nodes = new Float64Array(2 * (cells + 1) ** 2);
  for (let row = 0; row <= cells; row++) {
    for (let column = 0; column <= cells; column++) {
      nodes.set(exact(placeIn(area, column / cells, row / cells)), 2 * (row * (cells + 1) + column));
    }
  }
  return nodes;
}

const placeIn = ({ minX, minY, maxX, maxY }: Bbox, u: number, v: number): [number, number] => [
  minX + (maxX - minX) * u,
  minY + (maxY - minY) * v,
];

/** How far off, in pixels, the middles of some cells and of their sides would be shown. */
function netError(exact: PositionTransform, area: Bbox, cells: number): number {
  let worst = 0;
  for (const row of sampleOf(cells)) {
    for (const column of sampleOf(cells)) {
      const at = (du: number, dv: number) => exact(placeIn(area, (column + du) / cells, (row + dv) / cells));
      const corners = [at(0, 0), at(1, 0), at(0, 1), at(1, 1)] as const;
      const [a, b, c, d] = corners;
      const off = (exactly: readonly number[], shown: readonly [number, number]) => {
        const distance = Math.hypot((exactly[0] ?? 0) - shown[0], (exactly[1] ?? 0) - shown[1]);
        if (distance > worst) worst = distance;
      };
      off(at(0.5, 0), [(a[0] + b[0]) / 2, (a[1] + b[1]) / 2]);
      off(at(0, 0.5), [(a[0] + c[0]) / 2, (a[1] + c[1]) / 2]);
      off(at(0.5, 0.5), [(a[0] + b[0] + c[0] + d[0]) / 4, (a[1] + b[1] + c[1] + d[1]) / 4]);
    }
  }
  return worst;
}

const sampleOf = (cells: number): readonly number[] => [...new Set([0, cells >> 1, cells - 1])];

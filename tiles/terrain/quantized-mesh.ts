/** Writes quantized-mesh 1.0 (CesiumGS/quantized-mesh) with the extension octvertexnormals. */
import { dot, geodeticToEcef, type Vector3 } from '../../core/geo/ecef.ts';

/** A mesh over a rectangle of longitude and latitude. */
export interface TerrainMesh {
  /** Degrees. */
  readonly west: number;
  readonly south: number;
  readonly east: number;
  readonly north: number;
  /** Range in which heights are written, ellipsoidal m; common to neighbours, so that their edges agree. */
  readonly minHeightM: number;
  readonly maxHeightM: number;
  /** For each vertex 0 … 32767 from west to east and from south to north. */
  readonly u: Uint16Array;
  readonly v: Uint16Array;
  /** 0 … 32767 from the lowest to the highest height. */
  readonly height: Uint16Array;
  /** x, y, z of each vertex, ECEF. */
  readonly positions: Float64Array;
  /** x, y, z of each normal, ECEF. */
  readonly normals: Float32Array;
  /** Counter-clockwise from above; vertices numbered in the order of first use. */
  readonly triangles: readonly number[];
}

/** Largest value of u, v and height. */
export const QUANTIZED_MAX = 32_767;
const HEADER_BYTES = 88;
const OCT_VERTEX_NORMALS = 1;

export function writeQuantizedMesh(mesh: TerrainMesh): Uint8Array {
  const count = mesh.u.length;
  const edges = edgesOf(mesh);
  const size =
    HEADER_BYTES +
    4 +
    6 * count +
    4 +
    2 * mesh.triangles.length +
    edges.reduce((sum, edge) => sum + 4 + 2 * edge.length, 0) +
    5 +
    2 * count;
  const out = new Uint8Array(size);
  const view = new DataView(out.buffer);
  writeHeader(view, mesh);
  let at = HEADER_BYTES;
  view.setUint32(at, count, true);
  at += 4;
  for (const values of [mesh.u, mesh.v, mesh.height]) {
    let previous = 0;
    for (const value of values) {
      const delta = value - previous;
      view.setUint16(at, (delta << 1) ^ (delta >> 31), true);
      previous = value;
      at += 2;
    }
  }
  view.setUint32(at, mesh.triangles.length / 3, true);
  at += 4;
  // High-water mark: how far below the next new number an index lies.
  let next = 0;
  for (const index of mesh.triangles) {
    view.setUint16(at, next - index, true);
    if (index === next) next++;
    at += 2;
  }
  for (const edge of edges) {
    view.setUint32(at, edge.length, true);
    at += 4;
    for (const vertex of edge) {
      view.setUint16(at, vertex, true);
      at += 2;
    }
  }
  view.setUint8(at, OCT_VERTEX_NORMALS);
  view.setUint32(at + 1, 2 * count, true);
  at += 5;
  for (let i = 0; i < count; i++) {
    const [x, y] = octEncode(
      mesh.normals[3 * i] ?? 0,
      mesh.normals[3 * i + 1] ?? 0,
      mesh.normals[3 * i + 2] ?? 0,
    );
    out[at++] = x;
    out[at++] = y;
  }
  return out;
}

/** Vertices of the western, southern, eastern and northern edge, along it. */
function edgesOf({ u, v }: TerrainMesh): number[][] {
  const on = (values: Uint16Array, value: number, along: Uint16Array): number[] =>
    [...values.keys()].filter((i) => values[i] === value).sort((a, b) => (along[a] ?? 0) - (along[b] ?? 0));
  return [on(u, 0, v), on(v, 0, u), on(u, QUANTIZED_MAX, v), on(v, QUANTIZED_MAX, u)];
}

function writeHeader(view: DataView, mesh: TerrainMesh): void {
  const { west, south, east, north, minHeightM, maxHeightM, positions } = mesh;
  const centre = geodeticToEcef((west + east) / 2, (south + north) / 2, (minHeightM + maxHeightM) / 2);
  const sphere = boundingSphere(positions);
  [...centre].forEach((value, i) => {
    view.setFloat64(8 * i, value, true);
  });
  view.setFloat32(24, minHeightM, true);
  view.setFloat32(28, maxHeightM, true);
  [...sphere.centre, sphere.radiusM, ...horizonOcclusionPoint(sphere.centre, positions)].forEach(
    (value, i) => {
      view.setFloat64(32 + 8 * i, value, true);
    },
  );
}

function boundingSphere(positions: Float64Array): { centre: Vector3; radiusM: number } {
  const low = [Infinity, Infinity, Infinity];
  const high = [-Infinity, -Infinity, -Infinity];
  for (let i = 0; i < positions.length; i++) {
    const [axis, value] = [i % 3, positions[i] ?? 0];
    low[axis] = Math.min(low[axis] ?? 0, value);
    high[axis] = Math.max(high[axis] ?? 0, value);
  }
  const middle = (axis: number): number => ((low[axis] ?? 0) + (high[axis] ?? 0)) / 2;
  const centre: Vector3 = [middle(0), middle(1), middle(2)];
  let radiusM = 0;
  for (let i = 0; i < positions.length; i += 3) {
    const [x, y, z] = [positions[i] ?? 0, positions[i + 1] ?? 0, positions[i + 2] ?? 0];
    radiusM = Math.max(radiusM, Math.hypot(x - centre[0], y - centre[1], z - centre[2]));
  }
  return { centre, radiusM };
}

const RADII: Vector3 = [6_378_137, 6_378_137, 6_356_752.314245179];
/** Seen from anywhere: for tiles so large that no point hides behind the horizon with all of them. */
const NEVER_HIDDEN = 1e6;

/**
 * The point (in the space where the ellipsoid is the unit sphere) that is below the horizon only when every
 * vertex is: along the direction of the centre, as far out as the vertex that needs it most
 * (Cozzi & Ring, 3D Engine Design for Virtual Globes, 7.3).
 */
function horizonOcclusionPoint(centre: Vector3, positions: Float64Array): Vector3 {
  const scaled = (x: number, y: number, z: number): Vector3 => [x / RADII[0], y / RADII[1], z / RADII[2]];
  const towards = scaled(...centre);
  const length = Math.hypot(...towards) || 1;
  const direction: Vector3 = [towards[0] / length, towards[1] / length, towards[2] / length];
  let furthest = 1;
  for (let i = 0; i < positions.length; i += 3) {
    const point = scaled(positions[i] ?? 0, positions[i + 1] ?? 0, positions[i + 2] ?? 0);
    const distance = Math.hypot(...point) || 1;
    const magnitude = Math.max(1, distance);
    const cosAlpha = dot(direction, point) / distance;
    const sinAlpha = Math.sqrt(Math.max(0, 1 - cosAlpha * cosAlpha));
    const cosBeta = 1 / magnitude;
    const sinBeta = Math.sqrt(magnitude * magnitude - 1) * cosBeta;
    const needed = 1 / (cosAlpha * cosBeta - sinAlpha * sinBeta);
    if (!(needed > 0 && needed < NEVER_HIDDEN)) {
      furthest = NEVER_HIDDEN;
      break;
    }
    furthest = Math.max(furthest, needed);
  }
  return [direction[0] * furthest, direction[1] * furthest, direction[2] * furthest];
}

/** A unit vector in two bytes (Meyer et al. 2010, as quantized-mesh demands). */
function octEncode(x: number, y: number, z: number): [number, number] {
  const sum = Math.abs(x) + Math.abs(y) + Math.abs(z) || 1;
  let [u, v] = [x / sum, y / sum];
  if (z < 0) [u, v] = [(1 - Math.abs(v)) * sign(u), (1 - Math.abs(u)) * sign(v)];
  return [toByte(u), toByte(v)];
}

const sign = (value: number): number => (value < 0 ? -1 : 1);
const toByte = (value: number): number => Math.round((Math.min(1, Math.max(-1, value)) * 0.5 + 0.5) * 255);

import { BUILDINGS_3D } from '../../core/catalogue/buildings-3d.ts';
import type { Layer } from '../../core/feature/layer.ts';
import type { MultiPolygon, Position } from '../../core/geo/geometry.ts';

/** The city's layer of 3D buildings, in EPSG:2177. */
export const BUILDINGS_3D_LAYER: Layer = { ...BUILDINGS_3D, dataset: 'city', srid: 2177 };

export interface SampleBuilding {
  readonly id: string;
  readonly geometry: MultiPolygon;
  readonly surfaceKinds: string;
  readonly properties: Readonly<Record<string, string | number | null>>;
}

/** Numbers in [0, 1) that are the same on every run (mulberry32). */
export function seededRandom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/**
 * A made-up town: gabled houses (LOD2), blocks with a courtyard (LOD1, rings with holes) and a few halls, strewn
 * over a square of EPSG:2177.
 */
export function sampleBuildings(
  count: number,
  { minX = 6_428_000, minY = 5_806_000, sizeM = 4000, seed = 1 } = {},
): SampleBuilding[] {
  const random = seededRandom(seed);
  return Array.from({ length: count }, (_, i) => {
    const centre: [number, number] = [minX + random() * sizeM, minY + random() * sizeM];
    const turn = random() * Math.PI;
    const ground = 60 + random() * 30;
    const kind = i % 20 === 0 ? 'hall' : i % 5 === 0 ? 'block' : 'house';
    const [width, depth, height] =
      kind === 'hall'
        ? [60 + random() * 160, 40 + random() * 60, 8 + random() * 10]
        : kind === 'block'
          ? [25 + random() * 40, 20 + random() * 20, 12 + random() * 30]
          : [8 + random() * 6, 7 + random() * 4, 5 + random() * 4];
    const place = (x: number, y: number, z: number): Position => [
      centre[0] + x * Math.cos(turn) - y * Math.sin(turn),
      centre[1] + x * Math.sin(turn) + y * Math.cos(turn),
      ground + z,
    ];
    const id = `PL.PZGiK.1.${String(i).padStart(7, '0')}`;
    const shape =
      kind === 'house' ? gable(width, depth, height, place) : courtyard(width, depth, height, place);
    return {
      id,
      geometry: { type: 'MultiPolygon', coordinates: shape.polygons },
      surfaceKinds: shape.kinds,
      properties: {
        building_id: i % 7 === 0 ? null : `306401_1.0021.${i}_BUD`,
        lod: kind === 'house' ? 2 : 1,
        state: i % 50 === 3 ? 'designed' : 'built',
        function: kind === 'hall' ? 'przemysłowy' : 'mieszkalny',
        roof_type: kind === 'house' ? '1030' : null,
        height_m: i % 11 === 0 ? null : height,
        ground_height_m: ground,
        storeys_above: i % 13 === 0 ? null : Math.round(height / 3),
        surface_kinds: shape.kinds,
        roof_source: null,
        iip_namespace: null,
        iip_version: null,
      },
    };
  });
}

type Place = (x: number, y: number, z: number) => Position;
interface Shape {
  readonly polygons: readonly (readonly (readonly Position[])[])[];
  readonly kinds: string;
}

const close = (ring: readonly Position[]): Position[] => [...ring, ...ring.slice(0, 1)];

function gable(width: number, depth: number, eaves: number, place: Place): Shape {
  const [w, d, top] = [width / 2, depth / 2, eaves + depth * 0.4];
  const corner = (x: number, y: number, z: number) => place(x, y, z);
  const [a0, b0, c0, d0] = [corner(-w, -d, 0), corner(w, -d, 0), corner(w, d, 0), corner(-w, d, 0)];
  const [a1, b1, c1, d1] = [
    corner(-w, -d, eaves),
    corner(w, -d, eaves),
    corner(w, d, eaves),
    corner(-w, d, eaves),
  ];
  const [west, east] = [corner(-w, 0, top), corner(w, 0, top)];
  const rings = [
    [a0, d0, c0, b0],
    [a0, b0, b1, a1],
    [b0, c0, c1, east, b1],
    [c0, d0, d1, c1],
    [d0, a0, a1, west, d1],
    [a1, b1, east, west],
    [c1, d1, west, east],
  ];
  return { polygons: rings.map((ring) => [close(ring)]), kinds: 'GWWWWRR' };
}

/** A block with a hole through the middle of its roof and floor. */
function courtyard(width: number, depth: number, height: number, place: Place): Shape {
  const ringAt = (scale: number, z: number): Position[] => {
    const [w, d] = [(width / 2) * scale, (depth / 2) * scale];
    return [place(-w, -d, z), place(w, -d, z), place(w, d, z), place(-w, d, z)];
  };
  const outer = [ringAt(1, 0), ringAt(1, height)] as const;
  const inner = [ringAt(0.4, 0), ringAt(0.4, height)] as const;
  const walls = (low: readonly Position[], high: readonly Position[], isOuter: boolean) =>
    low.map((a, i) => {
      const j = (i + 1) % low.length;
      const [b, c, d] = [low[j] ?? a, high[j] ?? a, high[i] ?? a];
      return [close(isOuter ? [a, b, c, d] : [b, a, d, c])];
    });
  return {
    polygons: [
      [close([...outer[0]].reverse()), close(inner[0])],
      [close(outer[1]), close([...inner[1]].reverse())],
      ...walls(outer[0], outer[1], true),
      ...walls(inner[0], inner[1], false),
    ],
    kinds: 'GRWWWWWWWW',
  };
}

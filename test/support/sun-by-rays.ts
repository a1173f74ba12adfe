/** The reach of the sun the plain way: a ray against every surface of every building. Shares no code with ours. */
import type { BuildingShape, Corner } from '../../core/analysis/sun/building-shape.ts';

type Xyz = readonly [number, number, number];

interface Facet {
  readonly normal: Xyz;
  readonly rings: readonly (readonly Corner[])[];
  /** The two axes in which the facet is widest. */
  readonly axes: readonly [number, number];
}

/** Every surface with its plane. */
export function facetsOf(shapes: readonly BuildingShape[]): readonly Facet[] {
  return shapes.flatMap(({ surfaces }) =>
    surfaces.map((rings) => {
      const normal = newellNormal(rings[0] ?? []);
      const size = normal.map(Math.abs);
      const widest = size.indexOf(Math.max(...size));
      const axes = widest === 0 ? ([1, 2] as const) : widest === 1 ? ([0, 2] as const) : ([0, 1] as const);
      return { normal, rings, axes };
    }),
  );
}

/** Whether a ray from a place meets none of the facets. */
export function isClear(facets: readonly Facet[], eye: Xyz, direction: Xyz): boolean {
  return !facets.some((facet) => isHit(facet, eye, direction));
}

function isHit({ normal, rings, axes: [u, v] }: Facet, eye: Xyz, direction: Xyz): boolean {
  const towards = dot(normal, direction);
  if (Math.abs(towards) < 1e-12) return false;
  const on = rings[0]?.[0] ?? [0, 0, 0];
  const along = dot(normal, [on[0] - eye[0], on[1] - eye[1], on[2] - eye[2]]) / towards;
  if (along <= 1e-9) return false;
  const hit = eye.map((value, axis) => value + along * (direction[axis] ?? 0));
  const [p, q] = [hit[u] ?? 0, hit[v] ?? 0];
  let isInside = false;
  for (const ring of rings)
    for (const [i, a] of ring.entries()) {
      const b = ring[(i + 1) % ring.length] ?? a;
      const [au = 0, av = 0, bu = 0, bv = 0] = [a[u], a[v], b[u], b[v]];
      if (av > q !== bv > q && p < ((bu - au) * (q - av)) / (bv - av) + au) isInside = !isInside;
    }
  return isInside;
}

function newellNormal(ring: readonly Corner[]): Xyz {
  let [x, y, z] = [0, 0, 0];
  for (const [i, a] of ring.entries()) {
    const b = ring[(i + 1) % ring.length] ?? a;
    x += (a[1] - b[1]) * (a[2] + b[2]);
    y += (a[2] - b[2]) * (a[0] + b[0]);
    z += (a[0] - b[0]) * (a[1] + b[1]);
  }
  return [x, y, z];
}

const dot = (a: Xyz, b: Xyz): number => a[0] * b[0] + a[1] * b[1] + a[2] * b[2];

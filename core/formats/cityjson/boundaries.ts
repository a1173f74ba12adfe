/** Boundaries and semantics of CityJSON (2.0.1, 3.2 and 3.3), which nest as deep as the kind of geometry says. */

export interface CitySurface {
  /** Indexes of corners: shell, then holes. */
  readonly rings: readonly (readonly unknown[])[];
  /** Class of the surface; undefined = nobody says. */
  readonly meaning: string | undefined;
  readonly isInSolid: boolean;
  /** Where it stands in the boundaries: solid, shell, surface, as far as there are such. */
  readonly path: readonly number[];
}

/** How many lists stand round a surface. */
const DEPTHS: Readonly<Record<string, number>> = {
  ...{ MultiSurface: 1, CompositeSurface: 1, Solid: 2, MultiSolid: 3, CompositeSolid: 3 },
};

/** The surfaces of a geometry; none of points, lines and templates. */
export function* eachSurface(geometry: Readonly<Record<string, unknown>>): Generator<CitySurface> {
  const type = String(geometry['type']);
  const depth = DEPTHS[type];
  if (depth === undefined) return;
  const { surfaces, values } = semanticsOf(geometry['semantics']);
  yield* within(geometry['boundaries'], values, depth, (meaning) => {
    const surface = typeof meaning === 'number' ? surfaces[meaning] : undefined;
    const isNamed = typeof surface === 'object' && surface !== null && 'type' in surface;
    return isNamed ? String(surface.type) : undefined;
  });
}

function semanticsOf(semantics: unknown): {
  readonly surfaces: readonly unknown[];
  readonly values: unknown;
} {
  if (typeof semantics !== 'object' || semantics === null) return { surfaces: [], values: null };
  const { surfaces, values } = semantics as { readonly surfaces?: unknown; readonly values?: unknown };
  return { surfaces: Array.isArray(surfaces) ? surfaces : [], values };
}

function* within(
  boundaries: unknown,
  values: unknown,
  depth: number,
  named: (value: unknown) => string | undefined,
  isInSolid = depth > 1,
  path: readonly number[] = [],
): Generator<CitySurface> {
  for (const [index, inner] of (Array.isArray(boundaries) ? boundaries : []).entries()) {
    // No value for a whole shell or solid: nothing is said of what lies in it.
    const value: unknown = Array.isArray(values) ? values[index] : null;
    const here = [...path, index];
    if (depth > 1) yield* within(inner, value, depth - 1, named, isInSolid, here);
    else if (Array.isArray(inner)) {
      const rings = inner.filter((ring) => Array.isArray(ring));
      yield { rings, meaning: named(value), isInSolid, path: here };
    }
  }
}

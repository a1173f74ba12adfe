/**
 * From the normal heights of the house (PL-EVRF2007-NH) to the ellipsoidal heights that a globe needs:
 * ellipsoidal = normal + undulation. One model serves buildings, terrain and read-outs alike, and its name
 * is always said beside them. Models live in `tiles/terrain`, since they carry data.
 */
export interface Undulation {
  /** Name of the model, as people read it. */
  readonly model: string;
  /** Height of the (quasi-)geoid above the ellipsoid, m, at a place in degrees. */
  undulationM(lonDeg: number, latDeg: number): number;
}

/** The same undulation everywhere, for tests and for places without a model. */
export function constantUndulation(metres: number, model = `constant ${metres} m`): Undulation {
  return { model, undulationM: () => metres };
}

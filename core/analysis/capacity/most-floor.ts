/** The most that fits on a plot: floor area under a footprint, a number of storeys, an intensity, and ground for green and cars. */

export interface PlotCaps {
  readonly plotM2: number;
  /** Ground on which walls may stand. */
  readonly buildableM2: number;
  /** 0 to 1; undefined = none set. */
  readonly builtShare: number | undefined;
  readonly greenShare: number | undefined;
  /** Floor area above ground to area of the plot. */
  readonly intensity: number | undefined;
  /** Undefined = no greatest height is set. */
  readonly storeys: number | undefined;
  /** Ground for parking that each m² of floor area asks for. */
  readonly parkingPerFloor: number;
}

export type CapName = 'buildable' | 'built-share' | 'intensity' | 'storeys' | 'ground';

export interface MostFloor {
  readonly footprintM2: number;
  readonly footprintBy: CapName;
  /** Undefined where nothing caps the height or the intensity. */
  readonly floorM2: number | undefined;
  readonly floorBy: CapName | undefined;
  /** The fewest that reach the floor area. */
  readonly storeys: number | undefined;
}

/** More storeys than any building has: stands for a height that nothing limits. */
const HIGHEST = 200;

/**
 * With S storeys a floor area A stands on A ⁄ S of ground and asks for q·A more for cars; green keeps g of the plot P:
 * A ⁄ S + q·A ≤ P·(1 − g). Together with A ≤ S·F (F = most footprint) and A ≤ i·P the most is the least of three, and
 * grows with S.
 */
export function mostFloor(caps: PlotCaps): MostFloor {
  const { plotM2, buildableM2, builtShare, greenShare = 0, intensity, parkingPerFloor } = caps;
  const sealedM2 = plotM2 * Math.max(0, 1 - greenShare);
  const [footprintBy, footprintM2] = least<CapName>([
    ['buildable', buildableM2],
    ['built-share', builtShare === undefined ? Infinity : builtShare * plotM2],
    // Before a single car: the house alone cannot take the green.
    ['ground', sealedM2],
  ]);
  const floorOf = (storeys: number) =>
    least<CapName>([
      ['storeys', storeys * footprintM2],
      ['intensity', intensity === undefined ? Infinity : intensity * plotM2],
      ['ground', sealedM2 / (1 / storeys + parkingPerFloor)],
    ]);
  if (caps.storeys === undefined && intensity === undefined) {
    return { footprintM2, footprintBy, floorM2: undefined, floorBy: undefined, storeys: undefined };
  }
  if (footprintM2 <= 0) return { footprintM2: 0, footprintBy, floorM2: 0, floorBy: footprintBy, storeys: 0 };
  const most = caps.storeys ?? HIGHEST;
  if (most < 1) return { footprintM2, footprintBy, floorM2: 0, floorBy: 'storeys', storeys: 0 };
  const [floorBy, floorM2] = floorOf(most);
  let storeys = most;
  while (storeys > 1 && floorOf(storeys - 1)[1] >= floorM2 * (1 - 1e-9)) storeys--;
  return { footprintM2, footprintBy, floorM2, floorBy, storeys };
}

function least<Name>(caps: readonly (readonly [Name, number])[]): readonly [Name, number] {
  const [first, ...others] = caps;
  if (!first) throw new Error('no caps');
  return others.reduce((least, cap) => (cap[1] < least[1] * (1 - 1e-9) ? cap : least), first);
}

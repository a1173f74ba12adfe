import { describe, expect, it } from 'vitest';
import { mostFloor, type PlotCaps } from './most-floor.ts';

const PLOT: PlotCaps = {
  plotM2: 1000,
  buildableM2: 600,
  builtShare: 0.4,
  greenShare: 0.3,
  intensity: 1.6,
  storeys: 5,
  parkingPerFloor: 0,
};

/** A generator that gives the same numbers each time. */
function* numbers(seed: number): Generator<number, never> {
  let state = seed;
  for (;;) {
    state = (state * 1664525 + 1013904223) % 4294967296;
    yield state / 4294967296;
  }
}

describe('the most floor area of a plot', () => {
  it('is the intensity of the plan on the fewest storeys that reach it', () => {
    expect(mostFloor(PLOT)).toEqual({
      footprintM2: 400,
      footprintBy: 'built-share',
      floorM2: 1600,
      floorBy: 'intensity',
      storeys: 4,
    });
  });

  it('names what limits it', () => {
    const by = (caps: Partial<PlotCaps>) => {
      const { footprintBy, floorBy } = mostFloor({ ...PLOT, ...caps });
      return [footprintBy, floorBy];
    };
    expect(by({ buildableM2: 100 })).toEqual(['buildable', 'storeys']);
    expect(by({ storeys: 2 })).toEqual(['built-share', 'storeys']);
    expect(by({ greenShare: 0.9 })).toEqual(['ground', 'storeys']);
    expect(by({ parkingPerFloor: 0.5 })).toEqual(['built-share', 'ground']);
  });

  it('is not known where neither height nor intensity is set', () => {
    const { footprintM2, floorM2 } = mostFloor({ ...PLOT, storeys: undefined, intensity: undefined });
    expect([footprintM2, floorM2]).toEqual([400, undefined]);
    expect(mostFloor({ ...PLOT, storeys: undefined }).floorM2).toBe(1600);
  });

  it('is nothing where no storey fits or no ground is left', () => {
    expect(mostFloor({ ...PLOT, storeys: 0 }).floorM2).toBe(0);
    expect(mostFloor({ ...PLOT, buildableM2: 0 })).toMatchObject({ footprintM2: 0, floorM2: 0, storeys: 0 });
  });

  it('leaves room for green and cars, and none that a search of designs would still find', () => {
    const next = numbers(7);
    const random = () => next.next().value;
    for (let round = 0; round < 300; round++) {
      const caps: PlotCaps = {
        plotM2: 200 + 5000 * random(),
        buildableM2: 2000 * random(),
        builtShare: random() < 0.2 ? undefined : random(),
        greenShare: random() < 0.2 ? undefined : random() * 0.9,
        intensity: random() < 0.3 ? undefined : 3 * random(),
        storeys: 1 + Math.floor(9 * random()),
        parkingPerFloor: random() < 0.3 ? 0 : random(),
      };
      const { floorM2 = 0, footprintM2 } = mostFloor(caps);
      let best = 0;
      for (let storeys = 1; storeys <= (caps.storeys ?? 0); storeys++) {
        for (let part = 1; part <= 400; part++) {
          const floor = (footprintM2 * storeys * part) / 400;
          if (isAllowed(caps, floor / storeys, floor)) best = Math.max(best, floor);
        }
      }
      expect(best).toBeLessThanOrEqual(floorM2 * (1 + 1e-9));
      // The search steps by a 400th of the largest body.
      expect(floorM2 - best).toBeLessThanOrEqual((footprintM2 * (caps.storeys ?? 0)) / 400 + 1e-9);
    }
  });
});

function isAllowed(caps: PlotCaps, footprintM2: number, floorM2: number): boolean {
  const { plotM2, builtShare = 1, greenShare = 0, intensity = Infinity, parkingPerFloor } = caps;
  const slack = 1 + 1e-12;
  return (
    footprintM2 <= Math.min(caps.buildableM2, builtShare * plotM2) * slack &&
    floorM2 <= intensity * plotM2 * slack &&
    footprintM2 + parkingPerFloor * floorM2 <= plotM2 * (1 - greenShare) * slack
  );
}

import { expect, it } from 'vitest';
import { ROADS } from '../../../test/support/traffic-facts.ts';
import { cityLinks } from './city-links.ts';
import type { Equilibrium } from './equilibrium.ts';
import { linkRows } from './link-rows.ts';
import type { LoadedState } from './loaded-state.ts';

const NOISE_VEH_PER_H = 0.01;
const links = cityLinks(ROADS, ROADS);

/** The same cars and lorries of two car units on every link. */
function loaded(cars: number, lorries: number): LoadedState {
  const of = (value: number) => new Float64Array(links.length).fill(value);
  const equilibrium: Equilibrium = {
    flow: of(cars + 2 * lorries),
    classFlow: [of(cars), of(lorries)],
    time: of(60),
    ...{ relativeGap: 0, isReached: true, iterations: 1, objective: 0, totalTravelTime: 0, lost: [] },
    state: () => [],
  };
  return { equilibrium, firstStreet: 0 };
}

it('tells no difference where cars and lorries change places, for only car units are certain', () => {
  const changes = (cars: number, lorries: number) =>
    linkRows(links, loaded(100, 20), loaded(cars, lorries), NOISE_VEH_PER_H).map(
      ({ difference }) => difference,
    );
  expect(changes(104, 18)[0]).toMatchObject({ flowVehPerH: 2, isBeyondNoise: false });
  expect(changes(104, 20)[0]).toMatchObject({ flowVehPerH: 4, isBeyondNoise: true });
});

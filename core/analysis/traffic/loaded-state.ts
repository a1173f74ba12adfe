import type { Equilibrium } from './equilibrium.ts';

/** An equilibrium over links of which those of the city begin at `firstStreet`; car and lorry are its classes. */
export interface LoadedState {
  readonly equilibrium: Equilibrium;
  readonly firstStreet: number;
}

import { ANONYMOUS, type Identity } from './identity.ts';

/** What reading the city in a scenario needs to know of it. */
export interface ScenarioState {
  readonly id: string;
  readonly title: string;
  /** The base: the city as the twin had recorded it at this moment. */
  readonly base: Date;
  /** Rises with every change of the scenario. */
  readonly revision: number;
  /** Names of the layers in which the scenario may differ from its base. */
  readonly layers: readonly string[];
}

/**
 * Through whose eyes a request sees the city, at which moment and in which scenario. Whatever serves features,
 * tiles or catalogue entries takes a view, so that every door serves every scenario and date.
 */
export interface View {
  readonly who: Identity;
  /** The city as the twin had recorded it at this moment; undefined = now, or the base of the scenario. */
  readonly at?: Date;
  /** The scenario whose edits are laid over the city; undefined = none. Never together with `at`. */
  readonly scenario?: ScenarioState;
}

/** The present city, for everybody. */
export const PUBLIC_VIEW: View = { who: ANONYMOUS };

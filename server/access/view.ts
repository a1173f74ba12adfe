import { ANONYMOUS, type Identity } from './identity.ts';

/**
 * Through whose eyes a request sees the city, at which moment and in which scenario. Whatever serves features,
 * tiles or catalogue entries takes a view, so that every door serves every scenario and date.
 */
export interface View {
  readonly who: Identity;
  /** The city as the twin had recorded it at this moment; undefined = now. */
  readonly at?: Date;
  /** Id of the scenario whose edits are laid over the city; undefined = none. */
  readonly scenario?: string;
}

/** The present city, for everybody. */
export const PUBLIC_VIEW: View = { who: ANONYMOUS };

import type { CancelSignal } from '../../../core/cancel.ts';
import type { Layer } from '../../../core/feature/layer.ts';
import type { Identity } from '../../access/identity.ts';
import type { Ground } from '../settle/edited-city.ts';

/** What making edits anew needs. */
export interface Workshop {
  readonly who: Identity;
  /** Of the city. */
  readonly layers: readonly Layer[];
  readonly ground: Ground;
  /** Gives up between two edits when whoever asked has left; nothing stays of it. */
  readonly signal?: CancelSignal | undefined;
}

import type { Layer } from '../../../core/feature/layer.ts';
import type { Identity } from '../../access/identity.ts';
import type { ReplayWatch } from '../../services/scenario-life.ts';
import type { Ground } from '../settle/edited-city.ts';

/** What making edits anew needs. */
export interface Workshop extends ReplayWatch {
  readonly who: Identity;
  /** Of the city. */
  readonly layers: readonly Layer[];
  readonly ground: Ground;
}

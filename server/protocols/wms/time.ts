/** TIME in the words of WMS: its exception, and the header that tells of the default (1.3.0, C.4.2). */
import { TwinError } from '../../../core/errors.ts';
import type { Layer } from '../../../core/feature/layer.ts';
import { CURRENT, isChosen, keepsHistory, viewAtTime } from '../../access/time-dimension.ts';
import type { View } from '../../access/view.ts';
import type { Kvp } from '../../http/kvp.ts';
import type { Services } from '../../services.ts';
import { WmsError } from './exceptions.ts';

export interface StateOfMap {
  readonly view: View;
  /** Which value was taken for one that was not given. */
  readonly warnings: readonly string[];
}

/**
 * The state of the city that a map is asked in.
 * @throws WmsError InvalidDimensionValue for what TIME cannot be
 */
export async function stateOfMap(
  { catalogue }: Pick<Services, 'catalogue'>,
  kvp: Kvp,
  layers: readonly Layer[],
  view: View,
): Promise<StateOfMap> {
  const asked = kvp.get('time');
  const isDefault = asked === undefined && !isChosen(view) && layers.some(keepsHistory);
  try {
    return {
      view: await viewAtTime(catalogue, layers, asked, view),
      warnings: isDefault ? [DEFAULT_USED] : [],
    };
  } catch (error) {
    if (!(error instanceof TwinError) || error.parameter !== 'time') throw error;
    throw new WmsError('InvalidDimensionValue', error.message, 'time');
  }
}

/** Suites compare the name of the header by its letters. */
export const warningHeader = (warnings: readonly string[]): Readonly<Record<string, string>> =>
  warnings.length > 0 ? { Warning: warnings.join(', ') } : {};

/** In the words of the standard (C.4.2). */
const DEFAULT_USED = `99 Default value used: time=${CURRENT} ISO8601`;

/** What can be changed here at all. */
import { notSupported } from '../../core/errors.ts';
import type { Layer } from '../../core/feature/layer.ts';
import type { View } from '../access/view.ts';
import { EditFault } from '../services/feature-edits.ts';
import { CITY } from './dataset.ts';

/** @throws TwinError not-supported where the request is not of the present city */
export function refuseOtherStates({ at, scenario }: View): void {
  if (scenario) {
    throw notSupported(
      'A scenario is changed by its own edits (/api/scenarios/{id}/edits), not here',
      'scenario',
    );
  }
  if (at) throw notSupported('What was cannot be changed; leave the moment out', 'at');
}

/** @throws EditFault for a layer that is not there or is kept elsewhere */
export function editableLayer(layers: readonly Layer[], name: string, action: number): Layer {
  const layer = layers.find((each) => each.name === name);
  if (layer?.editable && layer.dataset === CITY) return layer;
  const open = layers
    .filter(({ editable, dataset }) => editable && dataset === CITY)
    .map((each) => each.name);
  if (!layer) {
    const message = `There is no layer "${name.slice(0, 100)}" to edit; there are: ${open.join(', ')}`;
    throw new EditFault('value', action, message, name.slice(0, 100));
  }
  const message = `${name} is kept in a register of its own and taken over from there; edited here are: ${open.join(', ')}`;
  throw new EditFault('read-only', action, message, name);
}

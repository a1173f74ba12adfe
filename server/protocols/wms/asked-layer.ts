import type { Layer } from '../../../core/feature/layer.ts';
import type { Filter } from '../../../core/filter/ast.ts';

/** A layer with the objects that are wanted of it; all without a filter. */
export interface AskedLayer {
  readonly layer: Layer;
  readonly filter: Filter | undefined;
}

/** Which objects of a layer are anywhere on the map; undefined: all. A style of one's own draws a layer several times. */
export function filterOf(drawn: readonly AskedLayer[]): Filter | undefined {
  const filters = drawn.flatMap(({ filter }) => filter ?? []);
  if (filters.length < drawn.length) return undefined;
  return filters.length > 1 ? { op: 'or', args: filters } : filters[0];
}

import type { LayerDeclaration } from '../../feature/layer.ts';
import type { CrsReference } from '../../geo/crs.ts';

/** What a filter is about. */
export interface Cql2Context {
  readonly layer: LayerDeclaration;
  /** Of coordinates, in the order that they are written in. */
  readonly crs: Pick<CrsReference, 'srid' | 'order'>;
}

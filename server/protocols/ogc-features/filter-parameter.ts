/** The parameters `filter`, `filter-lang` and `filter-crs` (19-079r2, 7). */
import type { Layer } from '../../../core/feature/layer.ts';
import type { Filter } from '../../../core/filter/ast.ts';
import { cql2Language, parseCql2 } from '../../../core/filter/cql2/cql2.ts';
import { readCrs } from './crs-parameter.ts';

/** @throws TwinError invalid-parameter */
export function cql2Filter(parameters: URLSearchParams, layer: Layer): Filter | undefined {
  const text = parameters.get('filter');
  const crs = readCrs(parameters.get('filter-crs'), 'filter-crs', layer);
  const language = cql2Language(parameters.get('filter-lang') ?? undefined);
  return text === null ? undefined : parseCql2(text, language, { layer, crs });
}

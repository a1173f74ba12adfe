/** The parameters `filter`, `filter-lang` and `filter-crs` (19-079r2, 7). */
import { invalidParameter } from '../../../core/errors.ts';
import type { Layer } from '../../../core/feature/layer.ts';
import type { Filter } from '../../../core/filter/ast.ts';
import { CQL2_LANGUAGES, parseCql2 } from '../../../core/filter/cql2/cql2.ts';
import { readCrs } from './crs-parameter.ts';

/** @throws TwinError invalid-parameter */
export function cql2Filter(parameters: URLSearchParams, layer: Layer): Filter | undefined {
  const text = parameters.get('filter');
  const crs = readCrs(parameters.get('filter-crs'), 'filter-crs', layer);
  const asked = parameters.get('filter-lang') ?? CQL2_LANGUAGES[0];
  const language = CQL2_LANGUAGES.find((each) => each === asked);
  if (!language) {
    throw invalidParameter(
      'filter-lang',
      `filter-lang "${asked.slice(0, 50)}" is not offered; use ${CQL2_LANGUAGES.join(' or ')}`,
    );
  }
  return text === null ? undefined : parseCql2(text, language, { layer, crs });
}

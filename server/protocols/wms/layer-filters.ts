/** Filters on what is drawn: CQL_FILTER and FILTER, which no standard describes and many clients send. */
import { invalidParameter } from '../../../core/errors.ts';
import type { Layer } from '../../../core/feature/layer.ts';
import { allOf, type Filter } from '../../../core/filter/ast.ts';
import { parseLayerCql } from '../../../core/filter/cql2/layer-cql.ts';
import { parseFes } from '../../../core/filter/fes.ts';
import { fesElement } from '../../../core/filter/fes-text.ts';
import { crsOf, crsUrn } from '../../../core/geo/crs.ts';
import type { Kvp } from '../../http/kvp.ts';

/** A filter made for a layer, which is known only once groups are opened. */
export type LayerFilter = (layer: Layer) => Filter | undefined;

/**
 * One filter for each name in `layers`: CQL2 text apart by `;` (`INCLUDE` for all objects), FES 2.0 in parentheses.
 * @throws TwinError invalid-parameter
 */
export function layerFilters(kvp: Kvp, names: number, known: readonly Layer[]): readonly LayerFilter[] {
  const cql = parallel('cql_filter', splitCql(kvp.get('cql_filter'), names), names);
  const fes = parallel('filter', splitFes(kvp.get('filter')), names);
  const layerNames = known.map(({ name }) => name);
  return Array.from({ length: names }, (_, index) => (layer) => {
    const [text, element] = [cql[index], fes[index]];
    const order = crsOf(layer.srid).authorityOrder;
    const context = { layer, layerNames, defaultCrs: { srid: layer.srid, order, text: crsUrn(layer.srid) } };
    return allOf(
      text === undefined ? undefined : parseLayerCql(text, layer),
      element === undefined ? undefined : parseFes(fesElement(element), context),
    );
  });
}

function parallel(parameter: string, parts: readonly string[], names: number): readonly string[] {
  if (parts.length === 0 || parts.length === names) return parts;
  throw invalidParameter(
    parameter,
    `${parameter} has ${parts.length} filter(s) for ${names} layer(s); give one for each, INCLUDE for all objects of one`,
  );
}

/** A semicolon in quotes, or behind SRID=, takes nothing apart. */
function splitCql(text: string | undefined, names: number): readonly string[] {
  if (text === undefined) return [];
  if (names === 1) return [text];
  const parts = text.match(/(?:'[^']*'|"[^"]*"|SRID=\d+;|[^;])+/gi) ?? [];
  return parts.map((part) => part.trim());
}

const splitFes = (text: string | undefined): readonly string[] => {
  if (text === undefined) return [];
  const bare = text.trim();
  return bare.startsWith('(') && bare.endsWith(')') ? bare.slice(1, -1).split(/\)\s*\(/) : [bare];
};

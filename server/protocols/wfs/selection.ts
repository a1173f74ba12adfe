/** A query of the request turned into neutral queries, one for each feature type that it reads. */
import { invalidParameter, missingParameter, notFound } from '../../../core/errors.ts';
import { parseGmlId } from '../../../core/feature/identifier.ts';
import type { Layer } from '../../../core/feature/layer.ts';
import type { FeatureQuery, SortKey } from '../../../core/feature/query.ts';
import { allOf, type Filter } from '../../../core/filter/ast.ts';
import { parseLayerCql } from '../../../core/filter/cql2/layer-cql.ts';
import { type FesContext, idOfResource, parseFes } from '../../../core/filter/fes.ts';
import { readValueReference } from '../../../core/filter/fes-value-reference.ts';
import { parseBbox } from '../../../core/geo/bbox.ts';
import { type CrsReference, crsOf, parseCrs } from '../../../core/geo/crs.ts';
import { defaultCrs, featureType, requestCrs } from './feature-types.ts';
import { type AdHocQuery, VERSION } from './request.ts';
import type { WfsVersion } from './versions.ts';

export interface Selection {
  readonly layer: Layer;
  /** Without a page. */
  readonly query: FeatureQuery;
  /** Of the answer, as it is written there. */
  readonly crs: CrsReference;
}

/**
 * @param version whose rule for the order of coordinates holds
 * @throws TwinError invalid-parameter or missing-parameter with the name at fault
 */
export function selectionsOf(
  query: AdHocQuery,
  layers: readonly Layer[],
  version: WfsVersion = VERSION,
): readonly Selection[] {
  const names = query.typeName === undefined ? typesOf(query.resourceIds, layers) : [query.typeName];
  return names.map((name) => {
    const layer = featureType(layers, name);
    const context = {
      ...{ layer, layerNames: layers.map((each) => each.name) },
      ...{ defaultCrs: defaultCrs(layer, version), resolveCrs: requestCrs(version) },
      version,
    };
    const crs = answerCrs(query.srsName, layer, version);
    const filter = filterOf(query, context);
    const sort = query.sortBy.map((key) => sortKey(key, layer));
    return {
      layer,
      crs,
      query: {
        layer: layer.name,
        srid: crs.srid,
        ...(filter ? { filter } : {}),
        ...(sort.length > 0 ? { sort } : {}),
        ...projection(query.propertyNames, layer),
      },
    };
  });
}

/** Types of resource ids that are asked for without a type. */
function typesOf(resourceIds: readonly string[], layers: readonly Layer[]): readonly string[] {
  const names = resourceIds.map((rid) => {
    const named = parseGmlId(rid)?.layer;
    if (named === undefined || !layers.some(({ name }) => name === named)) {
      throw missingParameter('typeNames', `"${rid.slice(0, 200)}" names no feature type; give typeNames too`);
    }
    return named;
  });
  return [...new Set(names)];
}

/** @throws TwinError invalid-parameter for a CRS that answers are not written in */
export function answerCrs(
  srsName: string | undefined,
  layer: Layer,
  version: WfsVersion = VERSION,
): CrsReference {
  if (srsName === undefined) return defaultCrs(layer, version);
  const reference = parseCrs(srsName, 'srsName');
  if (!crsOf(reference.srid).served && reference.srid !== layer.srid) {
    throw invalidParameter(
      'srsName',
      `${srsName.slice(0, 100)} is not offered for ${layer.name}; see OtherCRS`,
    );
  }
  // WFS 1.0 knows the short name only, whatever the request calls it (02-058, 8.3).
  return version === '1.0.0' ? parseCrs(`EPSG:${reference.srid}`) : reference;
}

type SelectionContext = FesContext & { readonly layer: Layer; readonly version: WfsVersion };

function filterOf(query: AdHocQuery, context: SelectionContext): Filter | undefined {
  return allOf(
    query.resourceIds.length > 0 ? resourceFilter(query, context) : undefined,
    query.bbox === undefined ? undefined : bboxFilter(query.bbox, context),
    query.filter && parseFes(query.filter, context),
    query.cql === undefined ? undefined : parseLayerCql(query.cql, context.layer),
  );
}

function resourceFilter(query: AdHocQuery, context: FesContext): Filter {
  const ids = query.resourceIds.flatMap((rid) => {
    const id = idOfResource(rid, context);
    if (id !== undefined) return [id];
    if (query.typeName === undefined) return [];
    throw invalidParameter(
      'resourceId',
      `Resource "${rid.slice(0, 200)}" is not of type ${context.layer.name}`,
    );
  });
  return { op: 'ids', ids };
}

/** Four or six numbers in the order of the CRS that follows them, or of the default CRS (09-025r2, 7.9.2.4). */
function bboxFilter(text: string, { defaultCrs: standard, version }: SelectionContext): Filter {
  const parts = text.split(',');
  const hasCrs =
    parts.length > 4 && !Number.isFinite(Number(parts.at(-1))) && /[a-z]/i.test(parts.at(-1) ?? '');
  const named = hasCrs ? (parts.at(-1) ?? '') : undefined;
  const isNumberWord = named !== undefined && /^(nan|[-+]?inf(inity)?)$/i.test(named.trim());
  const crs = named === undefined || isNumberWord ? standard : requestCrs(version, 'bbox')(named);
  const numbers = named === undefined || isNumberWord ? text : parts.slice(0, -1).join(',');
  return { op: 'bbox', bbox: parseBbox(numbers, crs.srid, crs.order) };
}

function sortKey(key: AdHocQuery['sortBy'][number], layer: Layer): SortKey {
  const target = readValueReference(key.reference, layer, false);
  if (target.kind === 'geometry' || target.kind === 'never-given') {
    throw invalidParameter('sortBy', `Cannot sort by ${key.reference.slice(0, 100)}`);
  }
  const property = target.kind === 'gml-id' ? 'id' : target.name;
  return { property, descending: key.descending };
}

function projection(names: readonly string[] | undefined, layer: Layer) {
  if (names === undefined) return {};
  const targets = names.map((name) => {
    try {
      return readValueReference(name, layer, false);
    } catch {
      throw invalidParameter('propertyName', `${layer.name} has no property "${name.slice(0, 100)}"`);
    }
  });
  return {
    properties: targets.flatMap((target) =>
      target.kind === 'property' && target.name !== 'id' ? [target.name] : [],
    ),
    withGeometry: targets.some(({ kind }) => kind === 'geometry'),
  };
}

/** The layer and business id of the stored query GetFeatureById. */
export function resourceOf(
  rid: string,
  layers: readonly Layer[],
): { readonly layer: Layer; readonly id: string } {
  const named = parseGmlId(rid);
  const layer = named && layers.find(({ name }) => name === named.layer);
  if (!named || !layer)
    throw notFound(`There is no feature with the resource id "${rid.slice(0, 200)}"`, 'id');
  return { layer, id: named.id };
}

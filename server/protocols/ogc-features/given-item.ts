/** Objects that are sent in, as GeoJSON (20-002, draft of Part 4). */
import { z } from 'zod';
import { notSupported } from '../../../core/errors.ts';
import type { Layer } from '../../../core/feature/layer.ts';
import { inOrder } from '../../../core/geo/crs.ts';
import { geometrySchema } from '../../../core/wire/geometry.ts';
import { parseBody } from '../../http/changing.ts';
import { GEOJSON_TYPE } from '../../http/ogc-view.ts';
import type { Ask } from '../../http/protocol.ts';
import type { FeaturePatch, GivenFeature, GivenGeometry } from '../../services/feature-edits.ts';
import { readCrs } from './crs-parameter.ts';

const values = z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()]));
const id = z.union([z.string(), z.number()]).optional();

const FEATURE = z.looseObject({
  type: z.literal('Feature'),
  id,
  geometry: geometrySchema.nullish(),
  properties: values.nullish(),
});

/** A merge patch (RFC 7396) names only what changes. */
const PATCH = z.looseObject({
  type: z.literal('Feature').optional(),
  id,
  geometry: geometrySchema.optional(),
  properties: values.optional(),
});

/** Media types that are read, the preferred first. */
export const GIVEN_TYPES = [GEOJSON_TYPE, 'application/json'] as const;
export const PATCH_TYPES = ['application/merge-patch+json', ...GIVEN_TYPES] as const;

/** @throws TwinError invalid-parameter, not-supported */
export function givenItem(ask: Ask, layer: Layer): GivenFeature {
  checkType(ask, GIVEN_TYPES);
  const { id: named, geometry, properties } = parseBody(ask, FEATURE);
  return {
    layer: layer.name,
    id: idOf(named ?? properties?.['id']),
    shape: geometry ? shapeOf(geometry, ask, layer) : undefined,
    properties: properties ?? {},
  };
}

/** @throws TwinError invalid-parameter, not-supported */
export function givenPatch(ask: Ask, layer: Layer): FeaturePatch {
  checkType(ask, PATCH_TYPES);
  const { id: named, geometry, properties } = parseBody(ask, PATCH);
  const own = idOf(named);
  return {
    properties: { ...properties, ...(own !== undefined && { id: own }) },
    ...(geometry && { shape: shapeOf(geometry, ask, layer) }),
  };
}

const idOf = (value: unknown): string | undefined =>
  value === undefined || value === null || value === '' ? undefined : String(value);

/** `Content-Crs` says the CRS, in the axis order of its authority; without it the positions are CRS84. */
function shapeOf(geometry: GivenGeometry['geometry'], { headers }: Ask, layer: Layer): GivenGeometry {
  const named = headers['content-crs']?.trim().replace(/^<|>$/g, '');
  const crs = readCrs(named ?? null, 'content-crs', layer);
  return { geometry: inOrder(geometry, crs.order), srid: crs.srid };
}

function checkType({ headers }: Ask, known: readonly string[]): void {
  const type = headers['content-type']?.split(';')[0]?.trim().toLowerCase();
  if (type === undefined || known.includes(type)) return;
  throw notSupported(
    `A body of ${type.slice(0, 100)} is not read; send ${known.join(' or ')}`,
    'content-type',
  );
}

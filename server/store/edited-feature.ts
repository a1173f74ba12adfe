/** One object of an edit, checked against its layer as far as that needs no database. */
import { TwinError } from '../../core/errors.ts';
import type { Feature, PropertyValue } from '../../core/feature/feature.ts';
import { type Layer, propertyOf } from '../../core/feature/layer.ts';
import { typedLiteral } from '../../core/filter/typed-literal.ts';
import { reproject } from '../../core/geo/crs.ts';
import type { Geometry } from '../../core/geo/geometry.ts';
import { structuralFault } from '../../core/geo/structure.ts';
import {
  EditFault,
  type FeaturePatch,
  type GivenFeature,
  type GivenGeometry,
} from '../services/feature-edits.ts';

/** A new object. @param action which of the transaction asks for it @throws EditFault */
export function madeFeature(given: GivenFeature, id: string, layer: Layer, action: number): Feature {
  const { id: _own, ...properties } = given.properties;
  if (!given.shape) {
    throw new EditFault('value', action, `An object of ${layer.name} needs a geometry (geom)`, 'geom');
  }
  return {
    layer: layer.name,
    id,
    geometry: storedShape(given.shape, layer, action),
    properties: checkedValues(properties, layer, action),
  };
}

/** What takes the place of an object: what it does not name has no value. @throws EditFault */
export function replacedFeature({ id }: Feature, given: GivenFeature, layer: Layer, action: number): Feature {
  if (given.layer !== layer.name) {
    const message = `An object of ${layer.name} cannot become one of ${given.layer}`;
    throw new EditFault('value', action, message, given.layer);
  }
  refuseOtherId(id, given.id ?? null, action);
  return madeFeature(given, id, layer, action);
}

/** An object with some of its values changed. @throws EditFault */
export function patchedFeature(before: Feature, patch: FeaturePatch, layer: Layer, action: number): Feature {
  const { id, ...properties } = patch.properties;
  refuseOtherId(before.id, id ?? null, action);
  return {
    ...before,
    geometry: patch.shape ? storedShape(patch.shape, layer, action) : before.geometry,
    properties: { ...before.properties, ...checkedValues(properties, layer, action) },
  };
}

function refuseOtherId(before: string, after: PropertyValue, action: number): void {
  if (after === null || after === before) return;
  const message = `The identifier of "${before.slice(0, 200)}" cannot change; insert a new object and delete this one`;
  throw new EditFault('identity', action, message, 'id');
}

function checkedValues(
  given: Readonly<Record<string, PropertyValue>>,
  layer: Layer,
  action: number,
): Readonly<Record<string, PropertyValue>> {
  return Object.fromEntries(
    Object.entries(given).map(([name, value]) => [name, checkedValue(layer, name, value, action)]),
  );
}

/** Of a load a code that its list does not know is kept as it came; who edits is told. */
function checkedValue(layer: Layer, name: string, value: PropertyValue, action: number): PropertyValue {
  const property = propertyOf(layer, name);
  if (!property) {
    const known = layer.properties.map((each) => each.name).join(', ');
    const message = `${layer.name} has no property "${name.slice(0, 100)}"; it has: id, ${known}, geom`;
    throw new EditFault('value', action, message, name.slice(0, 100));
  }
  try {
    const typed = typedLiteral(property, value);
    const { codelist } = property;
    if (typed !== null && codelist && !codelist.some(({ code }) => code === typed)) {
      const codes = codelist.map(({ code }) => code).join(', ');
      throw new EditFault(
        'value',
        action,
        `${name} must be one of ${codes}; got "${String(value).slice(0, 100)}"`,
        name,
      );
    }
    return typed;
  } catch (error) {
    if (!(error instanceof TwinError) || error instanceof EditFault) throw error;
    throw new EditFault('value', action, error.message, name);
  }
}

/** In the CRS of the layer. */
function storedShape({ geometry, srid }: GivenGeometry, layer: Layer, action: number): Geometry {
  const fault = structuralFault(geometry);
  if (fault) throw new EditFault('geometry', action, `The geometry is not sound: ${fault}`, 'geom');
  return reproject(geometry, srid, layer.srid);
}

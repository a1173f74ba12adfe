/** Elements of a transaction as objects and values of a layer. */
import { TwinError } from '../../../core/errors.ts';
import type { PropertyValue } from '../../../core/feature/feature.ts';
import { parseGmlId } from '../../../core/feature/identifier.ts';
import type { Layer } from '../../../core/feature/layer.ts';
import { readValueReference } from '../../../core/filter/fes-value-reference.ts';
import { GEOMETRY_PROPERTY } from '../../../core/formats/gml.ts';
import { readGmlGeometry } from '../../../core/geo/gml-geometry.ts';
import { GmlGeometryError } from '../../../core/geo/gml-geometry-error.ts';
import { PLAIN_FRAME } from '../../../core/geo/gml-geometry-frame.ts';
import { gmlIdOf, type XmlElement } from '../../../core/xml/element.ts';
import {
  EditFault,
  type FeaturePatch,
  type GivenFeature,
  type GivenGeometry,
} from '../../services/feature-edits.ts';
import { defaultCrs, requestCrs } from './feature-types.ts';
import type { PropertyChange } from './transaction-request.ts';
import type { WfsVersion } from './versions.ts';

const NIL = '{http://www.w3.org/2001/XMLSchema-instance}nil';

/** Where an element stands: the layers there are, the CRS around it, and the action that it belongs to. */
export interface ActionContext {
  readonly layers: readonly Layer[];
  readonly srsName: string | undefined;
  readonly action: number;
  readonly version: WfsVersion;
}

/**
 * @param usesGivenId whether the gml:id says the identifier where no property does
 * @throws EditFault for an element that is no object of a known type or does not fit it
 */
export function givenFeature(element: XmlElement, context: ActionContext, usesGivenId = false): GivenFeature {
  const { layers, action } = context;
  const layer = layers.find(({ name }) => name === element.local);
  if (!layer) {
    const known = layers.map(({ name }) => name).join(', ');
    throw new EditFault(
      'value',
      action,
      `Line ${element.line}: there is no feature type "${element.local.slice(0, 100)}"; types: ${known}`,
      element.local.slice(0, 100),
    );
  }
  let shape: GivenGeometry | undefined;
  const properties: Record<string, PropertyValue> = {};
  for (const child of element.children) {
    // What lies around an object follows from its geometry.
    if (child.local === 'boundedBy') continue;
    if (child.local === GEOMETRY_PROPERTY) shape = shapeIn(child, layer, context);
    else properties[nameOf(child.local, child, layer, action)] = simpleValue(child, action);
  }
  const named = usesGivenId ? gmlIdOf(element) : undefined;
  const id = properties['id'] ?? (named && (parseGmlId(named)?.id ?? named));
  return { layer: layer.name, id: id === undefined ? undefined : String(id), shape, properties };
}

/** @throws EditFault */
export function givenPatch(
  changes: readonly PropertyChange[],
  layer: Layer,
  context: ActionContext,
): FeaturePatch {
  const { action } = context;
  let shape: GivenGeometry | undefined;
  const properties: Record<string, PropertyValue> = {};
  for (const { reference, value } of changes) {
    const target = targetOf(reference, layer, action);
    if (target !== GEOMETRY_PROPERTY) properties[target] = value ? simpleValue(value, action) : null;
    else if (value) shape = shapeIn(value, layer, context);
    else
      throw new EditFault(
        'value',
        action,
        `An object of ${layer.name} needs its geometry`,
        GEOMETRY_PROPERTY,
      );
  }
  return { properties, ...(shape && { shape }) };
}

function targetOf(reference: string, layer: Layer, action: number): string {
  try {
    const target = readValueReference(reference, layer, false);
    if (target.kind === 'geometry') return GEOMETRY_PROPERTY;
    if (target.kind === 'property') return target.name;
  } catch (error) {
    if (!(error instanceof TwinError)) throw error;
  }
  const known = layer.properties.map(({ name }) => name).join(', ');
  const message = `"${reference.slice(0, 100)}" is no property of ${layer.name} that can be changed; there are: ${known}, ${GEOMETRY_PROPERTY}`;
  throw new EditFault('value', action, message, reference.slice(0, 100));
}

/** Properties that GML gives to every object and the type does not keep have nowhere to go; dropping them would lose what somebody wrote. */
function nameOf(name: string, element: XmlElement, layer: Layer, action: number): string {
  const isGmls = /^http:\/\/www\.opengis\.net\/gml/.test(element.namespace);
  const standard = isGmls && layer.properties.find(({ gml }) => gml === name);
  if (standard) return standard.name;
  const isOwn = layer.properties.some((property) => property.name === name && property.gml === undefined);
  if (!isGmls && (name === 'id' || isOwn)) return name;
  const message = `Line ${element.line}: ${layer.name} keeps no property "${isGmls ? 'gml:' : ''}${name.slice(0, 100)}"`;
  throw new EditFault('value', action, message, name.slice(0, 100));
}

/** An empty element is absence, as it is in answers. */
function simpleValue(element: XmlElement, action: number): PropertyValue {
  if (element.children.length > 0) {
    throw new EditFault(
      'value',
      action,
      `Line ${element.line}: ${element.local} takes a simple value, not elements`,
      element.local.slice(0, 100),
    );
  }
  if (element.attributes[NIL] === 'true') return null;
  const text = element.text.trim();
  return text === '' ? null : text;
}

function shapeIn(
  element: XmlElement,
  layer: Layer,
  { srsName, action, version }: ActionContext,
): GivenGeometry | undefined {
  const [geometry, ...more] = element.children;
  if (!geometry) return undefined;
  const refused = (code: 'value' | 'geometry', line: number, message: string) =>
    new EditFault(code, action, `Line ${line}: ${GEOMETRY_PROPERTY}: ${message}`, GEOMETRY_PROPERTY);
  if (more.length > 0 || !/^(http:\/\/www\.opengis\.net\/gml.*)?$/.test(geometry.namespace)) {
    throw refused('value', geometry.line, `holds one geometry of GML, not ${geometry.local.slice(0, 100)}`);
  }
  try {
    const resolveCrs = requestCrs(version);
    const crs = srsName === undefined ? defaultCrs(layer, version) : resolveCrs(srsName);
    return readGmlGeometry(geometry, { ...PLAIN_FRAME, crs, resolveCrs });
  } catch (error) {
    if (error instanceof GmlGeometryError) {
      throw refused(error.code === 'invalid-geometry' ? 'geometry' : 'value', error.line, error.message);
    }
    if (error instanceof TwinError) throw refused('value', geometry.line, error.message);
    throw error;
  }
}

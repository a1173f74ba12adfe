import type { PropertyValue } from '../../feature/feature.ts';
import { parseGmlId } from '../../feature/identifier.ts';
import { frameOfBoundedBy } from '../../geo/gml-geometry.ts';
import type { GmlFrame } from '../../geo/gml-geometry-frame.ts';
import { childOf, childrenOf, childText, gmlIdOf, textOf, type XmlElement } from '../../xml/element.ts';
import { MAX_STOREYS, modelHeights, stateOf, upkeepOf } from '../building-model.ts';
import { isBuildingId } from '../egib/teryt-id.ts';
import type { Notebook } from '../notebook.ts';
import type { ReadEvent } from '../reader.ts';
import { RejectedObject } from '../rejected-object.ts';
import { type BuildingFaces, partsOf, readFaces } from './faces.ts';
import type { SurfaceData } from './surface-data.ts';

const METRES = /^(?:#?m|urn:ogc:def:uom:UCUM::m|urn:adv:uom:m|metres?|meters?)$/i;

/**
 * The business id of a building model: GUGiK writes the IIP local id into the generic attribute `buildingId`
 * beside its namespace `przestNazw`; all others are known by gml:id, our own by the id within it.
 */
export function buildingModelId(building: XmlElement): string | undefined {
  const generic = genericAttributes(building);
  const local = generic.has('przestNazw') ? generic.get('buildingId') : undefined;
  if (local !== undefined) return local;
  const gmlId = gmlIdOf(building);
  const ours = gmlId === undefined ? undefined : parseGmlId(gmlId);
  return ours?.layer === 'buildings_3d' ? ours.id : gmlId;
}

/**
 * bldg:Building of CityGML 1.0, 2.0 or 3.0 with its parts.
 * @param fileLooks what the file says of looks beside its buildings
 * @throws RejectedObject or GmlGeometryError when it cannot be taken over.
 */
export function readBuildingModel(
  building: XmlElement,
  collection: GmlFrame,
  fileLooks: SurfaceData,
  notes: Notebook,
): ReadEvent {
  const id = buildingModelId(building);
  if (id === undefined) {
    throw new RejectedObject(
      'missing-id',
      'The building has no gml:id, by which it could be known again',
      building,
    );
  }
  const frame = frameOfBoundedBy(childOf(building, 'boundedBy'), collection);
  const model = readFaces(building, frame, fileLooks, notes);
  tellExtensions(building, notes);
  const generic = genericAttributes(building);
  const units = [building, ...partsOf(building)];
  const properties: Record<string, PropertyValue> = {
    building_id: [id, ...generic.values()].find(isBuildingId) ?? null,
    lod: model.lod,
    state: stateOf(generic.get('state')),
    ...upkeepOf((name) => generic.get(name), notes),
    function: functionsOf(building),
    roof_type: first(units, (unit) => childText(unit, 'roofType')) ?? null,
    ...heightsOf(units, model, notes),
    storeys_above: storeysOf(units, notes),
    surface_kinds: model.faces.map(({ kind }) => kind).join(''),
    roof_source: generic.get('zrodloDach') ?? null,
    iip_namespace: generic.get('przestNazw') ?? null,
    iip_version: generic.get('wersjaId') ?? null,
  };
  return {
    kind: 'object',
    srid: model.srid,
    ended: childText(building, 'terminationDate') !== undefined,
    feature: {
      layer: 'buildings_3d',
      id,
      geometry: { type: 'MultiPolygon', coordinates: model.faces.map(({ rings }) => rings) },
      properties,
    },
    ...(model.appearance && { appearance: model.appearance }),
  };
}

/** Generic attributes by name: `gen:stringAttribute/@name` up to 2.0, `gen:StringAttribute/gen:name` in 3.0. */
function genericAttributes(building: XmlElement): ReadonlyMap<string, string> {
  const wrapped = childrenOf(building, 'genericAttribute').flatMap(({ children }) => children);
  const found = new Map<string, string>();
  for (const attribute of [...building.children, ...wrapped]) {
    if (!attribute.namespace.includes('/citygml/generics/')) continue;
    const name = attribute.attributes['name'] ?? childText(attribute, 'name');
    const value = childText(attribute, 'value');
    if (name !== undefined && value !== undefined) found.set(name, value);
  }
  return found;
}

function functionsOf(building: XmlElement): string | null {
  const functions = childrenOf(building, 'function').flatMap((element) => textOf(element) ?? []);
  return functions.length === 0 ? null : functions.join(', ');
}

/** The highest declared storey count of the building and its parts. */
function storeysOf(units: readonly XmlElement[], notes: Notebook): number | null {
  const counts = units.flatMap((unit) => {
    const text = childText(unit, 'storeysAboveGround');
    if (text === undefined) return [];
    if (/^\d+$/.test(text) && Number(text) <= MAX_STOREYS) return [Number(text)];
    notes.add('storeys', `storeysAboveGround "${text.slice(0, 40)}" is taken as not known`);
    return [];
  });
  return counts.length === 0 ? null : Math.max(...counts);
}

function heightsOf(
  units: readonly XmlElement[],
  { faces }: BuildingFaces,
  notes: Notebook,
): { readonly height_m: number; readonly ground_height_m: number } {
  const { fromFootToTopM, groundM } = modelHeights(faces);
  const measured = units.flatMap((unit) => measuredHeight(unit) ?? []);
  if (measured.length === 0) {
    notes.add('height', 'A building without measuredHeight has the height of its model, foot to top');
  }
  return {
    height_m: measured.length === 0 ? fromFootToTopM : Math.max(...measured),
    ground_height_m: groundM,
  };
}

/** In metres; undefined when absent, not positive (-9999 means not known) or in another unit. */
function measuredHeight(unit: XmlElement): number | undefined {
  const element =
    childOf(unit, 'measuredHeight') ?? childOf(childOf(childOf(unit, 'height'), 'Height'), 'value');
  const value = Number(textOf(element) ?? Number.NaN);
  const uom = element?.attributes['uom']?.trim() ?? 'm';
  return value > 0 && Number.isFinite(value) && METRES.test(uom) ? value : undefined;
}

function tellExtensions(building: XmlElement, notes: Notebook): void {
  for (const { namespace } of building.children) {
    if (/^http:\/\/www\.opengis\.net\/(citygml|gml)/.test(namespace)) continue;
    notes.add(`extension:${namespace}`, `Attributes of the extension (ADE) ${namespace} are not read`);
  }
}

function first<T>(units: readonly XmlElement[], pick: (unit: XmlElement) => T | undefined): T | undefined {
  for (const unit of units) {
    const value = pick(unit);
    if (value !== undefined) return value;
  }
  return undefined;
}

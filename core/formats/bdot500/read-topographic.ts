/** Objects of BDOT500 as the schema of 2021 writes them. */
import type { PropertyValue } from '../../feature/feature.ts';
import type { Geometry, Position } from '../../geo/geometry.ts';
import { readGmlGeometry } from '../../geo/gml-geometry.ts';
import type { GmlFrame } from '../../geo/gml-geometry-frame.ts';
import { childOf, childrenOf, childText, hrefOf, type XmlElement } from '../../xml/element.ts';
import type { RegisterObject } from '../egib/parcel.ts';
import { readFlat, readOutline, readPlace } from '../egib/register-geometry.ts';
import { dayIn, integerIn, localIdInReference, metresIn, signedIntegerIn } from '../egib/register-values.ts';
import { placedText } from '../register-gml/placed-text.ts';
import { asRegisterObject, coded } from '../register-gml/read-object.ts';
import { RejectedObject } from '../rejected-object.ts';
import {
  AREAS,
  BUILDING_CLASS,
  BUILDING_STATE,
  CLASSES,
  HEIGHT_CLASS,
  HEIGHT_KIND,
  LEVELS,
  LINES,
  POINTS,
  SURFACE,
  type TopographicClass,
} from './topographic-codes.ts';

const WORD_BY_CLASS: ReadonlyMap<string, string> = new Map(
  Object.entries(CLASSES).map(([word, { className }]) => [className, word]),
);

const LAYER_OF_SHAPE: Partial<Record<Geometry['type'], string>> = {
  ...{ Polygon: AREAS, MultiPolygon: AREAS, LineString: LINES, MultiLineString: LINES, Point: POINTS },
};

/** An object of the register; undefined for another class. */
export function readTopographic(object: XmlElement, frame: GmlFrame): RegisterObject | undefined {
  const word = WORD_BY_CLASS.get(object.local);
  if (word !== undefined) return readOfClass(object, frame, word, CLASSES[word] as TopographicClass);
  if (object.local === BUILDING_CLASS) {
    return asRegisterObject(object, 'unregistered_buildings', readOutline(object, frame), {
      kind: childText(object, 'rodzajKST') ?? null,
      state: coded(object, 'status', BUILDING_STATE),
      storeys_above: integerIn(object, 'liczbaKondygnacjiNadziemnych'),
      storeys_below: integerIn(object, 'liczbaKondygnacjiPodziemnych'),
      ...sharedOf(object),
    });
  }
  if (object.local !== HEIGHT_CLASS) return undefined;
  return asRegisterObject(object, 'topographic_heights', readPlace(object, frame), {
    kind: coded(object, 'rodzajRzednej', HEIGHT_KIND),
    height_m: metresIn(object, 'rzedna'),
    ...sharedOf(object),
  });
}

function readOfClass(
  object: XmlElement,
  frame: GmlFrame,
  word: string,
  { kind, codes, building }: TopographicClass,
): RegisterObject {
  const shape = readFlat(object, frame);
  const layer = layerOfShape(object, shape.geometry, word);
  const level = childText(object, 'polozenie');
  if (level !== undefined && !LEVELS.includes(level)) {
    throw new RejectedObject(
      'invalid-value',
      `polozenie: "${level.slice(0, 20)}" is none of ${LEVELS.join(', ')}`,
      object,
    );
  }
  return asRegisterObject(object, layer, shape, {
    class: word,
    kind: coded(object, kind, codes),
    surface: coded(object, 'rodzajNawierzchni', SURFACE),
    level: level === undefined ? null : Number(level),
    name: childText(object, 'nazwaWlasna') ?? null,
    ...(layer === AREAS ? blockOf(object) : {}),
    building_id: building === undefined ? null : buildingOf(object, building),
    direction_line: directionOf(object, frame),
    slope_starts: placesOf(object, 'poczatekGorySkarpy', frame),
    slope_ends: placesOf(object, 'koniecGorySkarpy', frame),
    ...sharedOf(object),
  });
}

/**
 * The layer of what is drawn so.
 * @throws RejectedObject `invalid-geometry` where the class is not drawn so.
 */
export function layerOfShape(object: XmlElement, { type }: Geometry, word: string): string {
  const layer = LAYER_OF_SHAPE[type];
  const shapes = CLASSES[word]?.shapes;
  if (layer !== undefined && (shapes === undefined || shapes.includes(layer))) return layer;
  throw new RejectedObject('invalid-geometry', `${object.local} is not drawn as ${type}`, object);
}

const blockOf = (object: XmlElement): Readonly<Record<string, PropertyValue>> => ({
  block_name: childText(object, 'oznaczenieBloku') ?? null,
  highest_storey: signedIntegerIn(object, 'numerNajwyzszejKondygnacji'),
  lowest_storey: signedIntegerIn(object, 'numerNajnizszejKondygnacji'),
});

function buildingOf(object: XmlElement, local: string): string | null {
  const property = childOf(object, local);
  const href = property && hrefOf(property);
  return href === undefined ? null : localIdInReference(href);
}

/** The line that shows the direction of an object; null without one. */
export function directionOf(object: XmlElement, frame: GmlFrame): string | null {
  const element = childOf(object, 'poliliniaKierunkowa')?.children[0];
  if (element === undefined) return null;
  const { geometry, srid } = readGmlGeometry(element, frame);
  return geometry.type === 'LineString' ? placedText(geometry, srid) : null;
}

const placesOf = (object: XmlElement, local: string, frame: GmlFrame): string | null =>
  placesIn(
    childrenOf(object, local).flatMap(({ children: [element] }) => element ?? []),
    frame,
  );

/** Points as one text; null when there are none. */
export function placesIn(points: readonly XmlElement[], frame: GmlFrame): string | null {
  const places = points.map((element) => readGmlGeometry(element, frame));
  const coordinates = places.flatMap(({ geometry }): Position[] =>
    geometry.type === 'Point' ? [[geometry.coordinates[0], geometry.coordinates[1]]] : [],
  );
  const [first] = places;
  return first && coordinates.length > 0 ? placedText({ type: 'MultiPoint', coordinates }, first.srid) : null;
}

const sharedOf = (object: XmlElement): Readonly<Record<string, PropertyValue>> => ({
  position_source: childText(object, 'zrodlo') ?? null,
  accepted_on: dayIn(object, 'dataPrzyjeciaDoZasobu'),
  survey_file: childText(object, 'numerOperatu') ?? null,
  remark: childText(object, 'informacjaDodatkowa') ?? null,
});

/** Objects of BDOT500 as the schema of 2015 writes them, in the layers and words of 2021. */
import type { PropertyValue } from '../../feature/feature.ts';
import type { GmlFrame } from '../../geo/gml-geometry-frame.ts';
import { childOf, childrenOf, childText, textOf, type XmlElement } from '../../xml/element.ts';
import type { RegisterObject } from '../egib/parcel.ts';
import { readFlat, readPlace } from '../egib/register-geometry.ts';
import { metresIn } from '../egib/register-values.ts';
import type { Notebook } from '../notebook.ts';
import { asRegisterObject } from '../register-gml/read-object.ts';
import { SOURCES_2015, wordOf2015 } from '../register-gml/words-2015.ts';
import {
  CLASSES_2015,
  HEIGHT_CLASS_2015,
  HEIGHT_KIND_2015,
  LEVEL_2015,
  SURFACE_2015,
} from './bdot500-2015.ts';
import { directionOf, layerOfShape, placesIn } from './read-topographic.ts';
import { AREAS } from './topographic-codes.ts';

/** An object of the register; undefined for another class. */
export function readTopographic2015(
  object: XmlElement,
  frame: GmlFrame,
  notes: Notebook,
): RegisterObject | undefined {
  if (object.local === HEIGHT_CLASS_2015) {
    return asRegisterObject(object, 'topographic_heights', readPlace(object, frame), {
      kind: wordOf2015(object, 'rodzajPunktu', HEIGHT_KIND_2015, notes),
      height_m: metresIn(object, 'rzednaGory') ?? metresIn(object, 'rzednaDolu'),
      ...sharedOf(object, notes),
    });
  }
  const known = CLASSES_2015[object.local];
  if (known === undefined) return undefined;
  const { local, words } = known;
  const word = local === undefined ? words.same[''] : wordOf2015(object, local, words, notes);
  const [ofClass = '', kind = null] = (word ?? '').split('.');
  const shape = readFlat(object, frame);
  const layer = layerOfShape(object, shape.geometry, ofClass);
  const level = wordOf2015(object, 'poziom', LEVEL_2015, notes);
  return asRegisterObject(object, layer, shape, {
    class: ofClass === '' ? null : ofClass,
    kind: kind === 'pavement' && isForCycling(object) ? 'cycle_track' : kind,
    surface: wordOf2015(object, 'materialNaw', SURFACE_2015, notes),
    level: level === null ? null : Number(level),
    name: childText(object, 'nazwa') ?? null,
    ...(layer === AREAS ? { block_name: null, highest_storey: null, lowest_storey: null } : {}),
    building_id: null,
    direction_line: directionOf(object, frame),
    slope_starts: placesIn(positionsOf(object, 'poczatekGory', shape.element), frame),
    slope_ends: placesIn(positionsOf(object, 'koniecGory', shape.element), frame),
    ...sharedOf(object, notes),
  });
}

const isForCycling = (object: XmlElement): boolean => {
  const uses = childrenOf(object, 'rodzajKomun').map(textOf);
  return uses.length > 0 && uses.every((use) => use === 'ruchRowerowy');
};

/** Bare positions of 2015 (`gml:DirectPositionType`) as points in the CRS of the object's geometry. */
function positionsOf(object: XmlElement, begins: string, geometry: XmlElement): readonly XmlElement[] {
  return object.children
    .filter(({ local }) => local.startsWith(begins))
    .map((position) => ({
      ...position,
      local: 'Point',
      attributes: { ...geometry.attributes, ...position.attributes },
      children: [{ ...position, local: 'pos' }],
    }));
}

const sharedOf = (object: XmlElement, notes: Notebook): Readonly<Record<string, PropertyValue>> => ({
  position_source: wordOf2015(object, 'zrodlo', SOURCES_2015, notes),
  accepted_on: null,
  survey_file:
    childOf(object, 'idMaterialu')
      ?.children[0]?.children.flatMap((part) => textOf(part) ?? [])
      .join('.') || null,
  remark:
    childrenOf(object, 'informacja')
      .flatMap((each) => textOf(each) ?? [])
      .join('; ') || null,
});

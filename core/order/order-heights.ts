/** Objects of an order in another height system than that of the twin. */
import { notSupported } from '../errors.ts';
import type { Feature, PropertyValue } from '../feature/feature.ts';
import type { Layer, Text } from '../feature/layer.ts';
import { batchesOf, type FeatureStream } from '../feature/source.ts';
import { bboxOf } from '../geo/bbox.ts';
import { mapPositions, type Position } from '../geo/geometry.ts';
import { CITY_HEIGHTS, type HeightShift, type HeightSystem, shiftAt } from '../geo/height-systems.ts';

/** Where it is chosen, and in every package that holds it. */
export const OLD_HEIGHTS_LAW: Text = {
  pl: 'PL-KRON86-NH można było stosować do 31 grudnia 2023 r. (§ 24 rozporządzenia z 15 października 2012 r. w sprawie państwowego systemu odniesień przestrzennych); obowiązuje PL-EVRF2007-NH.',
  en: 'PL-KRON86-NH could be used until 31 December 2023 (§ 24 of the regulation of 15 October 2012 on the national spatial reference system); PL-EVRF2007-NH is obligatory.',
};

/** The same at this precision, in metres, is said of heights among attributes. */
const MILLIMETRES = 1000;

/** Properties that hold heights in the system of the twin. */
const namesOf = ({ properties }: Pick<Layer, 'properties'>): readonly string[] =>
  properties.flatMap(({ name, heightSystem }) => (heightSystem === 'city' ? [name] : []));

/** Whether its objects say heights that depend on the system. */
const hasHeights = (layer: Pick<Layer, 'properties' | 'dimension'>): boolean =>
  layer.dimension === 3 || namesOf(layer).length > 0;

/** Whether heights in the system of the twin are written on maps of the layer. */
export const labelsHeights = (layer: Layer): boolean =>
  layer.style.label !== undefined && namesOf(layer).includes(layer.style.label.property);

/** The layer as it is handed out in a height system: its description says which. */
export function layerInHeights<L extends Layer>(layer: L, heights: HeightSystem): L {
  if (heights === CITY_HEIGHTS) return layer;
  const said = (text: string) => text.replaceAll(CITY_HEIGHTS, heights);
  const { pl, en } = layer.description;
  return { ...layer, description: { pl: said(pl), en: said(en) } };
}

/** What is said of heights in an order of this system, a line each. @param layers whose heights have a system of their own are named */
export function heightsNote(
  heights: HeightSystem,
  layers: readonly Pick<Layer, 'name' | 'properties'>[],
): readonly string[] {
  if (heights === CITY_HEIGHTS) return [];
  const own = layers.flatMap(({ name, properties }) =>
    properties.flatMap((each) => (each.heightSystem === 'own' ? [`${name}.${each.name}`] : [])),
  );
  return [
    `Wysokości przeliczono z ${CITY_HEIGHTS} siatkami PL-geoid-2011 (GUGiK), atrybuty w środku obiektu. ${OLD_HEIGHTS_LAW.pl}`,
    `Heights were converted from ${CITY_HEIGHTS} by the grids PL-geoid-2011 (GUGiK), attributes at the middle of the object. ${OLD_HEIGHTS_LAW.en}`,
    ...(own.length > 0
      ? [
          `Bez przeliczenia, w układzie z pola height_system / Not converted, in the system of height_system: ${own.join(', ')}`,
        ]
      : []),
  ];
}

/**
 * How objects of a layer are moved into a height system: each position by the shift at its place, attributes by that at
 * the middle of the object, to the millimetre. Undefined where the layer says no heights.
 * @param srid of the objects
 * @throws TwinError not-supported, when it is used, for an object beyond the grids or without a place
 */
export function heightMover(
  layer: Layer,
  srid: number,
  shift: HeightShift,
): ((feature: Feature) => Feature) | undefined {
  if (!hasHeights(layer)) return undefined;
  const at = shiftAt(shift, srid);
  const names = namesOf(layer);
  const known = ({ id }: Feature, shiftM: number): number => {
    if (!Number.isNaN(shiftM)) return shiftM;
    throw notSupported(
      `Heights of ${layer.name} ${id} cannot be said in ${shift.to}: its place is not within the grids`,
      'heights',
    );
  };
  return (feature) => {
    const { geometry } = feature;
    const raised = ([x, y, z]: Position): Position =>
      z === undefined ? [x, y] : [x, y, z + known(feature, at([x, y]))];
    return {
      ...feature,
      geometry: geometry && layer.dimension === 3 ? mapPositions(geometry, raised) : geometry,
      properties: moved(feature, names, () => {
        const box = geometry && bboxOf(geometry, srid);
        const middle: Position | undefined = box && [(box.minX + box.maxX) / 2, (box.minY + box.maxY) / 2];
        return known(feature, middle ? at(middle) : Number.NaN);
      }),
    };
  };
}

function moved(
  { properties }: Feature,
  names: readonly string[],
  shiftM: () => number,
): Readonly<Record<string, PropertyValue>> {
  const said = names.flatMap((name) => {
    const value = properties[name];
    return typeof value === 'number' ? [[name, value] as const] : [];
  });
  if (said.length === 0) return properties;
  const by = shiftM();
  const inSystem = said.map(([name, value]): [string, number] => [
    name,
    Math.round((value + by) * MILLIMETRES) / MILLIMETRES,
  ]);
  return { ...properties, ...Object.fromEntries(inSystem) };
}

/** The same stream with every object moved. */
export function movedStream(features: FeatureStream, move: (feature: Feature) => Feature): FeatureStream {
  const batches = async function* () {
    for await (const batch of batchesOf(features)) yield movedBatch(batch, move);
  };
  return {
    batches,
    async *[Symbol.asyncIterator]() {
      for await (const batch of batches()) yield* batch;
    },
  };
}

function* movedBatch(batch: Iterable<Feature>, move: (feature: Feature) => Feature): Generator<Feature> {
  for (const feature of batch) yield move(feature);
}

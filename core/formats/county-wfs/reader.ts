/** Answers of the WFS by which counties publish EGiB (technical specification of GUGiK for KIEG, 3.0 of 2021). */

import { notSupported } from '../../errors.ts';
import type { PropertyValue } from '../../feature/feature.ts';
import { swapAxes } from '../../geo/crs.ts';
import { type Geometry, type MultiPolygon, mapPositions, positionsOf } from '../../geo/geometry.ts';
import { frameOfBoundedBy, readGmlGeometry } from '../../geo/gml-geometry.ts';
import type { GmlFrame } from '../../geo/gml-geometry-frame.ts';
import { textOf, type XmlElement } from '../../xml/element.ts';
import { readXml, type XmlStep } from '../../xml/reader.ts';
import { isBuildingId, isPrecinctId, isUnitId, parseParcelId } from '../egib/teryt-id.ts';
import { Notebook } from '../notebook.ts';
import { notedFrame } from '../noted-frame.ts';
import type { FormatReader, ReadEvent, ReadOptions } from '../reader.ts';
import { classNotStored, RejectedObject, rejectionOf } from '../rejected-object.ts';
import { rootInHead } from '../xml-head.ts';

type Values = ReadonlyMap<string, string>;

interface CountyClass {
  readonly layer: string;
  readonly id: (values: Values) => string | undefined;
  readonly properties: (values: Values, id: string) => Readonly<Record<string, PropertyValue>>;
}

/** The classes by their names in the specification; vendors differ in prefix and case. */
export const COUNTY_CLASSES: Readonly<Record<string, CountyClass>> = {
  dzialki: {
    layer: 'parcels',
    id: (values) => usable(values.get('ID_DZIALKI'), (id) => parseParcelId(id) !== undefined),
    properties: (values, id) => {
      const parts = parseParcelId(id);
      return {
        parcel_number: parts?.number ?? values.get('NUMER_DZIALKI') ?? null,
        precinct_id: parts?.precinctId ?? null,
        map_sheet: parts?.mapSheet ?? null,
        registered_area_ha: hectares(values),
        register_group: values.get('GRUPA_REJESTROWA') ?? null,
        land_use: values.get('KLASOUZYTKI_EGIB') ?? null,
      };
    },
  },
  budynki: {
    layer: 'buildings',
    id: (values) => usable(values.get('ID_BUDYNKU'), isBuildingId),
    properties: (values) => ({
      kind: kindOf(values.get('RODZAJ')),
      storeys_above: whole(values.get('KONDYGNACJE_NADZIEMNE')),
      storeys_below: whole(values.get('KONDYGNACJE_PODZIEMNE')),
    }),
  },
  obreby: {
    layer: 'precincts',
    id: (values) => usable(values.get('ID_OBREBU'), isPrecinctId),
    properties: (values) => ({ name: values.get('NAZWA_OBREBU') ?? null }),
  },
  jednostki: {
    layer: 'cadastral_units',
    id: (values) => usable(values.get('ID_JEDNOSTKI'), isUnitId),
    properties: (values) => ({ name: values.get('NAZWA_GMINY') ?? values.get('NAZWA_JEDNOSTKI') ?? null }),
  },
};

const CLASS = /<(?:[\w.-]+:)?(?:dzialki|budynki|obreby|jednostki)[\s>]/i;

/**
 * GML of GetFeature as the services of counties give it: `dzialki`, `budynki`, `obreby`, `jednostki` under any prefix, with
 * any name of the geometry. Axes follow the CRS as the answer spells it; geographic positions in Poland tell their order
 * themselves (latitude about 49 to 55, longitude 14 to 24), so that a swapped answer is turned and a note says so.
 */
export const COUNTY_WFS: FormatReader = {
  name: 'egib-wfs',
  recognises: (head) =>
    rootInHead(head)?.local === 'FeatureCollection' &&
    (CLASS.test(head) ||
      /typeNames?=(?:[\w.-]+(?::|%3A))?(?:dzialki|budynki|obreby|jednostki)\b/i.test(head)),
  read: readCounty,
};

async function* readCounty(chunks: AsyncIterable<string>, options: ReadOptions): AsyncGenerator<ReadEvent> {
  const notes = new Notebook();
  let frame = notedFrame(options, notes);
  for await (const { kind, element } of readXml(chunks, stepFor)) {
    if (kind === 'enter') {
      if (element.local === 'FeatureCollection' || element.local === 'featureMembers') continue;
      throw notSupported(`The answer begins with ${element.local}, not with a FeatureCollection`);
    }
    if (element.local === 'boundedBy') frame = frameOfBoundedBy(element, frame);
    else for (const object of membersOf(element)) yield readObject(object, frame, notes);
  }
  yield* notes.events();
}

function stepFor(element: XmlElement, depth: number): XmlStep {
  if (depth === 0 || element.local === 'featureMembers') return 'enter';
  if (depth > 1) return 'take';
  return /^(?:featureMember|member|boundedBy)$/.test(element.local) ? 'take' : 'skip';
}

const membersOf = (element: XmlElement): readonly XmlElement[] =>
  /^(?:featureMember|member)$/.test(element.local) ? element.children : [element];

function readObject(object: XmlElement, collection: GmlFrame, notes: Notebook): ReadEvent {
  const known = COUNTY_CLASSES[object.local.toLowerCase()];
  if (!known) return classNotStored(object);
  notes.add(`namespace:${object.namespace}`, `Objects of namespace ${object.namespace || '(none)'}`);
  const values = valuesOf(object);
  const id = known.id(values);
  try {
    if (id === undefined) {
      throw new RejectedObject(
        'missing-id',
        `${object.local} has no identifier of the land register`,
        object,
      );
    }
    const { geometry, srid } = readSurface(object, collection, notes);
    const feature = { layer: known.layer, id, geometry, properties: known.properties(values, id) };
    return { kind: 'object', feature, srid, ended: false };
  } catch (error) {
    return rejectionOf(error, object, id);
  }
}

/** By upper-case name; some servers write the word None for nothing. */
function valuesOf({ children }: XmlElement): Values {
  const values = new Map<string, string>();
  for (const child of children) {
    const text = textOf(child)?.trim();
    if (text !== undefined && !/^(?:none|null|)$/i.test(text)) values.set(child.local.toUpperCase(), text);
  }
  return values;
}

const GML = /^http:\/\/www\.opengis\.net\/gml/;

function readSurface(object: XmlElement, collection: GmlFrame, notes: Notebook) {
  const bounds = object.children.find(({ local }) => local === 'boundedBy');
  const element = object.children
    .filter((child) => child !== bounds)
    .flatMap(({ children }) => children)
    .find(({ namespace }) => GML.test(namespace));
  if (!element) throw new RejectedObject('missing-geometry', `${object.local} has no geometry`, object);
  const { geometry: read, srid } = readGmlGeometry(element, frameOfBoundedBy(bounds, collection));
  const flat = turned(
    mapPositions(read, ([x, y]) => [x, y]),
    srid,
    notes,
  );
  const polygons =
    flat.type === 'Polygon'
      ? [flat.coordinates]
      : flat.type === 'MultiPolygon'
        ? flat.coordinates
        : undefined;
  if (!polygons) {
    throw new RejectedObject(
      'invalid-geometry',
      `${object.local} needs a surface, got ${flat.type}`,
      element,
    );
  }
  const geometry: MultiPolygon = { type: 'MultiPolygon', coordinates: polygons };
  return { geometry, srid };
}

const GEOGRAPHIC = new Set([4326, 4258]);
const isLatitude = (degrees: number): boolean => degrees > 48.5 && degrees < 55.5;
const isLongitude = (degrees: number): boolean => degrees > 13.5 && degrees < 24.7;

/** Longitude and latitude of Poland cannot be taken for each other; eastings and northings can, and are left alone. */
function turned(geometry: Geometry, srid: number, notes: Notebook): Geometry {
  if (!GEOGRAPHIC.has(srid)) return geometry;
  for (const [x, y] of positionsOf(geometry)) if (!isLatitude(x) || !isLongitude(y)) return geometry;
  notes.add(
    'axis-contradicted',
    'Positions stand latitude first where the CRS as it is spelled says longitude first, or the other way: they were turned',
  );
  return swapAxes(geometry);
}

const usable = (id: string | undefined, isId: (id: string) => boolean): string | undefined =>
  id !== undefined && isId(id) ? id : undefined;

function whole(text: string | undefined): number | null {
  return text !== undefined && /^\d{1,4}$/.test(text) ? Number(text) : null;
}

/** Letters of the regulation; some counties write words of their own, which are left out. */
const kindOf = (text: string | undefined): string | null =>
  text !== undefined && /^[a-z]$/.test(text) ? text : null;

/** POLE_EWIDENCYJNE is in hectares (technical specification, 3.0). */
function hectares(values: Values): number | null {
  const text = (values.get('POLE_EWIDENCYJNE') ?? values.get('POLE_POWIERZCHNI'))?.replace(',', '.');
  return text !== undefined && /^\d+(?:\.\d+)?$/.test(text) ? Number(text) : null;
}

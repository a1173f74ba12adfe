import { notSupported } from '../../errors.ts';
import { frameOfBoundedBy } from '../../geo/gml-geometry.ts';
import { type GmlFrame, PLAIN_FRAME } from '../../geo/gml-geometry-frame.ts';
import type { XmlElement } from '../../xml/element.ts';
import { readXml, type XmlStep } from '../../xml/reader.ts';
import { tellGivenCrs } from '../axis-note.ts';
import { Notebook } from '../notebook.ts';
import type { FormatReader, ReadEvent, ReadOptions } from '../reader.ts';
import { classNotStored, RejectedObject, rejectionOf } from '../rejected-object.ts';
import { tellUnusedCrs } from '../unused-crs.ts';
import { rootInHead } from '../xml-head.ts';
import { buildingModelId, readBuildingModel } from './building.ts';
import { resolveCityGmlCrs } from './crs-exceptions.ts';
import { fileAppearances } from './file-appearances.ts';
import type { SurfaceData } from './surface-data.ts';

/**
 * CityGML 2.0 (OGC 12-019), and 1.0 and 3.0 as far as buildings are written alike. Buildings of LOD1 and higher
 * are taken over with all their parts; other city objects are rejected as `class-not-stored`. Textures and colours
 * stay with their surfaces; extensions (ADE) are left out and noted. Axis order: the authority's for a URN, with the declared exceptions
 * of producers (`crs-exceptions.ts`).
 */
export const CITYGML: FormatReader = {
  name: 'citygml',
  recognises: (head) => {
    const root = rootInHead(head);
    return root?.local === 'CityModel' && head.includes('http://www.opengis.net/citygml/');
  },
  read: readCityModel,
};

async function* readCityModel(
  chunks: AsyncIterable<string>,
  options: ReadOptions,
): AsyncGenerator<ReadEvent> {
  const notes = new Notebook();
  let frame = modelFrame(options, notes);
  const looks = await fileAppearances(options, notes);
  for await (const { kind, element } of readXml(chunks, stepFor)) {
    if (kind === 'enter') {
      if (element.local !== 'CityModel') {
        throw notSupported(`The file begins with ${element.local}, not with a CityModel`);
      }
      notes.add('version', `CityGML of namespace ${element.namespace}`);
    } else if (element.local === 'boundedBy') {
      frame = frameOfBoundedBy(element, frame);
    } else {
      const [object] = element.children;
      yield object === undefined ? emptyMember(element) : readObject(object, frame, looks, notes);
    }
  }
  yield* notes.events();
}

function stepFor(element: XmlElement, depth: number): XmlStep {
  if (depth === 0) return 'enter';
  if (/^(cityObjectMember|featureMember|boundedBy)$/.test(element.local)) return 'take';
  return 'skip';
}

function readObject(object: XmlElement, frame: GmlFrame, looks: SurfaceData, notes: Notebook): ReadEvent {
  if (object.local !== 'Building') return classNotStored(object);
  try {
    return readBuildingModel(object, frame, looks, notes);
  } catch (error) {
    return rejectionOf(error, object, buildingModelId(object));
  }
}

function emptyMember(member: XmlElement): ReadEvent {
  const fault = new RejectedObject(
    'invalid-value',
    'The member is empty or only refers to an object',
    member,
  );
  return rejectionOf(fault, member, undefined);
}

function modelFrame(options: ReadOptions, notes: Notebook): GmlFrame {
  if (options.crs !== undefined) tellGivenCrs(options.crs, notes);
  return {
    ...PLAIN_FRAME,
    dimension: 3,
    crs: options.crs,
    resolveCrs: (srsName) => {
      try {
        const crs = resolveCityGmlCrs(srsName, notes);
        tellUnusedCrs(options, crs, notes);
        return crs;
      } catch (error) {
        if (options.crs === undefined) throw error;
        notes.add('crs', `CRS "${srsName}" is not known; read as ${options.crs.text}, as asked`);
        return options.crs;
      }
    },
    onArc: () => notes.add('arc', 'An arc was replaced by chords within 1 mm of it'),
  };
}

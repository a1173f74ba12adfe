import { notSupported } from '../../errors.ts';
import { frameOfBoundedBy } from '../../geo/gml-geometry.ts';
import type { GmlFrame } from '../../geo/gml-geometry-frame.ts';
import { detached } from '../../xml/detached.ts';
import { childText, type XmlElement } from '../../xml/element.ts';
import { readXml, type XmlStep } from '../../xml/reader.ts';
import { readTopographic10k } from '../bdot10k/read-topographic-10k.ts';
import { readTopographic } from '../bdot500/read-topographic.ts';
import { readTopographic2015 } from '../bdot500/read-topographic-2015.ts';
import { elevationReferences, readUtility } from '../gesut/read-utility.ts';
import { readUtility2015 } from '../gesut/read-utility-2015.ts';
import { Notebook } from '../notebook.ts';
import { notedFrame } from '../noted-frame.ts';
import type { FormatReader, ReadEvent, ReadOptions } from '../reader.ts';
import { isOf2015 } from '../register-gml/words-2015.ts';
import { classNotStored, RejectedObject, rejectionOf } from '../rejected-object.ts';
import { rootInHead } from '../xml-head.ts';
import { readAddress } from './address.ts';
import { readBoundaryPoint } from './boundary-point.ts';
import { parcelReferences, readBuilding } from './building.ts';
import { localIdOf, readParcel } from './parcel.ts';
import { ParcelReferences } from './parcel-references.ts';
import { RegisterGroups } from './register-groups.ts';
import { isBuildingId, isPrecinctId, isUnitId, parseParcelId } from './teryt-id.ts';
import { readCadastralUnit, readPrecinct } from './units.ts';

/** Namespaces of the registers in both generations; objects themselves are matched by local name. */
const REGISTER_NAMESPACE =
  /ewidencjaGruntowI?Budynkow:|geodezyjnaEwidencjaSieciUzbrojeniaTerenu:|bazaDanychObiektowTopograficznych|urn:gugik:specyfikacje:gmlas:/;

/**
 * GML of the Polish registers (PZGiK): EGiB of 2021 and 2015, alone or with GESUT and BDOT500 in one file.
 * Parcels, buildings, boundary points, precincts, cadastral units and addresses are taken over, of GESUT lines,
 * devices that are points, and heights, of BDOT500 every class of objects, both of 2021 and 2015, of BDOT10k (1.0 and 2.0) every class with a geometry; every other class is rejected as `class-not-stored`. Of register units and shares only the register group is read, for their parcels;
 * nothing of owners, land-register numbers or documents. Positions are northing first where the
 * CRS is named by URN (Regulation Dz.U. 2021 poz. 1390, GML of exchange).
 *
 * Memory: one object at a time, plus about 300 bytes for each parcel, to which buildings refer and which refers to a unit.
 */
export const EGIB_GML: FormatReader = {
  name: 'egib-gml',
  recognises: (head) => rootInHead(head)?.local === 'FeatureCollection' && REGISTER_NAMESPACE.test(head),
  read: readRegisters,
};

async function* readRegisters(
  chunks: AsyncIterable<string>,
  options: ReadOptions,
): AsyncGenerator<ReadEvent> {
  const notes = new Notebook();
  const references = new ParcelReferences(notes);
  const groups = new RegisterGroups(notes);
  const elevations = new Map<string, string>();
  let frame = notedFrame(options, notes);
  for await (const { kind, element } of readXml(chunks, stepFor)) {
    if (kind === 'enter') {
      if (element.local !== 'FeatureCollection' && element.local !== 'featureMembers') {
        throw notSupported(`The file begins with ${element.local}, not with a gml:FeatureCollection`);
      }
    } else if (element.local === 'boundedBy') {
      frame = frameOfBoundedBy(element, frame);
    } else {
      for (const object of objectsOf(element))
        yield* readObject(object, frame, { notes, references, groups, elevations });
    }
  }
  yield* references.release();
  yield* groups.additions();
  for (const [id, owner] of elevations)
    yield { kind: 'addition', layer: 'utility_elevations', id, properties: { object_id: owner } };
  yield* notes.events();
}

function stepFor(element: XmlElement, depth: number): XmlStep {
  if (depth === 0 || element.local === 'featureMembers') return 'enter';
  if (depth > 1) return 'take';
  return /^(featureMember|member|boundedBy)$/.test(element.local) ? 'take' : 'skip';
}

/** A featureMember without content still is one object: it is rejected, not overlooked. */
function objectsOf(element: XmlElement): readonly XmlElement[] {
  if (element.local !== 'featureMember' && element.local !== 'member') return [element];
  return element.children.length === 0 ? [element] : element.children;
}

/** What is known of the file so far. */
interface SeenSoFar {
  readonly notes: Notebook;
  readonly references: ParcelReferences;
  readonly groups: RegisterGroups;
  /** Lines and devices by the lokalnyId of their heights. */
  readonly elevations: Map<string, string>;
}

function* readObject(
  object: XmlElement,
  frame: GmlFrame,
  { notes, references, groups, elevations }: SeenSoFar,
): Generator<ReadEvent> {
  try {
    switch (object.local) {
      case 'EGB_DzialkaEwidencyjna': {
        tellNamespace(object, notes);
        const parcel = readParcel(object, frame, notes);
        references.addParcel(localIdOf(object), parcel.feature.id);
        if (!parcel.ended) groups.addParcel(object, parcel.feature.id);
        yield { kind: 'object', ...parcel };
        return;
      }
      case 'EGB_Budynek':
        tellNamespace(object, notes);
        yield* references.complete(readBuilding(object, frame, notes), parcelReferences(object));
        return;
      case 'EGB_PunktGraniczny':
        tellNamespace(object, notes);
        yield { kind: 'object', ...readBoundaryPoint(object, frame) };
        return;
      case 'EGB_ObrebEwidencyjny':
        tellNamespace(object, notes);
        yield { kind: 'object', ...readPrecinct(object, frame, notes) };
        return;
      case 'EGB_JednostkaEwidencyjna':
        tellNamespace(object, notes);
        yield { kind: 'object', ...readCadastralUnit(object, frame, notes) };
        return;
      case 'EGB_AdresNieruchomosci':
      case 'EGB_Adres':
        tellNamespace(object, notes);
        yield { kind: 'object', ...readAddress(object, frame) };
        return;
      case 'featureMember':
      case 'member':
        throw new RejectedObject('invalid-value', 'the member is empty or only refers to an object', object);
      case 'EGB_JednostkaRejestrowaGruntow':
        tellNamespace(object, notes);
        groups.addUnit(object);
        yield classNotStored(object);
        return;
      case 'EGB_UdzialWlasnosci':
        tellNamespace(object, notes);
        groups.addShare(object);
        yield classNotStored(object);
        return;
      default: {
        tellNamespace(object, notes);
        const found = isOf2015(object)
          ? (readUtility2015(object, frame, notes) ?? readTopographic2015(object, frame, notes))
          : (readUtility(object, frame) ??
            readTopographic(object, frame) ??
            readTopographic10k(object, frame));
        if (found === undefined) {
          yield classNotStored(object);
          return;
        }
        for (const id of elevationReferences(object))
          elevations.set(detached(id), detached(found.feature.id));
        yield { kind: 'object', ...found };
      }
    }
  } catch (error) {
    yield rejectionOf(error, object, writtenIdOf(object));
  }
}

/** Where each class keeps the id by which its users know it, and the form that it must have. */
const WRITTEN_ID: Readonly<Record<string, readonly [local: string, isUsable: (id: string) => boolean]>> = {
  EGB_DzialkaEwidencyjna: ['idDzialki', (id) => parseParcelId(id) !== undefined],
  EGB_Budynek: ['idBudynku', isBuildingId],
  EGB_ObrebEwidencyjny: ['idObrebu', isPrecinctId],
  EGB_JednostkaEwidencyjna: ['idJednostkiEwid', isUnitId],
};

/** The id under which a rejected object is, or would be, stored. */
function writtenIdOf(object: XmlElement): string | undefined {
  const [local, isUsable] = WRITTEN_ID[object.local] ?? [];
  const written = local === undefined ? undefined : childText(object, local);
  return written !== undefined && isUsable?.(written) ? written : localIdOf(object);
}

function tellNamespace({ namespace }: XmlElement, notes: Notebook): void {
  notes.add(`namespace:${namespace}`, `Objects of namespace ${namespace || '(none)'}`);
}

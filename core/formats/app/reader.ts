import { notSupported } from '../../errors.ts';
import type { PropertyValue } from '../../feature/feature.ts';
import { bboxOf } from '../../geo/bbox.ts';
import { frameOfBoundedBy } from '../../geo/gml-geometry.ts';
import type { GmlFrame } from '../../geo/gml-geometry-frame.ts';
import { childOf, childrenOf, childText, descendantsOf, type XmlElement } from '../../xml/element.ts';
import { readXml, type XmlStep } from '../../xml/reader.ts';
import { Notebook } from '../notebook.ts';
import { notedFrame } from '../noted-frame.ts';
import type { FormatReader, ReadEvent, ReadOptions } from '../reader.ts';
import { classNotStored, RejectedObject, rejectionOf } from '../rejected-object.ts';
import { rootInHead } from '../xml-head.ts';
import { type AppIdentity, dayIn, readAppIdentity, referredId } from './app-values.ts';
import {
  checkAct,
  checkDesignation,
  checkIdentity,
  checkStandards,
  checkZone,
  type PlanFault,
} from './check-object.ts';
import { isPlanArea, type PlanObject, readAct, readPlanArea, readZone } from './read-objects.ts';

/**
 * Planning acts, APP 2.0 (Dz.U. 2020 poz. 1916 with 2023 poz. 2409): acts, zones and areas of general plans. Documents
 * and drawings become number, dates and links of their act. Faults against the rules of the data set are notes that
 * name rule, object, line and place, and cost no object; those of one zone against another are found by the store.
 *
 * Memory: the acts and documents of the file, and the ids of its objects.
 */
export const APP_GML: FormatReader = {
  name: 'app-gml',
  recognises: (head) =>
    rootInHead(head)?.local === 'FeatureCollection' &&
    head.includes('zagospodarowanieprzestrzenne/schemas/app/'),
  read: readPlans,
};

async function* readPlans(chunks: AsyncIterable<string>, options: ReadOptions): AsyncGenerator<ReadEvent> {
  const notes = new Notebook();
  const file = new PlanFile();
  let frame = notedFrame(options, notes);
  for await (const { kind, element } of readXml(chunks, stepFor)) {
    if (kind === 'enter') {
      if (element.local !== 'FeatureCollection') {
        throw notSupported(`The file begins with ${element.local}, not with a wfs:FeatureCollection`);
      }
    } else if (element.local === 'boundedBy') {
      frame = frameOfBoundedBy(element, frame);
    } else {
      for (const object of element.children) {
        notes.add(`namespace:${object.namespace}`, `Objects of namespace ${object.namespace || '(none)'}`);
        yield* file.object(object, frame);
      }
      if (element.children.length === 0) {
        yield rejectionOf(
          new RejectedObject('invalid-value', 'the member is empty', element),
          element,
          undefined,
        );
      }
    }
  }
  yield* file.acts();
  yield* notes.events();
}

function stepFor(element: XmlElement, depth: number): XmlStep {
  if (depth === 0) return 'enter';
  return /^(featureMember|member|boundedBy)$/.test(element.local) ? 'take' : 'skip';
}

/** What documents and drawings say of an act, by the names of its properties. */
type ActWords = Readonly<Record<string, PropertyValue>>;

class PlanFile {
  readonly #acts: PlanObject[] = [];
  readonly #words = new Map<string, ActWords>();
  readonly #seen = new Set<string>();

  *object(object: XmlElement, frame: GmlFrame): Generator<ReadEvent> {
    try {
      const read = this.#read(object, frame);
      if (!read) {
        this.#keepWords(object);
        yield classNotStored(object);
        return;
      }
      if (read.feature.layer === 'plan_acts') this.#acts.push(read);
      else yield { kind: 'object', ...read };
      yield* this.#faults(object, read);
    } catch (error) {
      yield rejectionOf(error, object, writtenId(object));
    }
  }

  /** Acts, told last, with what documents anywhere in the file say of them. */
  *acts(): Generator<ReadEvent> {
    for (const act of this.#acts) {
      const words = this.#words.get(act.feature.id);
      yield {
        kind: 'object',
        ...act,
        feature: { ...act.feature, properties: { ...act.feature.properties, ...words } },
      };
    }
  }

  #read(object: XmlElement, frame: GmlFrame): PlanObject | undefined {
    if (object.local === 'AktPlanowaniaPrzestrzennego')
      return readAct(object, readAppIdentity(object), frame);
    if (object.local === 'StrefaPlanistyczna') return readZone(object, readAppIdentity(object), frame);
    return isPlanArea(object.local) ? readPlanArea(object, readAppIdentity(object), frame) : undefined;
  }

  *#faults(object: XmlElement, { feature, srid, ended }: PlanObject): Generator<ReadEvent> {
    const identity = readAppIdentity(object);
    const box = feature.geometry && bboxOf(feature.geometry, srid);
    for (const { rule, message } of [
      ...faultsOf(object, identity),
      ...this.#repeated(object, identity, ended),
    ]) {
      yield {
        kind: 'note',
        code: rule,
        message: `${identity.localId}: ${message}`,
        objectId: feature.id,
        line: object.line,
        ...(box && { at: [(box.minX + box.maxX) / 2, (box.minY + box.maxY) / 2] as const }),
      };
    }
  }

  /** Current objects of one act are told apart by lokalnyId and by oznaczenie. */
  *#repeated(
    object: XmlElement,
    { id, namespace, localId }: AppIdentity,
    ended: boolean,
  ): Generator<PlanFault> {
    if (ended) return;
    const designation = childText(object, 'oznaczenie');
    const isNew = (key: string) => !this.#seen.has(key) && this.#seen.add(key);
    if (!isNew(`id ${id}`))
      yield { rule: 'plan-duplicate-id', message: `lokalnyId ${localId} is used twice` };
    if (designation !== undefined && !isNew(`designation ${namespace} ${designation}`))
      yield { rule: 'plan-duplicate-designation', message: `oznaczenie ${designation} is used twice` };
  }

  #keepWords(object: XmlElement): void {
    const isDrawing = object.local === 'RysunekAktuPlanowaniaPrzestrzennego';
    if (!isDrawing && object.local !== 'DokumentFormalny') return;
    const scale = Number(childText(object, 'rozdzielczoscPrzestrzenna'));
    const link = childText(object, 'lacze') ?? null;
    const dated = [...descendantsOf(object)].find(({ local }) => local === 'Date')?.text.trim();
    const iip = writtenIip(object);
    const title = childText(object, 'tytul') ?? null;
    const words = (reference: string): ActWords =>
      isDrawing
        ? {
            ...{ drawing_iip: iip, drawing_title: title, drawing_url: link },
            drawing_crs: childText(object, 'ukladOdniesieniaPrzestrzennego') ?? null,
            ...(scale > 0 && { drawing_scale: scale }),
          }
        : reference === 'przystapienie'
          ? { begun_on: dated ?? null, beginning_iip: iip, beginning_title: title }
          : {
              ...{ resolution_iip: iip, resolution_title: title },
              number: childText(object, 'numerIdentyfikacyjny') ?? childText(object, 'nazwaSkrocona') ?? null,
              publication: childText(object, 'szczegoloweOdniesienie') ?? null,
              adopted_on: dated ?? dayIn(object, 'dataWejsciaWZycie'),
              text_url: link,
            };
    for (const reference of ['uchwala', 'przystapienie', 'plan']) {
      for (const each of childrenOf(object, reference)) {
        const act = referredId(each);
        if (act !== undefined) this.#words.set(act, { ...this.#words.get(act), ...words(reference) });
      }
    }
  }
}

function* faultsOf(object: XmlElement, identity: AppIdentity): Generator<PlanFault> {
  yield* checkIdentity(object, identity);
  if (object.local === 'AktPlanowaniaPrzestrzennego') yield* checkAct(object);
  else yield* checkDesignation(object);
  if (object.local === 'StrefaPlanistyczna') yield* checkZone(object);
  if (object.local.startsWith('ObszarStandardow')) yield* checkStandards(object);
}

const writtenId = (object: XmlElement): string | undefined =>
  childText(childOf(object, 'idIIP')?.children[0], 'lokalnyId');

/** `PL.ZIPPZP.1/306401-POG/1POG-U/20250101T000000`. */
function writtenIip(object: XmlElement): string | null {
  const identifier = childOf(object, 'idIIP')?.children[0];
  const parts = ['przestrzenNazw', 'lokalnyId', 'wersjaId'].map((local) => childText(identifier, local));
  return parts.slice(0, 2).includes(undefined) ? null : parts.filter((part) => part !== undefined).join('/');
}

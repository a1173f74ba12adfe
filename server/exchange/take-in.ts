import type { Feature } from '../../core/feature/feature.ts';
import type { LoadProblem, ReadEvent } from '../../core/formats/reader.ts';
import { transformBetween } from '../../core/geo/crs.ts';
import { beginLoad } from '../store/load.ts';
import type { KeepRejected, LoadHeader, LoadTransaction, ReadAs } from '../store/load-contract.ts';
import type { Pool } from '../store/pool.ts';
import type { RegisterDoubt } from '../store/register-checks.ts';
import type { LoadCounts, LoadNote } from './load-report.ts';
import type { PictureFolder } from './picture-folder.ts';

type ReadObject = Extract<ReadEvent, { kind: 'object' }>;

export interface Intake {
  readonly pool: Pool;
  readonly events: AsyncIterable<ReadEvent>;
  /** Where the load goes, decided by its first object. */
  readonly headerFor: (first: ReadObject) => Promise<LoadHeader>;
  readonly signal: AbortSignal;
  readonly onStoring: (done: number, total: number) => void;
  readonly keepRejected?: KeepRejected | undefined;
  /** Where the pictures lie that are laid on buildings; undefined = looks are not kept. */
  readonly pictures?: PictureFolder | undefined;
}

export interface TakenIn extends LoadCounts {
  readonly header: LoadHeader | undefined;
  readonly srids: ReadonlySet<number>;
  readonly notes: readonly LoadNote[];
  /** What ended the reading early; then nothing was stored. */
  readonly fault: unknown;
}

/**
 * Gives a stream of objects to the store in one transaction: all of it or nothing.
 * A failure of the stream itself is returned as `fault`; a failure of the store, and the reason of an aborted
 * signal, are thrown.
 */
export async function takeIn(intake: Intake): Promise<TakenIn> {
  const { pool, events, headerFor, signal, onStoring, keepRejected } = intake;
  const problems: LoadProblem[] = [];
  const notes: LoadNote[] = [];
  const srids = new Set<number>();
  let read = 0;
  let header: LoadHeader | undefined;
  let load: LoadTransaction | undefined;
  const stop = () => void load?.abort();
  signal.addEventListener('abort', stop, { once: true });
  const iterator = events[Symbol.asyncIterator]();
  try {
    for (;;) {
      signal.throwIfAborted();
      const next = await nextOf(iterator);
      if ('fault' in next) {
        await load?.abort();
        signal.throwIfAborted();
        const nothing = {
          written: 0,
          added: 0,
          changed: 0,
          unchanged: 0,
          ended: 0,
          layers: [],
          version: undefined,
        };
        return { header, srids, read, ...nothing, problems, notes, fault: next.fault };
      }
      if (next.done === true) break;
      const event = next.value;
      if (event.kind === 'note') {
        const { kind: _, ...note } = event;
        notes.push(note);
        continue;
      }
      if (event.kind === 'addition') {
        await load?.add(event.layer, event.id, event.properties);
        continue;
      }
      read++;
      if (event.kind === 'rejected') {
        problems.push(event.problem);
        await keepRejected?.([{ problem: event.problem }]);
        continue;
      }
      srids.add(event.srid);
      header ??= await headerFor(event);
      load ??= await beginLoad(pool, header, keepRejected);
      const feature = await dressed(event, load, intake.pictures, notes);
      await load.write(feature, event.srid, event.ended);
    }
    signal.throwIfAborted();
    const stored = await load?.finish(onStoring, problems, readAs(header, srids, notes));
    return {
      header,
      srids,
      read,
      written: stored?.written ?? 0,
      added: stored?.added ?? 0,
      changed: stored?.changed ?? 0,
      layers: stored?.layers ?? [],
      unchanged: stored?.unchanged ?? 0,
      ended: stored?.ended ?? 0,
      problems: [...problems, ...(stored?.rejected ?? [])],
      notes: [...notes, ...(stored?.doubts ?? []).map((doubt) => noteOfDoubt(doubt, header, srids))],
      version: stored?.version,
      fault: undefined,
    };
  } catch (error) {
    await load?.abort();
    throw signal.aborted ? signal.reason : error;
  } finally {
    signal.removeEventListener('abort', stop);
    await iterator.return?.(undefined);
  }
}

/** The object with the name of its look, which is kept with the load. */
async function dressed(
  { feature, appearance }: ReadObject,
  load: LoadTransaction,
  pictures: PictureFolder | undefined,
  notes: LoadNote[],
): Promise<Feature> {
  if (!appearance || !pictures) return feature;
  const settled = await pictures.settle(appearance, feature.id);
  notes.push(...settled.notes);
  if (!settled.look) return feature;
  await load.keepLook(settled.look);
  return { ...feature, properties: { ...feature.properties, appearance: settled.look.sha256 } };
}

/** Places are told in the CRS of the file, where it has one. */
function noteOfDoubt(
  { rule, message, objectId, at }: RegisterDoubt,
  header: LoadHeader | undefined,
  srids: ReadonlySet<number>,
): LoadNote {
  const [srid] = srids;
  const isIn = at !== undefined && header !== undefined && srid !== undefined;
  const place = isIn ? transformBetween(header.srid, srid)([at[0], at[1]]) : at;
  return {
    ...{ code: rule, message },
    ...(objectId !== undefined && { objectId }),
    ...(place !== undefined && { at: [place[0], place[1]] as const }),
  };
}

/** CRS and schema as the notes of the reader tell them: each kind once for all objects of the file. */
function readAs(
  header: LoadHeader | undefined,
  srids: ReadonlySet<number>,
  notes: readonly LoadNote[],
): ReadAs {
  const saying = (kinds: RegExp) =>
    notes
      .filter(({ code }) => kinds.test(code))
      .map(({ message }) => message)
      .join('; ') || undefined;
  const version = saying(/^(?:version|namespace:)/);
  return {
    crs: crsText(srids),
    crsDecision: saying(/^(?:crs|axis)/),
    schema: [header?.format, version].filter((part) => part !== undefined).join(': ') || undefined,
  };
}

/** As `EPSG:n`, several separated by commas. */
export const crsText = (srids: ReadonlySet<number>): string | undefined =>
  srids.size === 0 ? undefined : [...srids].map((srid) => `EPSG:${srid}`).join(', ');

/** Keeps a failure of the reader apart from a failure of the store. */
async function nextOf(
  iterator: AsyncIterator<ReadEvent>,
): Promise<IteratorResult<ReadEvent> | { readonly fault: unknown }> {
  try {
    return await iterator.next();
  } catch (fault) {
    return { fault };
  }
}

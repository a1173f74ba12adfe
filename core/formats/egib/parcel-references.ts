import { detached } from '../../xml/detached.ts';
import type { Notebook } from '../notebook.ts';
import type { ReadEvent } from '../reader.ts';
import type { RegisterObject } from './parcel.ts';
import { parcelOfBuildingId } from './teryt-id.ts';

/** Buildings held back at most until their parcels have been read. */
const MAX_WAITING = 20_000;

interface Waiting {
  readonly building: RegisterObject;
  readonly references: readonly string[];
}

/**
 * Turns references to parcels (IIP local ids) into TERYT parcel ids. A building whose parcels have not been
 * read yet waits for the end of the file; beyond a bound it goes on with what is known.
 */
export class ParcelReferences {
  readonly #parcelIds = new Map<string, string>();
  readonly #waiting: Waiting[] = [];
  readonly #notes: Notebook;

  constructor(notes: Notebook) {
    this.#notes = notes;
  }

  addParcel(localId: string | undefined, parcelId: string): void {
    if (localId !== undefined) this.#parcelIds.set(detached(localId), detached(parcelId));
  }

  /** The building with its parcels, or nothing yet. */
  *complete(building: RegisterObject, references: readonly string[]): Generator<ReadEvent> {
    const known = references.every((reference) => this.#parcelIds.has(reference));
    if (!known && this.#waiting.length < MAX_WAITING) {
      this.#waiting.push({ building, references });
      return;
    }
    yield this.#withParcels(building, references);
  }

  /** The buildings that waited, in the order of the file. */
  *release(): Generator<ReadEvent> {
    for (const { building, references } of this.#waiting) yield this.#withParcels(building, references);
    this.#waiting.length = 0;
  }

  #withParcels(building: RegisterObject, references: readonly string[]): ReadEvent {
    const found = references.flatMap((reference) => this.#parcelIds.get(reference) ?? []);
    if (found.length < references.length) {
      this.#notes.add(
        'unknown-parcel',
        `Building ${building.feature.id} refers to a parcel that is not in the file; it is left out of parcel_ids`,
      );
    }
    const fromId = parcelOfBuildingId(building.feature.id);
    const parcels = found.length === 0 && fromId !== undefined ? [fromId] : [...new Set(found)].sort();
    const properties = {
      ...building.feature.properties,
      parcel_ids: parcels.length === 0 ? null : parcels.join(', '),
    };
    return { kind: 'object', ...building, feature: { ...building.feature, properties } };
  }
}

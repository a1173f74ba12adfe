/** Which reader a file goes through, and the objects that come out of it. */
import { notSupported } from '../../core/errors.ts';
import { type AnyMapping, isOfGrid, isOfPopulation } from '../../core/formats/mapped/mapping.ts';
import type { ReadEvent } from '../../core/formats/reader.ts';
import type { CrsReference } from '../../core/geo/crs.ts';
import type { Pool } from '../store/pool.ts';
import { describeUnknownFormat, readerFor } from './exchange-formats.ts';
import { openText, textOf } from './file-on-disk.ts';
import { gridEvents } from './load-grid.ts';
import { populationEvents } from './load-population.ts';
import { mappedFile } from './mapped-file.ts';
import type { StreetNetwork } from './street-network.ts';

interface FileToRead {
  /** Where residents are looked up, and the area of the city. */
  readonly pool: Pool;
  readonly path: string;
  /** The file is one of several that are read together. */
  readonly network: StreetNetwork | undefined;
  readonly mapping: AnyMapping | undefined;
  readonly allowOutside: boolean;
  readonly crs: CrsReference | undefined;
  readonly signal: AbortSignal;
}

/** One reading of a file, once. */
export class FileReading {
  readonly #file: FileToRead;
  readonly #onBytes: (done: number) => void;
  #format: string | undefined;

  /** @param onBytes is told how far a file is that is read from its beginning to its end */
  constructor(file: FileToRead, onBytes: (done: number) => void) {
    this.#file = file;
    this.#onBytes = onBytes;
  }

  /** Known from the first object on; undefined for a file that no reader knows. */
  get format(): string | undefined {
    return this.#format;
  }

  /** @throws TwinError not-supported for an unknown format; what the readers throw at a broken file */
  async *events(): AsyncGenerator<ReadEvent> {
    const { pool, path, network, mapping, allowOutside, crs, signal } = this.#file;
    if (network) {
      this.#format = network.format;
      yield* network.events(signal);
      return;
    }
    if (mapping !== undefined && isOfGrid(mapping)) {
      this.#format = 'census-grid';
      const file = { path, crs, signal, onRead: this.#onBytes };
      yield* gridEvents(file, mapping, allowOutside ? undefined : pool);
      return;
    }
    if (mapping !== undefined && !isOfPopulation(mapping)) {
      this.#format = `mapping of ${mapping.layer}`;
      yield* mappedFile({ path, crs, signal, onRead: this.#onBytes }, mapping);
      return;
    }
    const { head, chunks, close } = await openText(path, signal, this.#onBytes);
    try {
      if (mapping !== undefined) {
        this.#format = 'population-table';
        yield* populationEvents(pool, chunks, mapping);
        return;
      }
      const reader = readerFor(head);
      if (reader === undefined) throw notSupported(describeUnknownFormat(head));
      this.#format = reader.name;
      const again = () => textOf(path, signal, () => {});
      yield* reader.read(chunks, { ...(crs && { crs }), again });
    } finally {
      close();
    }
  }
}

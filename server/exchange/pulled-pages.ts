/** A folder of pages that were pulled from a WFS, loaded as one file. */
import { createReadStream } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { notSupported } from '../../core/errors.ts';
import { COUNTY_WFS } from '../../core/formats/county-wfs/reader.ts';
import type { ReadEvent, ReadOptions } from '../../core/formats/reader.ts';
import { decodeText } from './decode-text.ts';
import type { StreetNetwork } from './street-network.ts';

/** What says of a folder that it holds pages, and which. */
export const PULLED = 'pulled.json';

export interface PulledType {
  readonly name: string;
  readonly pages: readonly {
    readonly file: string;
    readonly objects: number;
    readonly sha256: string;
    /** Digest of the objects: a service without pages gives the same again. */
    readonly first?: string;
  }[];
  readonly isWhole: boolean;
}

export interface PulledPages {
  readonly url: string;
  readonly types: readonly PulledType[];
}

/** The pages of a folder; undefined when it holds none. @throws TwinError not-supported while some are missing */
export async function pulledPagesAt(path: string, options: ReadOptions): Promise<StreetNetwork | undefined> {
  const list = join(path, PULLED);
  const text = await readFile(list, 'utf8').catch(() => undefined);
  if (text === undefined) return undefined;
  const { types } = JSON.parse(text) as PulledPages;
  const open = types.filter(({ isWhole }) => !isWhole);
  if (open.length > 0) {
    const names = open.map(({ name }) => name).join(', ');
    throw notSupported(`Of ${names} not all pages are there; pull again, which goes on where it broke off`);
  }
  const files = types.flatMap(({ pages }) => pages.map(({ file }) => join(path, file)));
  return { format: COUNTY_WFS.name, path: list, events: (signal) => eventsOf(files, options, signal) };
}

/** Notes of pages are told once: every page has the same ones. */
async function* eventsOf(
  files: readonly string[],
  options: ReadOptions,
  signal: AbortSignal,
): AsyncGenerator<ReadEvent> {
  const told = new Set<string>();
  for (const file of files) {
    const bytes = createReadStream(file, { signal });
    try {
      for await (const event of COUNTY_WFS.read(decodeText(bytes), options)) {
        if (event.kind === 'note') {
          if (told.has(event.code)) continue;
          told.add(event.code);
        }
        yield event;
      }
    } finally {
      bytes.destroy();
    }
  }
}

import { zipSync } from 'fflate';

/** A ZIP archive of files by their names. The same files are the same bytes, wherever and whenever it is made. */
export function sameZip(files: Readonly<Record<string, Uint8Array>>): Uint8Array {
  // Dates in archives have no zone: the first that one can hold, as the clock here says it.
  return zipSync({ ...files }, { level: 6, mtime: new Date(1980, 0, 1) });
}

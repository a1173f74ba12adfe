import type { CrsReference } from '../geo/crs.ts';
import type { Notebook } from './notebook.ts';
import type { ReadOptions } from './reader.ts';

/** A CRS given for a file that names another one itself is not used; the file knows better, but it is said. */
export function tellUnusedCrs(options: ReadOptions, named: CrsReference, notes: Notebook): void {
  if (options.crs === undefined || options.crs.srid === named.srid) return;
  notes.add(
    'crs-not-used',
    `The file names EPSG:${named.srid} itself; the CRS given (${options.crs.text}) was not used there`,
  );
}

import type { CrsReference } from '../geo/crs.ts';
import type { Notebook } from './notebook.ts';

/** Says for each spelling of a CRS in which order its positions are read: by a declared rule, never guessed. */
export function tellAxisOrder({ text, srid, order }: CrsReference, notes: Notebook): void {
  const rule =
    order === 'northing-easting' ? 'northing first, the order of its authority' : 'easting (longitude) first';
  notes.addOnce(`axis:${text}`, `Positions in "${text}" (EPSG:${srid}) are read ${rule}`);
}

/** The same for positions of which the file does not name the CRS. */
export function tellGivenCrs({ text, order }: CrsReference, notes: Notebook): void {
  const first = order === 'northing-easting' ? 'northing' : 'easting';
  notes.addOnce(
    'crs-given',
    `Positions for which the file names no CRS are read as ${text}, ${first} first, as asked`,
  );
}

import { parseCrs } from '../geo/crs.ts';
import { type GmlFrame, PLAIN_FRAME } from '../geo/gml-geometry-frame.ts';
import { tellAxisOrder, tellGivenCrs } from './axis-note.ts';
import type { Notebook } from './notebook.ts';
import type { ReadOptions } from './reader.ts';
import { tellUnusedCrs } from './unused-crs.ts';

/** How positions of a GML of the plane are read, with a note of every CRS and its order, and of what was simplified. */
export function notedFrame(options: ReadOptions, notes: Notebook): GmlFrame {
  if (options.crs !== undefined) tellGivenCrs(options.crs, notes);
  return {
    ...PLAIN_FRAME,
    crs: options.crs,
    resolveCrs: (srsName) => {
      const crs = parseCrs(srsName, 'srsName');
      tellUnusedCrs(options, crs, notes);
      tellAxisOrder(crs, notes);
      return crs;
    },
    onArc: () => notes.add('arc', 'An arc was replaced by chords within 1 mm of it'),
  };
}

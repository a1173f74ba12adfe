import type { PaperMapFile } from '../../../core/documents/map-sheet.ts';
import type { Lettering } from '../lettering.ts';
import type { PdfFile } from '../pdf-file.ts';

/** The page that a map is drawn on. */
export interface MapPage {
  readonly file: PdfFile;
  readonly letters: Lettering;
  readonly map: PaperMapFile;
}

import { APP_GML } from '../../core/formats/app/reader.ts';
import { CITYGML } from '../../core/formats/citygml/reader.ts';
import { CITYJSON } from '../../core/formats/cityjson/reader.ts';
import { COUNTY_WFS } from '../../core/formats/county-wfs/reader.ts';
import { EGIB_GML } from '../../core/formats/egib/reader.ts';
import { OSM_XML } from '../../core/formats/osm/reader.ts';
import type { FormatReader } from '../../core/formats/reader.ts';

/** Every format that can be loaded, tried in this order. */
const READERS: readonly FormatReader[] = [EGIB_GML, CITYGML, CITYJSON, APP_GML, OSM_XML, COUNTY_WFS];

/** Characters of a file that are enough to tell its format. */
export const HEAD_CHARS = 16 * 1024;

/** The reader for a file that begins so, or undefined. */
export function readerFor(head: string): FormatReader | undefined {
  return READERS.find(({ recognises }) => recognises(head));
}

/** What to say of a file that no reader knows. */
export function describeUnknownFormat(head: string): string {
  const known =
    'EGiB, GESUT and BDOT500 GML (2021, 2015), BDOT10k GML (1.0, 2.0), answers of county WFS, CityGML (1.0 to 3.0), CityJSON (1.0 to 2.0, and sequences), planning acts (APP 2.0), OpenStreetMap (.osm, .osm.pbf: streets), street networks (GMNS tables, TNTP) and GTFS (.zip)';
  if (head.trim() === '') return `The file is empty; ${known} can be loaded`;
  const root = /<([A-Za-z_][\w.:-]*)[\s/>]/.exec(head)?.[1];
  const seen = root === undefined ? 'does not look like XML' : `begins with <${root}>`;
  return `The format is not known here: the file ${seen}; ${known} can be loaded`;
}

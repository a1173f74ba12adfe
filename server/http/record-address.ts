/** Where the metadata of a layer are found. */
import type { Layer } from '../../core/feature/layer.ts';
import { recordId } from '../../core/metadata/metadata-record.ts';
import { href } from './links.ts';

/** The record as ISO 19139, by CSW. */
export const isoAddress = (publicUrl: string, id: string): string =>
  href(publicUrl, '/csw', {
    ...{ service: 'CSW', version: '2.0.2', request: 'GetRecordById', id, elementSetName: 'full' },
    outputSchema: 'http://www.isotc211.org/2005/gmd',
  });

/** The same of a layer; undefined where the catalogue has no record of its own: layers of others, the model of the ground, names of a profile. */
export const recordAddress = (publicUrl: string, layer: Layer): string | undefined =>
  layer.cascaded || layer.isRelief || layer.xml ? undefined : isoAddress(publicUrl, recordId(layer));

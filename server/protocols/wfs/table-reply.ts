import { invalidParameter } from '../../../core/errors.ts';
import type { Layer } from '../../../core/feature/layer.ts';
import type { FeatureStream } from '../../../core/feature/source.ts';
import { writeCsvFeatures } from '../../../core/formats/csv-features.ts';
import { writeFlatGeobuf } from '../../../core/formats/flatgeobuf/write-flatgeobuf.ts';
import { CITY_HEIGHTS } from '../../../core/geo/height-systems.ts';
import type { Reply } from '../../http/protocol.ts';
import { TABLE_TYPES, type TableFormat } from './output-formats.ts';
import type { PageLinks } from './page-links.ts';
import type { Selection } from './selection.ts';

/**
 * The objects of one feature type as a table, easting (longitude) first whatever the spelling of srsName. What leads to
 * the next page stands in the `Link` header, as these formats have no place for it.
 * @throws TwinError invalid-parameter for several feature types
 */
export function tableReply(
  format: TableFormat,
  [selection, ...more]: readonly Selection[],
  features: FeatureStream,
  { next, previous }: PageLinks,
): Reply {
  if (!selection || more.length > 0) {
    throw invalidParameter(
      'typeNames',
      `${TABLE_TYPES[format]} holds one feature type; ask for each by itself`,
    );
  }
  const layer = columnsOf(selection);
  const { srid } = selection.crs;
  const links = [
    ...(next === undefined ? [] : [`<${next}>; rel="next"`]),
    ...(previous === undefined ? [] : [`<${previous}>; rel="prev"`]),
  ];
  return {
    status: 200,
    headers: {
      'content-type':
        format === 'csv' ? `${TABLE_TYPES.csv}; charset=utf-8; header=present` : TABLE_TYPES[format],
      'content-disposition': `attachment; filename="${layer.name}.${format === 'csv' ? 'csv' : 'fgb'}"`,
      ...(links.length > 0 ? { link: links.join(', ') } : {}),
    },
    body:
      format === 'csv'
        ? writeCsvFeatures(features, layer, srid)
        : writeFlatGeobuf(features, layer, { srid, heights: CITY_HEIGHTS, note: [] }),
  };
}

/** The layer with only the columns that were asked for. */
function columnsOf({ layer, query }: Selection): Layer {
  const { properties: wanted } = query;
  if (wanted === undefined) return layer;
  return { ...layer, properties: layer.properties.filter(({ name }) => wanted.includes(name)) };
}

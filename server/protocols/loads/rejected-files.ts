/** What a load rejected, object by object as it stood in the file: GeoJSON or CSV. */
import { notFound } from '../../../core/errors.ts';
import { csvCell } from '../../../core/formats/csv-cell.ts';
import { ruleOf } from '../../../core/formats/load-rules.ts';
import { reproject } from '../../../core/geo/crs.ts';
import type { Reply } from '../../http/protocol.ts';
import type { RejectedRow } from '../../services/loads.ts';

const WGS84 = 4326;
const HEADINGS = 'object_id,layer,object_class,code,rule,message,line,easting,northing,properties';

/** @throws TwinError not-found for another form */
export function rejectedReply(rows: AsyncIterable<RejectedRow>, form: string, id: string): Reply {
  const headers = {
    'cache-control': 'no-store',
    'content-disposition': `attachment; filename="rejected-${id}.${form}"`,
  };
  if (form === 'geojson') {
    return {
      status: 200,
      headers: { ...headers, 'content-type': 'application/geo+json' },
      body: geoJsonOf(rows),
    };
  }
  if (form === 'csv') {
    const type = 'text/csv; charset=utf-8; header=present';
    return { status: 200, headers: { ...headers, 'content-type': type }, body: csvOf(rows) };
  }
  throw notFound('What was rejected is written as rejected.geojson or rejected.csv', 'form');
}

/** RFC 7946: WGS 84, longitude first. */
async function* geoJsonOf(rows: AsyncIterable<RejectedRow>): AsyncGenerator<string> {
  yield '{"type":"FeatureCollection","features":[';
  let before = '';
  for await (const row of rows) {
    const { objectId, layer, objectClass, code, message, line, properties } = row;
    const why = { rejected_for: code, rejected_because: message, line, layer, object_class: objectClass };
    const feature = {
      type: 'Feature',
      ...(objectId !== null && { id: objectId }),
      geometry: onGlobe(row),
      properties: { ...properties, ...why },
    };
    yield `${before}\n${JSON.stringify(feature)}`;
    before = ',';
  }
  yield '\n]}\n';
}

/** Null where the geometry, faulty as it may be, lies nowhere on Earth. */
function onGlobe({ geometry, srid }: RejectedRow) {
  if (geometry === null || srid === null) return null;
  const moved = reproject(geometry, srid, WGS84);
  // What is no number is written as null, which no position may hold.
  return /null/.test(JSON.stringify(moved)) ? null : moved;
}

async function* csvOf(rows: AsyncIterable<RejectedRow>): AsyncGenerator<string> {
  yield `${HEADINGS}\r\n`;
  for await (const row of rows) {
    const { objectId, layer, objectClass, code, message, line, place, properties } = row;
    const cells = [
      ...[objectId, layer, objectClass, code, ruleOf(code), message, line],
      ...(place === null ? [null, null] : place.map((metres) => metres.toFixed(2))),
      properties === null ? null : JSON.stringify(properties),
    ];
    yield `${cells.map(csvCell).join(',')}\r\n`;
  }
}

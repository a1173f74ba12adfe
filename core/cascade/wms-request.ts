/** Requests to a WMS in the words of its version. */
import type { Bbox } from '../geo/bbox.ts';
import { crsOf } from '../geo/crs.ts';
import type { CascadedLayer } from '../wire/cascade.ts';
import { requestAddress } from './capabilities.ts';

type Maps = NonNullable<CascadedLayer['maps']>;

/** What is asked for: a box of a CRS over so many pixels. */
export interface RemoteFrame {
  readonly bbox: Bbox;
  readonly widthPx: number;
  readonly heightPx: number;
}

function frameParameters({ bbox, widthPx, heightPx }: RemoteFrame, { version }: Maps) {
  const { minX, minY, maxX, maxY, srid } = bbox;
  // 1.3.0 follows the authority; 1.1.1 is easting first throughout (DECISIONS, axes).
  const isSwapped = version === '1.3.0' && crsOf(srid).authorityOrder === 'northing-easting';
  return {
    [version === '1.3.0' ? 'CRS' : 'SRS']: `EPSG:${srid}`,
    BBOX: (isSwapped ? [minY, minX, maxY, maxX] : [minX, minY, maxX, maxY]).join(','),
    ...{ WIDTH: widthPx, HEIGHT: heightPx },
  };
}

export function getMapAddress(url: string, remote: string, maps: Maps, frame: RemoteFrame): string {
  return requestAddress(url, {
    ...{ SERVICE: 'WMS', VERSION: maps.version, REQUEST: 'GetMap', LAYERS: remote, STYLES: maps.style },
    ...frameParameters(frame, maps),
    ...{ FORMAT: maps.format, TRANSPARENT: maps.format === 'image/jpeg' ? 'FALSE' : 'TRUE' },
    EXCEPTIONS: maps.version === '1.3.0' ? 'XML' : 'application/vnd.ogc.se_xml',
  });
}

/** @param at pixel from the upper left corner */
export function getFeatureInfoAddress(
  url: string,
  remote: string,
  maps: Maps & { readonly infoFormat: string },
  frame: RemoteFrame,
  at: { readonly x: number; readonly y: number },
  count: number,
): string {
  const [column, row] = maps.version === '1.3.0' ? ['I', 'J'] : ['X', 'Y'];
  return requestAddress(url, {
    ...{ SERVICE: 'WMS', VERSION: maps.version, REQUEST: 'GetFeatureInfo', LAYERS: remote },
    ...{ QUERY_LAYERS: remote, STYLES: maps.style, ...frameParameters(frame, maps), FORMAT: maps.format },
    ...{ INFO_FORMAT: maps.infoFormat, FEATURE_COUNT: count },
    ...{ [column ?? '']: Math.floor(at.x), [row ?? '']: Math.floor(at.y) },
  });
}

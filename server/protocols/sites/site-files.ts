/** Sites as files: CSV for tables, GeoJSON for maps. */
import { csvCell } from '../../../core/formats/csv-cell.ts';
import { transformBetween } from '../../../core/geo/crs.ts';
import { SITE_MEASURES, type SitesReply } from '../../../core/wire/sites.ts';

const CITY_SRID = 2177;
const HEADINGS = ['rank', 'id', 'score', 'zone', 'easting', 'northing', ...SITE_MEASURES];

/** RFC 4180, points as decimal marks; what is not known is empty. */
export function sitesCsv({ sites }: SitesReply): string {
  const rows = sites.map(({ rank, id, score, zone, at, measures }) =>
    [rank, id, score, zone, ...at, ...SITE_MEASURES.map((name) => measures[name] ?? null)]
      .map(csvCell)
      .join(','),
  );
  return [HEADINGS.join(','), ...rows, ''].join('\r\n');
}

/** Points inside the parcels, WGS 84 (RFC 7946). */
export function sitesGeoJson({ sites, matched, basis }: SitesReply): object {
  const toLonLat = transformBetween(CITY_SRID, 4326);
  return {
    type: 'FeatureCollection',
    matched,
    basis,
    features: sites.map(({ id, rank, score, at, zone, measures }) => {
      const [lon, lat] = toLonLat(at);
      return {
        type: 'Feature',
        id,
        geometry: { type: 'Point', coordinates: [Math.round(lon * 1e7) / 1e7, Math.round(lat * 1e7) / 1e7] },
        properties: { rank, score, zone, ...measures },
      };
    }),
  };
}

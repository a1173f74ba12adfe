/** What the sites mean, as files for other programs. */
import { csvCell } from '../../core/formats/csv-cell.ts';
import type { SitingPreviewReply } from '../../core/wire/siting-answer.ts';
import { saveFile } from '../state/save-file.ts';
import { best, isBestShown, sitingAsk } from './siting-state.ts';

type Cell = string | number | null;

/** One line for each new site, then one for each district. */
function sitingCsv({ sites, byDistrict }: SitingPreviewReply): string {
  const head = [
    ...['record', 'id', 'name', 'easting_2177', 'northing_2177', 'people', 'served_before', 'served_after'],
    ...['gained', 'within_5_min', 'within_10_min', 'within_15_min', 'half_walk_min', 'places'],
    ...['left_without_place_before', 'left_without_place_after', 'cost_pln'],
  ];
  const rows = [
    ...sites.map((site): Cell[] => [
      ...['site', site.candidate, site.parcel, site.place.e, site.place.n, null, null, null],
      ...[site.gained, site.served5, site.served10, site.served15, site.walkMinutesP50, site.capacity],
      ...[null, null, site.costPln],
    ]),
    ...byDistrict.map((each): Cell[] => [
      ...['district', each.district, each.name, null, null, each.people, each.servedBefore],
      ...[each.servedAfter, each.servedAfter - each.servedBefore, null, null, null, null, null],
      ...[each.leftBefore, each.leftAfter, null],
    ]),
  ];
  return [head, ...rows].map((row) => `${row.map(csvCell).join()}\r\n`).join('');
}

/** Sites and everybody before and after, EPSG:2177, easting first, said as GeoJSON of 2008 says it. */
function sitingGeoJson({ sites, points }: SitingPreviewReply): string {
  const point = (e: number, n: number) => ({ type: 'Point', coordinates: [e, n] });
  const feature = (id: string, e: number, n: number, properties: object) => ({
    ...{ type: 'Feature', id, geometry: point(e, n), properties },
  });
  const answer = isBestShown.value ? best.value : undefined;
  const { kind, objective } = sitingAsk.value;
  return JSON.stringify({
    type: 'FeatureCollection',
    crs: { type: 'name', properties: { name: 'urn:ogc:def:crs:EPSG::2177' } },
    kind,
    ...(answer && {
      ...{ aim: objective, objective: answer.objective, bound: answer.bound, unit: answer.unit },
      ...{ proven: answer.proven, gap: answer.gap, runnerUp: answer.runnerUp },
    }),
    features: [
      ...sites.map(({ candidate, place: { e, n }, ...rest }) =>
        feature(`site ${candidate}`, e, n, { record: 'site', candidate, ...rest }),
      ),
      ...points.map(({ id, e, n, ...rest }) => feature(id, e, n, { record: 'people', ...rest })),
    ],
  });
}

/** Spreadsheets take a file for UTF-8 by this mark alone. */
const BYTE_ORDER_MARK = '\ufeff';

export function saveSitingCsv(told: SitingPreviewReply): void {
  saveFile(
    new Blob([BYTE_ORDER_MARK + sitingCsv(told)], { type: 'text/csv;charset=utf-8' }),
    sitingFileName('csv'),
  );
}

export function saveSitingGeoJson(told: SitingPreviewReply): void {
  saveFile(new Blob([sitingGeoJson(told)], { type: 'application/geo+json' }), sitingFileName('geojson'));
}

export const sitingFileName = (ending: string): string =>
  `blizniak-${sitingAsk.value.kind.replaceAll('_', '-')}.${ending}`;

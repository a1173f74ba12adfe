/** New sites, and the people they are for, as layers for GIS programs. */
import { SITING_WORDS } from '../../../core/documents/siting-words.ts';
import type { Language } from '../../../core/feature/layer.ts';
import type { SitingPreviewReply } from '../../../core/wire/siting-answer.ts';
import type { SitedKind } from '../../../core/wire/siting-question.ts';
import type { GeoPackageColumn, GeoPackageLayer, GeoPackageRow } from '../../services/geo-packages.ts';

type Column<Told> = readonly [
  name: string,
  type: GeoPackageColumn['type'],
  cellOf: (told: Told) => GeoPackageRow['values'][number],
];
interface At {
  readonly e: number;
  readonly n: number;
}

/** Named as in the CSV of the screen. */
const siteColumns = (kind: SitedKind): readonly Column<SitingPreviewReply['sites'][number]>[] => [
  ['id', 'TEXT', (site) => site.candidate],
  ['kind', 'TEXT', () => kind],
  ['parcel_id', 'TEXT', (site) => site.parcel],
  ['easting_2177', 'REAL', (site) => site.place.e],
  ['northing_2177', 'REAL', (site) => site.place.n],
  ['gained', 'REAL', (site) => site.gained],
  ['within_5_min', 'REAL', (site) => site.served5],
  ['within_10_min', 'REAL', (site) => site.served10],
  ['within_15_min', 'REAL', (site) => site.served15],
  ['half_walk_min', 'REAL', (site) => site.walkMinutesP50],
  ['places', 'INTEGER', (site) => site.capacity],
  ['cost_pln', 'REAL', (site) => site.costPln],
  ['off_street_m', 'REAL', (site) => site.offStreetM],
];
const PEOPLE_COLUMNS: readonly Column<SitingPreviewReply['points'][number]>[] = [
  ['id', 'TEXT', (point) => point.id],
  ['people', 'REAL', (point) => point.people],
  ['walk_min_before', 'REAL', (point) => point.walkBefore],
  ['walk_min_after', 'REAL', (point) => point.walkAfter],
  ['places_each_before', 'REAL', (point) => point.accessBefore],
  ['places_each_after', 'REAL', (point) => point.accessAfter],
];

/** Layers `sites` and `people`: points in EPSG:2177. */
export function sitingLayers(
  { sites, points }: SitingPreviewReply,
  kind: SitedKind,
  language: Language,
): readonly GeoPackageLayer[] {
  return [
    layerOf('sites', SITING_WORDS.sites[language], siteColumns(kind), sites, ({ place }) => place),
    layerOf('people', SITING_WORDS.people[language], PEOPLE_COLUMNS, points, (point) => point),
  ];
}

const layerOf = <Told>(
  name: string,
  title: string,
  columns: readonly Column<Told>[],
  told: readonly Told[],
  placeOf: (each: Told) => At,
): GeoPackageLayer => ({
  ...{ name, title, geometryType: 'POINT', srid: 2177 },
  columns: columns.map(([column, type]) => ({ name: column, type })),
  rows: told.map((each) => {
    const { e, n } = placeOf(each);
    return {
      geometry: { type: 'Point', coordinates: [e, n] },
      values: columns.map(([, , cellOf]) => cellOf(each)),
    };
  }),
});

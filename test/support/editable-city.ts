/** The sample city with something in every layer that edits of scenarios can change. EPSG:2177. */
import type { Feature, PropertyValue } from '../../core/feature/feature.ts';
import type { Geometry, Position } from '../../core/geo/geometry.ts';
import type { ChangeableLayer } from '../../core/wire/edits/changeable-layers.ts';
import { SAMPLE_ORIGIN, sampleFeatures, sampleParcelId } from './sample-city.ts';

const { easting: E, northing: N } = SAMPLE_ORIGIN;
const at = (x: number, y: number): Position => [E + x, N + y];
const box = (minX: number, minY: number, maxX: number, maxY: number): Geometry => ({
  type: 'MultiPolygon',
  coordinates: [[[at(minX, minY), at(maxX, minY), at(maxX, maxY), at(minX, maxY), at(minX, minY)]]],
});
const feature = (
  layer: ChangeableLayer,
  id: string,
  geometry: Geometry,
  properties: Record<string, PropertyValue>,
): Feature => ({ layer, id, geometry, properties });
const times = <T>(count: number, make: (index: number) => T): T[] =>
  Array.from({ length: count }, (_, i) => make(i));

/** Junctions stand every 80 m along both streets, named by street and number. */
const BETWEEN_JUNCTIONS_M = 80;

/**
 * Parcels in rows of twenty with buildings (`sampleFeatures`), two streets along them with a cross street, trees,
 * facilities, pipes with devices, zones of a plan, boundary points, addresses and lawns.
 */
export function editableCity(parcels: number): readonly Feature[] {
  return [
    ...sampleFeatures(parcels),
    ...times(10, (i) => road(i)),
    feature(
      'roads',
      'R.cross',
      { type: 'LineString', coordinates: [at(160, -4), at(160, 64)] },
      {
        class: 'local',
        name: 'Poprzeczna',
        lanes: 2,
        width_m: 6,
        speed_kmh: 30,
        oneway: false,
        from_node: 'S.2',
        to_node: 'N.2',
        signal_to: '40/90',
      },
    ),
    ...times(30, tree),
    ...times(8, facility),
    ...times(6, utilityLine),
    ...times(6, (i) =>
      feature(
        'utility_devices',
        `UD.${i}`,
        { type: 'Point', coordinates: at(i * 60, 2) },
        { network: 'water', kind: 'valve' },
      ),
    ),
    ...times(4, (i) =>
      feature('plan_zones', `Z.${i}`, box(i * 100, 0, (i + 1) * 100, 60), {
        plan_kind: 'local',
        designation: `${i + 1}MN`,
        symbol: 'MN',
        max_height_m: 9 + i,
        max_built_share_pct: 30,
        drafting_note: 'tylko dla pracowników',
      }),
    ),
    ...times(21, (i) =>
      feature(
        'boundary_points',
        `BP.${i}`,
        { type: 'Point', coordinates: at(i * 20, 0) },
        { point_number: `${i}` },
      ),
    ),
    ...times(10, (i) =>
      feature(
        'addresses',
        `A.${i}`,
        { type: 'Point', coordinates: at(i * 20 + 9, 9) },
        { house_number: `${i}`, parcel_id: sampleParcelId(i) },
      ),
    ),
    feature('green_areas', 'G.1', box(0, 70, 200, 100), {
      name: 'Park',
      kind: 'park',
      access: 'public',
      area_m2: 6000,
    }),
  ];
}

function road(index: number): Feature {
  const [street, y] = index < 5 ? (['S', -4] as const) : (['N', 64] as const);
  const from = index % 5;
  return feature(
    'roads',
    `R.${street}${from}`,
    {
      type: 'LineString',
      coordinates: [at(from * BETWEEN_JUNCTIONS_M, y), at((from + 1) * BETWEEN_JUNCTIONS_M, y)],
    },
    {
      class: 'collector',
      name: street === 'S' ? 'Południowa' : 'Północna',
      lanes: 2,
      width_m: 6,
      speed_kmh: 50,
      oneway: index % 3 === 0,
      closed: index === 7,
      surface: 'asphalt',
      from_node: `${street}.${from}`,
      to_node: `${street}.${from + 1}`,
      ...(index === 0 && { no_turn_to: 'R.S1' }),
    },
  );
}

const tree = (index: number): Feature =>
  feature(
    'trees',
    `T.${index}`,
    { type: 'Point', coordinates: at(index * 13 + 1, (index % 4) * 15 + 1) },
    {
      parcel_id: sampleParcelId(Math.floor((index * 13 + 1) / 20)),
      species: 'lipa drobnolistna',
      height_m: 4 + (index % 12),
      crown_diameter_m: 3 + (index % 5),
      form: 'broadleaved',
      protection: index % 7 === 0 ? 'monument' : 'none',
      planted_year: 1980 + index,
      last_inspection: '2025-05-01',
      inspection_note: 'tylko dla pracowników',
    },
  );

/** Kinds of facilities there, and of those that random edits add. */
export const SITED_FACILITIES = ['nursery', 'primary_school'] as const;

const facility = (index: number): Feature =>
  feature(
    'facilities',
    `F.${index}`,
    { type: 'Point', coordinates: at(index * 45 + 10, 10) },
    {
      name: `Placówka ${index}`,
      kind: SITED_FACILITIES[index % 2] ?? 'nursery',
      capacity: 20 + index * 10,
      enrolled: 18 + index * 10,
      opened_on: '2001-09-01',
      ownership: 'municipal',
      waiting_list_contact: 'tylko dla pracowników',
    },
  );

const utilityLine = (index: number): Feature =>
  feature(
    'utility_lines',
    `U.${index}`,
    { type: 'LineString', coordinates: [at(index * 60, 2), at(index * 60 + 60, 2)] },
    {
      network: index % 2 === 0 ? 'water' : 'gas',
      role: 'main',
      course: 'underground',
      diameter_mm: 100 + index * 50,
      state: 'existing',
      operator: 'tylko dla pracowników',
    },
  );

/** Settling edits of trees. */
import type { Feature } from '../../../core/feature/feature.ts';
import { touched } from '../../../core/scenario/scenario-row.ts';
import type { FellTree, PlantTree } from '../../../core/wire/edits/tree.ts';
import type { Finding } from '../../../core/wire/scenario.ts';
import { plannedId } from '../random-name.ts';
import { ewkb } from '../settle-place.ts';
import { sql } from '../sql.ts';
import { type EditedCity, namedIn, objectNamed, refuseOutside, type SettledEdit } from './edited-city.ts';
import { type Near, near } from './neighbours.ts';
import { TREE_STRIP } from './tree-strips.ts';

/** Half of the carriageway, by the class where nobody has measured it. */
const HALF_ROAD = { of: sql`coalesce(width_m, 5.5) / 2`, atMostM: 20 } as const;

export async function settlePlantTree(city: EditedCity, { at }: PlantTree): Promise<SettledEdit> {
  const trunk = ewkb({ type: 'Point', coordinates: at });
  await refuseOutside(city, trunk, [at], 'at');
  const [parcel] = await near(city, 'parcels', trunk, 0);
  const findings = [
    ...within(await near(city, 'buildings', trunk, 0)),
    ...onRoad(await near(city, 'roads', trunk, HALF_ROAD)),
    ...nearUtility(await near(city, 'utility_lines', trunk, TREE_STRIP)),
  ];
  const objects = [{ layer: 'trees', id: plannedId(), change: 'added' } as const];
  return { settled: { objects, parcelIds: parcel ? [parcel.id] : [] }, findings };
}

export async function settleFellTree(city: EditedCity, { tree }: FellTree): Promise<SettledEdit> {
  const found = await objectNamed(city, 'trees', tree, 'tree');
  return { settled: { objects: [touched(found, 'trees', 'removed')] }, findings: protection(found) };
}

const within = (buildings: readonly Near[]): readonly Finding[] =>
  buildings.length === 0
    ? []
    : [
        {
          code: 'tree-in-building',
          severity: 'warning',
          message: {
            pl: 'W tym miejscu stoi budynek; przesuń drzewo albo usuń budynek w scenariuszu',
            en: 'A building stands here; move the tree, or remove the building in the scenario',
          },
          ids: namedIn(buildings),
        },
      ];

const onRoad = (roads: readonly Near[]): readonly Finding[] =>
  roads.length === 0
    ? []
    : [
        {
          code: 'tree-on-road',
          severity: 'warning',
          message: { pl: 'Pień stoi na jezdni', en: 'The trunk stands on the carriageway' },
          ids: namedIn(roads),
        },
      ];

function nearUtility(lines: readonly Near[]): readonly Finding[] {
  const [nearest] = lines;
  if (!nearest) return [];
  const metres = nearest.distance_m.toFixed(1);
  return [
    {
      code: 'tree-near-utility',
      severity: 'warning',
      message: {
        pl: `Pień stoi ${metres} m od osi przewodu (przewodów w pasie: ${lines.length}); przy gazie wymagane 2 m, powyżej DN300 3 m, przy innych zwyczajowo 1,5 m`,
        en: `The trunk stands ${metres} m from the axis of a line (lines in whose strip it stands: ${lines.length}); gas needs 2 m, above DN300 3 m, others usually 1.5 m`,
      },
      ids: namedIn(lines),
    },
  ];
}

function protection({ id, properties }: Feature): readonly Finding[] {
  const isProtected = properties['protection'] === 'monument' || properties['protection'] === 'heritage';
  if (!isProtected) return [];
  return [
    {
      code: 'protected-tree',
      severity: 'warning',
      message: {
        pl: 'Drzewo jest chronione (pomnik przyrody albo rejestr zabytków); wycięcie wymaga zniesienia ochrony',
        en: 'The tree is protected (natural monument or heritage register); felling needs the protection lifted',
      },
      ids: [id],
    },
  ];
}

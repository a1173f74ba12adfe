import { movedShape, raisedSolid } from '../../building/placed-solid.ts';
import type { Feature } from '../../feature/feature.ts';
import { bboxOf } from '../../geo/bbox.ts';
import type { MultiPolygon } from '../../geo/geometry.ts';
import type { Xy } from '../../geo/plane.ts';
import type { ChangeBuilding, MoveBuilding } from '../../wire/edits/building-change.ts';
import type { Settled } from '../../wire/scenario.ts';
import { parcelWords } from '../on-parcels.ts';
import { changedRows, featureBefore, type ScenarioRow } from '../scenario-row.ts';

/** Rows of `buildings` and `buildings_3d` of a building that is moved or changed. */
export function changedBuildingRows(
  edit: MoveBuilding | ChangeBuilding,
  settled: Settled,
): readonly ScenarioRow[] {
  if (edit.kind === 'move-building') {
    const pivot = pivotOf(settled.objects.map(featureBefore));
    return changedRows(settled, (before) => movedFeature(before, edit, pivot, settled));
  }
  return changedRows(settled, (before) => changedFeature(before, edit, settled));
}

/** What a building turns about: the middle of the box of its first row, that of the register where it has one. */
export function pivotOf([first]: readonly Feature[]): Xy {
  const box = first?.geometry && bboxOf(first.geometry, 0);
  // To the millimetre, so that turning back by the same angle finds the same place.
  const middle = (a: number, b: number) => Math.round((a + b) * 500) / 1000;
  return box ? [middle(box.minX, box.maxX), middle(box.minY, box.maxY)] : [0, 0];
}

function movedFeature(
  { layer, geometry, properties }: Feature,
  { byM, turnDeg }: MoveBuilding,
  pivot: Xy,
  { raisedM = 0, parcelIds = [] }: Settled,
) {
  const shape = movedShape(geometry as MultiPolygon, { pivot, byM, turnDeg, raiseM: raisedM });
  if (layer === 'buildings') {
    return { geometry: shape, properties: { parcel_ids: parcelWords(parcelIds) } };
  }
  const groundM = properties['ground_height_m'];
  const raised = typeof groundM === 'number' ? { ground_height_m: mm(groundM + raisedM) } : {};
  return { geometry: shape, properties: raised };
}

function changedFeature(
  { layer, geometry, properties }: Feature,
  edit: ChangeBuilding,
  { raisedM = 0 }: Settled,
) {
  const storeys = edit.storeys === undefined ? {} : { storeys_above: edit.storeys };
  if (layer === 'buildings') {
    return { properties: { ...storeys, ...(edit.function && { kind: edit.function }) } };
  }
  const used = edit.function ? { function: edit.function } : {};
  if (raisedM === 0) return { properties: { ...storeys, ...used } };
  const { shape } = raisedSolid(geometry as MultiPolygon, String(properties['surface_kinds'] ?? ''), raisedM);
  return {
    geometry: shape,
    properties: {
      ...{ ...storeys, ...used, height_m: mm(heightOfSolid({ geometry, properties }) + raisedM) },
      // Pictures of the walls as they were.
      appearance: null,
    },
  };
}

/** From the ground to the highest point, m: as registered, or as it is built. */
export function heightOfSolid({ geometry, properties }: Pick<Feature, 'geometry' | 'properties'>): number {
  const registered = properties['height_m'];
  if (typeof registered === 'number') return registered;
  const heights = (geometry as MultiPolygon).coordinates.flat(2).map(([, , z]) => z ?? 0);
  return mm(Math.max(...heights) - Math.min(...heights));
}

const mm = (metres: number): number => Math.round(metres * 1000) / 1000;

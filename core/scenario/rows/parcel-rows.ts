import type { Feature, PropertyValue } from '../../feature/feature.ts';
import { measurePlane } from '../../geo/plane-measures.ts';
import type { MergeParcels, SplitParcel } from '../../wire/edits/parcel.ts';
import type { Settled } from '../../wire/scenario.ts';
import { PARCEL_PROPERTY, parcelWords } from '../on-parcels.ts';
import { parcelNumber, shareRegisteredArea } from '../parcel-numbers.ts';
import {
  addedRow,
  changedRows,
  featureBefore,
  objectKey,
  PLANNED_NAMESPACE,
  removedRows,
  type ScenarioRow,
} from '../scenario-row.ts';

/**
 * Rows of `parcels`, of their land uses and boundary points: those that were are gone, those that follow have what they
 * take over; and of buildings, addresses and trees, which are registered on those that follow.
 */
export function parcelRows(edit: SplitParcel | MergeParcels, settled: Settled): readonly ScenarioRow[] {
  const before = settled.objects
    .filter(({ layer, change }) => layer === 'parcels' && change === 'removed')
    .map(featureBefore);
  const [largest] = before.toSorted((a, b) => areaM2(b) - areaM2(a) || (a.id < b.id ? -1 : 1));
  const made = (settled.shapes ?? []).filter(({ layer }) => layer === 'parcels');
  const registeredHa = registeredOf(before);
  const shares =
    registeredHa === undefined
      ? []
      : shareRegisteredArea(
          registeredHa,
          made.map((shape) => areaM2(shape)),
        );
  const landUses = (settled.shapes ?? []).filter(({ layer }) => layer === 'parcel_land_uses');
  const points = (settled.shapes ?? []).filter(({ layer }) => layer === 'boundary_points');
  const registeredOn = new Map(settled.registeredOn?.map((each) => [objectKey(each), each]));
  return [
    ...removedRows(settled),
    ...landUses.map((made) => addedRow(made, made.geometry, made.properties ?? {})),
    ...points.map((point) =>
      addedRow(point, point.geometry, { iip_namespace: PLANNED_NAMESPACE, iip_local_id: point.id }),
    ),
    ...changedRows(settled, (before) => {
      const anew = registeredOn.get(objectKey(before));
      return anew ? { properties: { [PARCEL_PROPERTY[anew.layer]]: parcelWords(anew.parcelIds) } } : {};
    }),
    ...made.map(({ id, geometry }, i) =>
      addedRow({ layer: 'parcels', id }, geometry, {
        ...largest?.properties,
        ...(edit.kind === 'merge-parcels' && { land_use: landUsesOf(before) }),
        parcel_number: parcelNumber(id),
        registered_area_ha: shares[i] ?? null,
        iip_namespace: PLANNED_NAMESPACE,
        iip_local_id: id,
      }),
    ),
  ];
}

const areaM2 = ({ geometry }: Pick<Feature, 'geometry'>): number =>
  (geometry && measurePlane(geometry)?.areaM2) ?? 0;

/** What the register says of them together; undefined where it does not say it of each. */
function registeredOf(parcels: readonly Feature[]): number | undefined {
  const areas = parcels.map(({ properties }) => properties['registered_area_ha']);
  return areas.every((area) => typeof area === 'number')
    ? areas.reduce((sum, area) => sum + area, 0)
    : undefined;
}

/** Each use once, in the order of the parcels. */
function landUsesOf(parcels: readonly Feature[]): PropertyValue {
  const uses = parcels.flatMap(({ properties }) => String(properties['land_use'] ?? '').split(/\s*,\s*/));
  return [...new Set(uses.filter((use) => use !== ''))].join(', ') || null;
}

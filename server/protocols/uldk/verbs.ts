/** What the state's parcel locator is asked for: a kind of object, and by what it is found. */
import { invalidParameter } from '../../../core/errors.ts';

export type LocatedKind = 'parcel' | 'building' | 'region' | 'commune' | 'county' | 'voivodeship';
/** `id-or-name`: `306401_1.0021`, `Zatorze`; for parcels `Zatorze 12/3`. `ids`: several by comma, as one area. */
export type LocatedBy = 'id' | 'ids' | 'id-or-name' | 'xy' | 'near';

export interface Verb {
  readonly kind: LocatedKind;
  readonly by: LocatedBy;
}

const VERBS: Readonly<Record<string, Verb>> = {
  GetParcelById: { kind: 'parcel', by: 'id' },
  GetParcelByIdOrNr: { kind: 'parcel', by: 'id-or-name' },
  GetParcelByXY: { kind: 'parcel', by: 'xy' },
  GetBuildingById: { kind: 'building', by: 'id' },
  GetBuildingByXY: { kind: 'building', by: 'xy' },
  GetRegionById: { kind: 'region', by: 'id' },
  GetRegionByNameOrId: { kind: 'region', by: 'id-or-name' },
  GetRegionByXY: { kind: 'region', by: 'xy' },
  GetCommuneById: { kind: 'commune', by: 'id' },
  GetCommuneByXY: { kind: 'commune', by: 'xy' },
  GetCountyById: { kind: 'county', by: 'id' },
  GetCountyByXY: { kind: 'county', by: 'xy' },
  GetVoivodeshipById: { kind: 'voivodeship', by: 'id' },
  GetVoivodeshipByXY: { kind: 'voivodeship', by: 'xy' },
  SnapToPoint: { kind: 'parcel', by: 'near' },
  GetAggregateArea: { kind: 'parcel', by: 'ids' },
};
const BY_LOWER_NAME = new Map(Object.entries(VERBS).map(([name, verb]) => [name.toLowerCase(), verb]));

/** @throws TwinError invalid-parameter naming what there is */
export function verbNamed(name: string): Verb {
  const verb = BY_LOWER_NAME.get(name.toLowerCase());
  if (verb) return verb;
  throw invalidParameter(
    'request',
    `There is no request "${name.slice(0, 60)}"; use one of ${Object.keys(VERBS).join(', ')}`,
  );
}

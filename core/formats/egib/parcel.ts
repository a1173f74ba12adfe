import type { Feature } from '../../feature/feature.ts';
import type { GmlFrame } from '../../geo/gml-geometry-frame.ts';
import { childOf, childrenOf, childText, textOf, type XmlElement } from '../../xml/element.ts';
import type { Notebook } from '../notebook.ts';
import { RejectedObject } from '../rejected-object.ts';
import { readOutline } from './register-geometry.ts';
import { areaOf, readIdentity } from './register-values.ts';
import { parseParcelId } from './teryt-id.ts';

export interface RegisterObject {
  readonly feature: Feature;
  readonly srid: number;
  readonly ended: boolean;
}

/**
 * EGB_DzialkaEwidencyjna of 2021 and 2015. Land-register numbers, owners and documents are not read at all.
 * @throws RejectedObject or GmlGeometryError when it cannot be taken over.
 */
export function readParcel(object: XmlElement, frame: GmlFrame, notes: Notebook): RegisterObject {
  const identity = readIdentity(object);
  const written = childText(object, 'idDzialki');
  const parts = written === undefined ? undefined : parseParcelId(written);
  const id = parts === undefined ? identity.localId : written;
  if (id === undefined) {
    throw new RejectedObject('missing-id', 'neither idDzialki nor lokalnyId is given', object);
  }
  if (parts === undefined) {
    notes.add(
      'parcel-id',
      `idDzialki "${written ?? ''}" is no TERYT parcel id; the parcel is kept under its IIP lokalnyId`,
    );
  }
  const { geometry, srid } = readOutline(object, frame);
  return {
    srid,
    ended: identity.ended,
    feature: {
      layer: 'parcels',
      id,
      geometry,
      properties: {
        parcel_number: parts?.number ?? written ?? null,
        precinct_id: parts?.precinctId ?? null,
        map_sheet: parts?.mapSheet ?? null,
        // 2021 names first, then those of 2015.
        registered_area_ha: areaOf(
          childOf(object, 'poleEwidencyjne') ?? childOf(object, 'powierzchniaEwidencyjna'),
          'ha',
        ),
        area_precision:
          childText(object, 'dokladnoscReprezentacjiPola') ??
          childText(object, 'informacjaODokladnReprezentacjiPola') ??
          null,
        land_use: readLandUse(object),
        ...identity.properties,
      },
    },
  };
}

/** `RVI 0.242 ha; B-RIVa 0.05 ha`: land use (OFU), where it differs soil contour and class (OZU OZK), area. */
function readLandUse(object: XmlElement): string | null {
  const uses = childrenOf(object, 'klasouzytek').flatMap(({ children }) =>
    children.map((use) => {
      const [ofu, ozu, ozk] = ['OFU', 'OZU', 'OZK'].map((local) => childText(use, local));
      const soil = `${ozu ?? ''}${ozk ?? ''}`;
      const designation = ofu === undefined || ofu === ozu ? soil : soil === '' ? ofu : `${ofu}-${soil}`;
      const area = areaOf(childOf(use, 'powierzchnia'), 'ha');
      return [designation, area === null ? '' : `${area} ha`].filter((part) => part !== '').join(' ');
    }),
  );
  const told = uses.filter((use) => use !== '');
  return told.length === 0 ? null : told.join('; ');
}

/** The lokalnyId of an object, under which other objects refer to it. */
export function localIdOf(object: XmlElement): string | undefined {
  // BDOT10k of 2021 keeps it in the object itself.
  return textOf(childOf(childOf(object, 'idIIP')?.children[0] ?? object, 'lokalnyId'));
}

import type { GmlFrame } from '../../geo/gml-geometry-frame.ts';
import { childOf, childrenOf, childText, hrefOf, type XmlElement } from '../../xml/element.ts';
import type { Notebook } from '../notebook.ts';
import { RejectedObject } from '../rejected-object.ts';
import type { RegisterObject } from './parcel.ts';
import { readOutline } from './register-geometry.ts';
import { areaOf, integerIn, localIdInReference, readIdentity } from './register-values.ts';
import { isBuildingId } from './teryt-id.ts';

/** EGB_RodzajWgKSTType of 2015 (numbers) in the letters of 2021; both are annexes to the regulations. */
const KIND_OF_2015: Readonly<Record<string, string>> = {
  '101': 'p',
  '102': 't',
  '103': 'h',
  '104': 's',
  '105': 'b',
  '106': 'z',
  '107': 'k',
  '108': 'g',
  '109': 'i',
  '110': 'm',
};

/**
 * EGB_Budynek of 2021 and 2015. Land-register numbers, owners and documents are not read at all.
 * `parcel_ids` is left null: the parcels are named by reference (`parcelReferences`).
 * @throws RejectedObject or GmlGeometryError when it cannot be taken over.
 */
export function readBuilding(object: XmlElement, frame: GmlFrame, notes: Notebook): RegisterObject {
  const identity = readIdentity(object);
  const written = childText(object, 'idBudynku');
  const usable = written !== undefined && isBuildingId(written);
  const id = usable ? written : identity.localId;
  if (id === undefined) {
    throw new RejectedObject('missing-id', 'neither a building id (…N_BUD) nor lokalnyId is given', object);
  }
  if (!usable) {
    notes.add(
      'building-id',
      `idBudynku "${written ?? ''}" is no building id (…N_BUD); the building is kept under its IIP lokalnyId`,
    );
  }
  const kind = childText(object, 'rodzajWgKST');
  const { geometry, srid } = readOutline(object, frame);
  return {
    srid,
    ended: identity.ended,
    feature: {
      layer: 'buildings',
      id,
      geometry,
      properties: {
        kind: kind === undefined ? null : (KIND_OF_2015[kind] ?? kind),
        storeys_above: integerIn(object, 'liczbaKondygnacjiNadziemnych'),
        storeys_below: integerIn(object, 'liczbaKondygnacjiPodziemnych'),
        built_area_m2: areaOf(childOf(object, 'powZabudowy'), 'm2'),
        parcel_ids: null,
        ...identity.properties,
      },
    },
  };
}

/** IIP local ids of the parcels built upon. */
export function parcelReferences(object: XmlElement): readonly string[] {
  const properties = [
    ...childrenOf(object, 'dzialkaZabudowana'),
    // 2015
    ...childrenOf(object, 'dzialkaZabudowanaBudynkiem'),
  ];
  return properties.flatMap((property) => {
    const href = hrefOf(property);
    return href === undefined ? [] : [localIdInReference(href)];
  });
}

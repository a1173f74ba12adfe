import type { GmlFrame } from '../../geo/gml-geometry-frame.ts';
import { childText, type XmlElement } from '../../xml/element.ts';
import { RejectedObject } from '../rejected-object.ts';
import type { RegisterObject } from './parcel.ts';
import { readPlace } from './register-geometry.ts';
import { readIdentity } from './register-values.ts';

/**
 * EGB_PunktGraniczny of 2021 and 2015. Key: lokalnyId, since numbers of points repeat between surveys.
 * @throws RejectedObject or GmlGeometryError when it cannot be taken over.
 */
export function readBoundaryPoint(object: XmlElement, frame: GmlFrame): RegisterObject {
  const identity = readIdentity(object);
  if (identity.localId === undefined) {
    throw new RejectedObject('missing-id', 'lokalnyId is not given', object);
  }
  const value = (...names: readonly string[]): string | null =>
    names.map((name) => childText(object, name)).find((text) => text !== undefined) ?? null;
  const { geometry, srid } = readPlace(object, frame);
  return {
    srid,
    ended: identity.ended,
    feature: {
      layer: 'boundary_points',
      id: identity.localId,
      geometry,
      properties: {
        point_number: value('idPunktu', 'oznWMaterialeZrodlowym'),
        origin: value('sposobPozyskania'),
        meets_accuracy: value('spelnienieWarunkowDokl'),
        // 2021 name first, then that of 2015.
        monument: value('rodzajStabilizacji', 'kodStabilizacji'),
        position_error: value('bladPolozeniaWzgledemOsnowy'),
        source_designation: value('oznWMaterialeZrodlowym'),
        survey_file: value('numerOperatuTechnicznego'),
        ...identity.properties,
      },
    },
  };
}

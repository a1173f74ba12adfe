/** Identifiers and moments as the registers write them. */
import type { Feature } from '../../feature/feature.ts';
import { gmlId } from '../../feature/identifier.ts';

/** xs:dateTime. */
export const XML_DATE_TIME =
  /^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])T([01]\d|2[0-3]):[0-5]\d:[0-5]\d(\.\d+)?(Z|[+-](0\d|1[0-4]):[0-5]\d)?$/;

/**
 * gml:id of an object, and the name by which others refer to it: `PL.PZGiK.1004.EGiB_<lokalnyId>_<wersjaId>`, colons
 * of the version as dashes. An object without identifier of the infrastructure has the name of its layer and its id.
 */
export function registerGmlId(feature: Pick<Feature, 'layer' | 'id' | 'properties'>): string {
  const { iip_namespace, iip_local_id, iip_version } = feature.properties;
  if (typeof iip_namespace !== 'string' || typeof iip_local_id !== 'string') {
    return gmlId(feature.layer, feature.id);
  }
  const parts = [iip_namespace, iip_local_id, ...(typeof iip_version === 'string' ? [iip_version] : [])];
  return parts.join('_').replaceAll(/[^A-Za-z0-9._-]/g, '-');
}

const UTC = /(?:\.0+)?(?:Z|\+00(?::?00)?)$/;

/** A moment with the digits of the register, which writes no zone (and was read as UTC). */
export function registerMoment(text: string | null): string | null {
  const moment = text?.replace(' ', 'T').replace(UTC, '') ?? '';
  return XML_DATE_TIME.test(moment) ? moment : null;
}

import { invalidParameter } from '../../../core/errors.ts';
import type { Layer } from '../../../core/feature/layer.ts';
import { type CrsReference, crsOf, crsUrn, parseCrs, SERVED_CRS } from '../../../core/geo/crs.ts';
import { VERSION } from './request.ts';
import type { WfsVersion } from './versions.ts';

const CRS84_URN = 'urn:ogc:def:crs:OGC:1.3:CRS84';

/**
 * The layer of a feature type's local name.
 * @throws TwinError invalid-parameter that names the types there are (09-025r2, 9.4: unknown type)
 */
export function featureType(layers: readonly Layer[], name: string, parameter = 'typeNames'): Layer {
  const layer = layers.find((each) => each.name === name);
  if (!layer) {
    const known = layers.map((each) => each.name).join(', ');
    throw invalidParameter(
      parameter,
      `There is no feature type "${name.slice(0, 200)}"; types: ${known || 'none yet'}`,
    );
  }
  return layer;
}

/**
 * The CRS of answers when none is asked for: that of the store, by URN, hence in authority order; WFS 1.0 knows the short
 * name only, easting first.
 */
export function defaultCrs(layer: Layer, version: WfsVersion = VERSION): CrsReference {
  if (version === '1.0.0') return parseCrs(`EPSG:${layer.srid}`);
  return { srid: layer.srid, order: crsOf(layer.srid).authorityOrder, text: crsUrn(layer.srid) };
}

/** Every other CRS that answers can be asked in. */
export function otherCrs(layer: Layer): readonly string[] {
  const others = SERVED_CRS.filter(({ srid }) => srid !== layer.srid).map(({ srid }) => crsUrn(srid));
  return [...others, CRS84_URN];
}

/**
 * The CRS of a spelling in a request. WFS 1.0 knows easting (longitude) first only; QGIS 3.22 sends its transactions so,
 * with the URN that it found in the capabilities of 2.0 beside coordinates that are easting first.
 */
export function requestCrs(version: WfsVersion, parameter = 'srsName'): (text: string) => CrsReference {
  if (version !== '1.0.0') return (text) => parseCrs(text, parameter);
  return (text) => ({ ...parseCrs(text, parameter), order: 'easting-northing' });
}

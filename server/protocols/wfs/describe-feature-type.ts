import type { Layer } from '../../../core/feature/layer.ts';
import { applicationSchema } from '../../../core/formats/gml-schema.ts';
import type { Reply } from '../../http/protocol.ts';
import { GML_TYPE, OLD_GML_TYPE } from './output-formats.ts';
import type { WfsVersion } from './versions.ts';

/** The application schema of feature types: GML 3.2.1 (09-025r2, 9), 3.1.1 in WFS 1.1 (04-094, 8), 2.1.2 in 1.0 (02-058, 8). */
export function describeFeatureType(layers: readonly Layer[], version: WfsVersion): Reply {
  const { type, gml } = SCHEMAS[version];
  return { status: 200, headers: { 'content-type': type }, body: applicationSchema(layers, gml) };
}

const SCHEMAS = {
  '2.0.0': { type: GML_TYPE, gml: '3.2' },
  '1.1.0': { type: OLD_GML_TYPE, gml: '3.1.1' },
  '1.0.0': { type: 'text/xml', gml: '2.1.2' },
} as const satisfies Record<WfsVersion, unknown>;

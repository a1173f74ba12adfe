import type { Layer } from '../../../core/feature/layer.ts';
import { applicationSchema } from '../../../core/formats/gml-schema.ts';
import type { Reply } from '../../http/protocol.ts';
import { GML_TYPE, OLD_GML_TYPE } from './output-formats.ts';
import type { ReadVersion } from './versions.ts';

/** The application schema of feature types: GML 3.2.1 (09-025r2, 9), or 3.1.1 in WFS 1.1 (04-094, 8). */
export function describeFeatureType(layers: readonly Layer[], version: ReadVersion): Reply {
  const isOld = version !== '2.0.0';
  return {
    status: 200,
    headers: { 'content-type': isOld ? OLD_GML_TYPE : GML_TYPE },
    body: applicationSchema(layers, isOld ? '3.1.1' : '3.2'),
  };
}

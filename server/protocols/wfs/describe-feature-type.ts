import type { Layer } from '../../../core/feature/layer.ts';
import { applicationSchema } from '../../../core/formats/gml-schema.ts';
import type { Reply } from '../../http/protocol.ts';
import { GML_TYPE } from './output-formats.ts';

/** The GML 3.2.1 application schema of feature types (09-025r2, 9). */
export function describeFeatureType(layers: readonly Layer[]): Reply {
  return { status: 200, headers: { 'content-type': GML_TYPE }, body: applicationSchema(layers) };
}

import type { Layer } from '../../../core/feature/layer.ts';
import { type Markup, markup } from '../../../core/xml/writer.ts';

/** Conformance classes of 09-026r2, table 1. */
const CONFORMANCE: Readonly<Record<string, boolean>> = {
  ImplementsQuery: true,
  ImplementsAdHocQuery: true,
  ImplementsFunctions: false,
  ImplementsResourceId: true,
  ImplementsMinStandardFilter: true,
  ImplementsStandardFilter: true,
  ImplementsMinSpatialFilter: true,
  ImplementsSpatialFilter: true,
  ImplementsMinTemporalFilter: true,
  ImplementsTemporalFilter: false,
  ImplementsVersionNav: false,
  ImplementsSorting: true,
  ImplementsExtendedOperators: false,
  ImplementsMinimumXPath: true,
  ImplementsSchemaElementFunc: false,
};

const COMPARISON = [
  'PropertyIsEqualTo',
  'PropertyIsNotEqualTo',
  'PropertyIsLessThan',
  'PropertyIsGreaterThan',
  'PropertyIsLessThanOrEqualTo',
  'PropertyIsGreaterThanOrEqualTo',
  'PropertyIsLike',
  'PropertyIsNull',
  'PropertyIsNil',
  'PropertyIsBetween',
] as const;

export const SPATIAL = [
  'BBOX',
  'Equals',
  'Disjoint',
  'Intersects',
  'Touches',
  'Crosses',
  'Within',
  'Contains',
  'Overlaps',
  'DWithin',
  'Beyond',
] as const;

const OPERANDS = [
  'Envelope',
  'Point',
  'MultiPoint',
  'LineString',
  'Curve',
  'MultiCurve',
  'Polygon',
  'Surface',
  'MultiSurface',
] as const;

const TEMPORAL = ['After', 'Before', 'During', 'TEquals'] as const;

export function filterCapabilities(layers: readonly Layer[]): Markup {
  const temporal = layers.some(({ properties }) =>
    properties.some(({ type }) => type === 'date' || type === 'datetime'),
  );
  return markup`<fes:Filter_Capabilities>
<fes:Conformance>${Object.entries(CONFORMANCE).map(
    ([name, holds]) =>
      markup`<fes:Constraint name="${name}"><ows:NoValues/><ows:DefaultValue>${holds ? 'TRUE' : 'FALSE'}</ows:DefaultValue></fes:Constraint>`,
  )}</fes:Conformance>
<fes:Id_Capabilities><fes:ResourceIdentifier name="fes:ResourceId"/></fes:Id_Capabilities>
<fes:Scalar_Capabilities><fes:LogicalOperators/><fes:ComparisonOperators>${COMPARISON.map((name) => markup`<fes:ComparisonOperator name="${name}"/>`)}</fes:ComparisonOperators></fes:Scalar_Capabilities>
<fes:Spatial_Capabilities><fes:GeometryOperands>${OPERANDS.map((name) => markup`<fes:GeometryOperand name="gml:${name}"/>`)}</fes:GeometryOperands><fes:SpatialOperators>${SPATIAL.map((name) => markup`<fes:SpatialOperator name="${name}"/>`)}</fes:SpatialOperators></fes:Spatial_Capabilities>
${
  temporal &&
  markup`<fes:Temporal_Capabilities><fes:TemporalOperands><fes:TemporalOperand name="gml:TimeInstant"/><fes:TemporalOperand name="gml:TimePeriod"/></fes:TemporalOperands><fes:TemporalOperators>${TEMPORAL.map((name) => markup`<fes:TemporalOperator name="${name}"/>`)}</fes:TemporalOperators></fes:Temporal_Capabilities>
`
}</fes:Filter_Capabilities>
`;
}

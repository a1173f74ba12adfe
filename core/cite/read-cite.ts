import type { Feature } from '../feature/feature.ts';
import { parseCrs } from '../geo/crs.ts';
import type { Geometry } from '../geo/geometry.ts';
import { readGmlGeometry } from '../geo/gml-geometry.ts';
import { PLAIN_FRAME } from '../geo/gml-geometry-frame.ts';
import { childrenOf, textOf, type XmlElement } from '../xml/element.ts';
import { parseXml } from '../xml/reader.ts';
import type { CiteLayer } from './cite-layers.ts';

/** The features of a file of the data set: GML 2, longitude first. */
export function readCite(document: string, { layer, geometry }: CiteLayer): readonly Feature[] {
  const frame = { ...PLAIN_FRAME, crs: parseCrs('CRS:84') };
  return childrenOf(parseXml(document), 'featureMember').flatMap((member, index) => {
    const [feature] = member.children;
    if (!feature) return [];
    const holders = feature.children.filter(({ children }) => children.length > 0);
    const holder = geometry === undefined ? holders[0] : holders.find(({ local }) => local === geometry);
    const [shape] = holder?.children ?? [];
    const properties = layer.properties.map(({ name }) => [name, textIn(feature, name)] as const);
    return [
      {
        ...{ layer: layer.name, id: feature.attributes['fid'] ?? `${layer.name}.${index + 1}` },
        geometry: shape && asDeclared(readGmlGeometry(shape, frame).geometry, layer.geometryType),
        properties: Object.fromEntries(properties),
      },
    ];
  });
}

const textIn = (feature: XmlElement, name: string) =>
  textOf(feature.children.find(({ local }) => local === name)) ?? null;

/** A single area or line of a layer of several. */
function asDeclared(geometry: Geometry, type: CiteLayer['layer']['geometryType']): Geometry {
  if (type === 'MultiPolygon' && geometry.type === 'Polygon') {
    return { type: 'MultiPolygon', coordinates: [geometry.coordinates] };
  }
  return geometry;
}

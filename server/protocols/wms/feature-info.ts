/** What was found at a pixel, as text, HTML, GeoJSON, GML 3.2 or the plain XML of EGiB services. */
import type { Feature } from '../../../core/feature/feature.ts';
import type { Language, Layer, PropertyDeclaration } from '../../../core/feature/layer.ts';
import { shownValue } from '../../../core/feature/shown-value.ts';
import { ByteWriter } from '../../../core/formats/byte-writer.ts';
import { coordinateStyle } from '../../../core/formats/coordinate-text.ts';
import { crsMember, featureText } from '../../../core/formats/geojson.ts';
import { GML_NAMESPACE, typeName, writeFeatureGml, xmlNamesOf } from '../../../core/formats/gml.ts';
import { type CrsReference, crsOf, crsUrn } from '../../../core/geo/crs.ts';
import { escapeText, markup, raw } from '../../../core/xml/writer.ts';
import type { Ask, Reply } from '../../http/protocol.ts';
import type { InfoFace } from './info-formats.ts';
import { WORDS } from './words.ts';

/** What was found in one layer, the likeliest first, in the CRS of the request. */
export interface LayerInfo {
  readonly layer: Layer;
  readonly features: readonly Feature[];
}

const CRS84_URN = 'urn:ogc:def:crs:OGC:1.3:CRS84';

export function writeInfo(
  found: readonly LayerInfo[],
  crs: CrsReference,
  { face, contentType }: { readonly face: InfoFace; readonly contentType: string },
  language: Language,
  ask: Pick<Ask, 'publicUrl'>,
  headers: Reply['headers'],
): Reply {
  const body = {
    text: () => textOf(found, language),
    html: () => htmlOf(found, language),
    json: () => jsonOf(found, crs),
    gml: () => gmlOf(found, crs, ask.publicUrl),
    xml: () => xmlOf(found),
  }[face]();
  const isText = contentType === 'text/plain' || contentType === 'text/html';
  return {
    status: 200,
    headers: {
      ...headers,
      'content-type': isText ? `${contentType}; charset=utf-8` : contentType,
      'content-language': language,
      vary: 'Accept-Language',
    },
    body,
  };
}

/** Label and value of everything that is known of a feature. */
function factsOf(layer: Layer, feature: Feature, language: Language): readonly (readonly [string, string])[] {
  const facts = layer.properties.map((property): readonly [string, string] => [
    property.label[language],
    valueText(property, feature, language),
  ]);
  return [[WORDS.identifier[language], feature.id] as const, ...facts.filter(([, value]) => value !== '')];
}

function valueText(property: PropertyDeclaration, feature: Feature, language: Language): string {
  const value = shownValue(property, feature.properties[property.name] ?? null, language);
  return value === '' || property.unit === undefined ? value : `${value} ${property.unit}`;
}

function textOf(found: readonly LayerInfo[], language: Language): string {
  const blocks = found.flatMap(({ layer, features }) =>
    features.map((feature) => {
      const facts = factsOf(layer, feature, language).map(([label, value]) => `  ${label}: ${value}\n`);
      return `${layer.title[language]}\n${facts.join('')}`;
    }),
  );
  return blocks.length > 0 ? blocks.join('\n') : `${WORDS.nothing[language]}\n`;
}

function htmlOf(found: readonly LayerInfo[], language: Language): string {
  const tables = found.flatMap(({ layer, features }) =>
    features.map(
      (feature) => markup`<h2>${layer.title[language]}</h2>
<table>
${factsOf(layer, feature, language).map(
  ([label, value]) => markup`<tr><th scope="row">${label}</th><td>${value}</td></tr>
`,
)}</table>
`,
    ),
  );
  return markup`<!doctype html>
<html lang="${language}"><head><meta charset="utf-8"><title>${WORDS.title[language]}</title></head><body>
${tables.length > 0 ? tables : markup`<p>${WORDS.nothing[language]}</p>`}
</body></html>
`.text;
}

/** Easting (longitude) first, as in all GeoJSON beside the OGC API. */
function jsonOf(found: readonly LayerInfo[], { srid }: CrsReference): string {
  const style = coordinateStyle({ srid, order: 'easting-northing' });
  const features = found.flatMap(({ layer, features: inside }) =>
    inside.map((feature) => featureText(feature, style, { layer: layer.name })),
  );
  const crs = crsMember(srid);
  return `{"type":"FeatureCollection"${crs ? `,"crs":${JSON.stringify(crs)}` : ''},"features":[\n${features.join(',\n')}\n]}\n`;
}

function gmlOf(found: readonly LayerInfo[], reference: CrsReference, publicUrl: string): string {
  const isCrs84 = reference.srid === 4326 && reference.order === 'easting-northing';
  const srsName = isCrs84 ? CRS84_URN : crsUrn(reference.srid);
  const order = isCrs84 ? 'easting-northing' : crsOf(reference.srid).authorityOrder;
  const style = { ...coordinateStyle({ srid: reference.srid, order }), srsName };
  const out = new ByteWriter();
  for (const { layer, features } of found) {
    for (const feature of features) {
      out.text('<gml:featureMember>');
      writeFeatureGml(out, feature, layer, style);
      out.text('</gml:featureMember>\n');
    }
  }
  const members = new TextDecoder().decode(out.take());
  const types = found.map(({ layer }) => typeName(layer)).join(',');
  const { prefix, namespace } = xmlNamesOf(found.map(({ layer }) => layer));
  const description = `${publicUrl}/wfs?service=WFS&version=2.0.0&request=DescribeFeatureType&typeNames=${types}`;
  const schemas = `${GML_NAMESPACE} http://schemas.opengis.net/gml/3.2.1/gml.xsd ${namespace} ${description}`;
  return markup`<?xml version="1.0" encoding="UTF-8"?>
<gml:FeatureCollection gml:id="info" xmlns:gml="${GML_NAMESPACE}" xmlns:${raw(prefix)}="${namespace}" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:schemaLocation="${raw(escapeText(schemas))}">
${raw(members)}</gml:FeatureCollection>
`.text;
}

/** As services of EGiB answer: an element for each object, called by its layer in capitals. */
function xmlOf(found: readonly LayerInfo[]): string {
  const objects = found.flatMap(({ layer, features }) => {
    const name = raw(layer.name.toUpperCase());
    return features.map(
      ({ id, properties }) => markup`<${name}>${!layer.xml && markup`<ID>${id}</ID>`}${layer.properties.map(
        (property) =>
          markup`<${raw(property.name)}>${String(properties[property.name] ?? '')}</${raw(property.name)}>`,
      )}</${name}>
`,
    );
  });
  return markup`<?xml version="1.0" encoding="UTF-8"?>
<GETFEATUREINFO>
${objects}</GETFEATUREINFO>
`.text;
}

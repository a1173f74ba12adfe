/** Application schemas of feature types: GML 3.2.1 (09-025r2, 9), 3.1.1 (04-094, 8) and 2.1.2 (02-058, 8), which have the same elements. */
import type { Layer, PropertyDeclaration, PropertyType } from '../feature/layer.ts';
import { type Markup, markup, raw } from '../xml/writer.ts';
import {
  GEOMETRY_PROPERTY,
  GML_NAMESPACE,
  GML_PROPERTY_TYPE,
  OLD_GML_NAMESPACE,
  typeName,
  xmlNamesOf,
} from './gml.ts';
import { GML2_PROPERTY_TYPE } from './gml2-geometry.ts';

const XSD_TYPES = {
  text: 'string',
  integer: 'integer',
  number: 'double',
  boolean: 'boolean',
  date: 'date',
  datetime: 'dateTime',
} as const satisfies Record<PropertyType, string>;

type GmlVersion = '3.2' | '3.1.1' | '2.1.2';

const GML = {
  '3.2': {
    namespace: GML_NAMESPACE,
    schema: 'http://schemas.opengis.net/gml/3.2.1/gml.xsd',
    feature: 'gml:AbstractFeature',
    geometry: GML_PROPERTY_TYPE,
  },
  '3.1.1': {
    namespace: OLD_GML_NAMESPACE,
    schema: 'http://schemas.opengis.net/gml/3.1.1/base/gml.xsd',
    feature: 'gml:_Feature',
    geometry: GML_PROPERTY_TYPE,
  },
  '2.1.2': {
    namespace: OLD_GML_NAMESPACE,
    schema: 'http://schemas.opengis.net/gml/2.1.2/feature.xsd',
    feature: 'gml:_Feature',
    geometry: GML2_PROPERTY_TYPE,
  },
} as const satisfies Record<GmlVersion, unknown>;

/** An XML Schema document; element order is that of `gml.ts`. */
export function applicationSchema(layers: readonly Layer[], version: GmlVersion = '3.2'): string {
  const { prefix, namespace } = xmlNamesOf(layers);
  return markup`<?xml version="1.0" encoding="UTF-8"?>
<xsd:schema xmlns:xsd="http://www.w3.org/2001/XMLSchema" xmlns:gml="${GML[version].namespace}" xmlns:${raw(prefix)}="${namespace}" targetNamespace="${namespace}" elementFormDefault="qualified" version="1.0">
<xsd:import namespace="${GML[version].namespace}" schemaLocation="${GML[version].schema}"/>
${layers.map((layer) => featureTypeSchema(layer, version))}</xsd:schema>
`.text;
}

function featureTypeSchema(layer: Layer, version: GmlVersion): Markup {
  return markup`<xsd:element name="${layer.name}" type="${typeName(layer)}Type" substitutionGroup="${GML[version].feature}">
<xsd:annotation><xsd:documentation xml:lang="pl">${layer.title.pl}</xsd:documentation><xsd:documentation xml:lang="en">${layer.title.en}</xsd:documentation></xsd:annotation>
</xsd:element>
<xsd:complexType name="${layer.name}Type"><xsd:complexContent><xsd:extension base="gml:AbstractFeatureType"><xsd:sequence>
${
  !layer.xml &&
  markup`<xsd:element name="id" type="xsd:string" minOccurs="0"/>
`
}${layer.properties.filter(({ gml }) => gml === undefined).map(propertySchema)}<xsd:element name="${GEOMETRY_PROPERTY}" type="${GML[version].geometry[layer.geometryType]}" minOccurs="0"/>
</xsd:sequence></xsd:extension></xsd:complexContent></xsd:complexType>
`;
}

/** Codes are documented, not enumerated: a register may hold a code that its codelist does not know yet. */
function propertySchema(property: PropertyDeclaration): Markup {
  const unit = property.unit === undefined ? '' : ` [${property.unit}]`;
  const codes = (language: 'pl' | 'en') =>
    property.codelist
      ? `: ${property.codelist.map(({ code, label }) => `${code} = ${label[language]}`).join(', ')}`
      : '';
  return markup`<xsd:element name="${property.name}" type="xsd:${XSD_TYPES[property.type]}" minOccurs="0"><xsd:annotation><xsd:documentation xml:lang="pl">${property.label.pl}${unit}${codes('pl')}</xsd:documentation><xsd:documentation xml:lang="en">${property.label.en}${unit}${codes('en')}</xsd:documentation></xsd:annotation></xsd:element>
`;
}

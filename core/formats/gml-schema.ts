/** The GML 3.2.1 application schema of feature types (09-025r2, 9). */
import type { Layer, PropertyDeclaration, PropertyType } from '../feature/layer.ts';
import { type Markup, markup, raw } from '../xml/writer.ts';
import { GEOMETRY_PROPERTY, GML_NAMESPACE, GML_PROPERTY_TYPE, typeName, xmlNamesOf } from './gml.ts';

const XSD_TYPES = {
  text: 'string',
  integer: 'integer',
  number: 'double',
  boolean: 'boolean',
  date: 'date',
  datetime: 'dateTime',
} as const satisfies Record<PropertyType, string>;

/** An XML Schema document; element order is that of `gml.ts`. */
export function applicationSchema(layers: readonly Layer[]): string {
  const { prefix, namespace } = xmlNamesOf(layers);
  return markup`<?xml version="1.0" encoding="UTF-8"?>
<xsd:schema xmlns:xsd="http://www.w3.org/2001/XMLSchema" xmlns:gml="${GML_NAMESPACE}" xmlns:${raw(prefix)}="${namespace}" targetNamespace="${namespace}" elementFormDefault="qualified" version="1.0">
<xsd:import namespace="${GML_NAMESPACE}" schemaLocation="http://schemas.opengis.net/gml/3.2.1/gml.xsd"/>
${layers.map(featureTypeSchema)}</xsd:schema>
`.text;
}

function featureTypeSchema(layer: Layer): Markup {
  return markup`<xsd:element name="${layer.name}" type="${typeName(layer)}Type" substitutionGroup="gml:AbstractFeature">
<xsd:annotation><xsd:documentation xml:lang="pl">${layer.title.pl}</xsd:documentation><xsd:documentation xml:lang="en">${layer.title.en}</xsd:documentation></xsd:annotation>
</xsd:element>
<xsd:complexType name="${layer.name}Type"><xsd:complexContent><xsd:extension base="gml:AbstractFeatureType"><xsd:sequence>
${
  !layer.xml &&
  markup`<xsd:element name="id" type="xsd:string" minOccurs="0"/>
`
}${layer.properties.map(propertySchema)}<xsd:element name="${GEOMETRY_PROPERTY}" type="${GML_PROPERTY_TYPE[layer.geometryType]}" minOccurs="0"/>
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

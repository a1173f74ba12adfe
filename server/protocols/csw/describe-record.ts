import { markup } from '../../../core/xml/writer.ts';

const SCHEMAS = [
  ['http://www.opengis.net/cat/csw/2.0.2', 'http://schemas.opengis.net/csw/2.0.2/record.xsd'],
  ['http://www.isotc211.org/2005/gmd', 'http://schemas.opengis.net/iso/19139/20070417/gmd/gmd.xsd'],
] as const;

/** DescribeRecord (07-006r1, 10.6): the schemas of the standards themselves, by their addresses. */
export const describeRecord = (): string =>
  markup`<?xml version="1.0" encoding="UTF-8"?>
<csw:DescribeRecordResponse xmlns:csw="http://www.opengis.net/cat/csw/2.0.2" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:schemaLocation="http://www.opengis.net/cat/csw/2.0.2 http://schemas.opengis.net/csw/2.0.2/CSW-discovery.xsd">${SCHEMAS.map(
    ([namespace, address]) =>
      markup`<csw:SchemaComponent targetNamespace="${namespace}" schemaLanguage="http://www.w3.org/XML/Schema"><xsd:schema xmlns:xsd="http://www.w3.org/2001/XMLSchema" targetNamespace="${namespace}" elementFormDefault="qualified"><xsd:include schemaLocation="${address}"/></xsd:schema></csw:SchemaComponent>`,
  )}</csw:DescribeRecordResponse>
`.text;

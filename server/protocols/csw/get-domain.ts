import type { Language } from '../../../core/feature/layer.ts';
import { queryableName, RECORDS, recordFeature } from '../../../core/metadata/record-queryables.ts';
import { markup } from '../../../core/xml/writer.ts';
import type { CatalogueRecord } from '../../services/metadata.ts';
import { type CswRequest, ELEMENT_SETS, OUTPUT_SCHEMAS, RECORD_TYPES, RESULT_TYPES } from './request.ts';

const PARAMETERS: Readonly<Record<string, readonly string[]>> = {
  elementsetname: ELEMENT_SETS,
  outputschema: OUTPUT_SCHEMAS,
  resulttype: RESULT_TYPES,
  typenames: RECORD_TYPES,
};

/** GetDomain (07-006r1, 10.7): the values that a queryable has now, or that a parameter may have. */
export function getDomain(
  { names, isParameter }: Extract<CswRequest, { operation: 'GetDomain' }>,
  records: readonly CatalogueRecord[],
  language: Language,
): string {
  const domains = names.map((name) => {
    const values = isParameter
      ? PARAMETERS[name.replace(/^.*\./, '').toLowerCase()]
      : valuesOf(name, records, language);
    const tag = isParameter
      ? markup`<csw:ParameterName>${name}</csw:ParameterName>`
      : markup`<csw:PropertyName>${name}</csw:PropertyName>`;
    return markup`<csw:DomainValues type="csw:Record">${tag}${values && markup`<csw:ListOfValues>${values.map((value) => markup`<csw:Value>${value}</csw:Value>`)}</csw:ListOfValues>`}</csw:DomainValues>`;
  });
  return markup`<?xml version="1.0" encoding="UTF-8"?>
<csw:GetDomainResponse xmlns:csw="http://www.opengis.net/cat/csw/2.0.2" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:schemaLocation="http://www.opengis.net/cat/csw/2.0.2 http://schemas.opengis.net/csw/2.0.2/CSW-discovery.xsd">${domains}</csw:GetDomainResponse>
`.text;
}

function valuesOf(
  name: string,
  records: readonly CatalogueRecord[],
  language: Language,
): readonly string[] | undefined {
  const property = queryableName(name);
  if (property === 'id') return records.map(({ record }) => record.id);
  if (!RECORDS.properties.some((known) => known.name === property)) return undefined;
  const values = records.flatMap(({ record }) => recordFeature(record, language).properties[property] ?? []);
  return [...new Set(values.map(String))].toSorted();
}

/** GetPropertyValue (09-025r2, 10). */
import { invalidParameter } from '../../../core/errors.ts';
import type { Feature } from '../../../core/feature/feature.ts';
import { gmlId } from '../../../core/feature/identifier.ts';
import { allOf, type Filter, NOTHING } from '../../../core/filter/ast.ts';
import { readValueReference, type ValueReference } from '../../../core/filter/fes-value-reference.ts';
import { ByteWriter } from '../../../core/formats/byte-writer.ts';
import { inChunks } from '../../../core/formats/chunks.ts';
import { coordinateStyle } from '../../../core/formats/coordinate-text.ts';
import {
  geometryTags,
  propertyTags,
  writeGeometryPropertyGml,
  writePropertyGml,
} from '../../../core/formats/gml.ts';
import type { Ask, Reply } from '../../http/protocol.ts';
import { type CollectionFrame, linkAttributes, numbers, rootDeclarations } from './collection-gml.ts';
import { GML_TYPE, outputFormatOf } from './output-formats.ts';
import { pageLinks } from './page-links.ts';
import { pagedSource } from './paged-source.ts';
import { openPage, type Page } from './pages.ts';
import type { Repeat } from './repeated-request.ts';
import type { Query, WfsRequest } from './request.ts';
import { resourceOf, type Selection, selectionsOf } from './selection.ts';
import type { WfsServices } from './wfs-services.ts';

type GetPropertyValueRequest = Extract<WfsRequest, { operation: 'GetPropertyValue' }>;

export async function getPropertyValue(
  services: WfsServices,
  request: GetPropertyValueRequest,
  ask: Ask,
  repeat: Repeat,
): Promise<Reply> {
  const layers = await services.catalogue.layers(ask.view);
  if (outputFormatOf(request.presentation.outputFormat) !== 'gml') {
    throw invalidParameter('outputFormat', 'GetPropertyValue answers in GML 3.2 only');
  }
  const selections = selectionsIn(request.queries[0], layers).map((selection) =>
    narrowed(selection, request.valueReference),
  );
  const { source, at } = await pagedSource(services, [selections], ask);
  const page = await openPage(selections, request.presentation, source, ask.signal);
  const frame = {
    links: pageLinks(repeat, request.presentation, page, at),
    withMembers: request.presentation.resultType === 'results',
    timeStamp: new Date().toISOString(),
  };
  const declarations = rootDeclarations(
    selections.map(({ layer }) => layer),
    ask,
  );
  const body = valueCollection(page, request.valueReference, frame, declarations);
  return { status: 200, headers: { 'content-type': GML_TYPE }, body };
}

function selectionsIn(query: Query, layers: Parameters<typeof selectionsOf>[1]): readonly Selection[] {
  if (query.kind === 'ad-hoc') return selectionsOf(query, layers);
  const { layer, id } = resourceOf(query.parameters.get('id') ?? '', layers);
  return selectionsOf(
    {
      kind: 'ad-hoc',
      typeName: layer.name,
      resourceIds: [gmlId(layer.name, id)],
      bbox: undefined,
      filter: undefined,
      cql: undefined,
      srsName: query.parameters.get('srsname'),
      propertyNames: undefined,
      sortBy: [],
    },
    layers,
  );
}

/** Only what the answer shows; objects without a value are left out of the count, too. */
function narrowed(selection: Selection, reference: string): Selection {
  const target = targetOf(selection, reference);
  const given: Filter | undefined =
    target.kind === 'never-given'
      ? NOTHING
      : target.kind === 'property' && target.name !== 'id'
        ? { op: 'not', arg: { op: 'is-null', property: target.name } }
        : undefined;
  const filter = allOf(selection.query.filter, given);
  const properties = target.kind === 'property' && target.name !== 'id' ? [target.name] : [];
  return {
    ...selection,
    query: {
      ...selection.query,
      ...(filter ? { filter } : {}),
      properties,
      withGeometry: target.kind === 'geometry',
    },
  };
}

function targetOf({ layer }: Selection, reference: string): ValueReference {
  try {
    return readValueReference(reference, layer, false);
  } catch {
    throw invalidParameter(
      'valueReference',
      `${layer.name} has no property "${reference.slice(0, 100)}"; see DescribeFeatureType`,
    );
  }
}

async function* valueCollection(
  page: Page,
  reference: string,
  frame: CollectionFrame,
  declarations: string,
): AsyncGenerator<Uint8Array> {
  const out = new ByteWriter();
  out.text(
    `<?xml version="1.0" encoding="UTF-8"?>\n<wfs:ValueCollection${declarations}${numbers(page, frame)}${linkAttributes(frame.links)}>\n`,
  );
  for (const { selection, read } of frame.withMembers ? page.parts : []) {
    const write = valueWriter(out, targetOf(selection, reference), selection);
    yield* inChunks(out, read(), (feature) => {
      out.text('<wfs:member>');
      write(feature);
      out.text('</wfs:member>\n');
    });
  }
  out.text('</wfs:ValueCollection>\n');
  yield out.take();
}

function valueWriter(
  out: ByteWriter,
  target: ValueReference,
  { layer, crs }: Selection,
): (feature: Feature) => void {
  const idOf = (feature: Feature) => gmlId(layer.name, feature.id);
  switch (target.kind) {
    case 'gml-id':
      return (feature) => out.escaped(idOf(feature));
    case 'geometry': {
      const style = { ...coordinateStyle(crs), srsName: crs.text };
      const tags = geometryTags(layer);
      return (feature) => {
        if (feature.geometry) writeGeometryPropertyGml(out, feature.geometry, idOf(feature), style, tags);
      };
    }
    case 'property': {
      const tags = propertyTags(target.name, layer);
      return ({ id, properties }) =>
        writePropertyGml(out, tags, target.name === 'id' ? id : (properties[target.name] ?? null));
    }
    case 'never-given':
      return () => {};
  }
}

/**
 * Streets of an OpenStreetMap extract (OSM XML 0.6) as the layer `roads`.
 *
 * Memory: the nodes and the streets of the file.
 */
import type { XmlElement } from '../../xml/element.ts';
import { readXml } from '../../xml/reader.ts';
import type { FormatReader, ReadEvent } from '../reader.ts';
import { rootInHead } from '../xml-head.ts';
import { OsmExtract, type OsmMember, type Tags } from './osm-extract.ts';
import { streetsOf } from './streets.ts';

export const OSM_XML: FormatReader = {
  name: 'osm-xml',
  recognises: (head) => rootInHead(head)?.local === 'osm',
  read: readStreets,
};

const KEPT = ['node', 'way', 'relation'];

async function* readStreets(chunks: AsyncIterable<string>): AsyncGenerator<ReadEvent> {
  const extract = new OsmExtract();
  for await (const { kind, element } of readXml(chunks, ({ local }, depth) =>
    depth === 0 ? 'enter' : KEPT.includes(local) ? 'take' : 'skip',
  )) {
    if (kind !== 'enter') gather(extract, element);
  }
  yield* streetsOf(extract);
}

function gather(extract: OsmExtract, { local, attributes, children }: XmlElement): void {
  const id = attributes['id'] ?? '';
  const tags: Tags = Object.fromEntries(
    children.flatMap((child) =>
      child.local === 'tag' ? [[child.attributes['k'] ?? '', child.attributes['v'] ?? '']] : [],
    ),
  );
  if (local === 'node') {
    extract.addNode({ id, lonLat: [Number(attributes['lon']), Number(attributes['lat'])], tags });
  } else if (local === 'way') {
    const nodes = children.flatMap((child) => (child.local === 'nd' ? [child.attributes['ref'] ?? ''] : []));
    extract.addWay({ id, nodes, tags });
  } else {
    extract.addRelation({ id, tags, members: children.flatMap(memberOf) });
  }
}

function memberOf({ local, attributes: { type, ref = '', role = '' } }: XmlElement): readonly OsmMember[] {
  if (local !== 'member' || (type !== 'node' && type !== 'way' && type !== 'relation')) return [];
  return [{ type, ref, role }];
}

/** wfs:FeatureCollection and its relatives around streamed members. */
import type { Feature } from '../../../core/feature/feature.ts';
import type { Layer } from '../../../core/feature/layer.ts';
import type { WrittenForm } from '../../../core/feature/source.ts';
import { ByteWriter } from '../../../core/formats/byte-writer.ts';
import { inChunks } from '../../../core/formats/chunks.ts';
import { coordinateStyle } from '../../../core/formats/coordinate-text.ts';
import {
  GML_NAMESPACE,
  type GmlStyle,
  typeName,
  writeFeatureGml,
  xmlNamesOf,
} from '../../../core/formats/gml.ts';
import { escapeText } from '../../../core/xml/writer.ts';
import type { Ask } from '../../http/protocol.ts';
import type { PageLinks } from './page-links.ts';
import type { Page } from './pages.ts';
import { VERSION, WFS_NAMESPACE } from './request.ts';
import type { Selection } from './selection.ts';

const WFS_SCHEMA = `${WFS_NAMESPACE} http://schemas.opengis.net/wfs/2.0/wfs.xsd`;
/** For a feature that is a document of its own. */
export const FEATURE_SCHEMA = `${GML_NAMESPACE} http://schemas.opengis.net/gml/3.2.1/gml.xsd`;

/** Declarations for the root of a document; the types' schema is our own DescribeFeatureType. */
export function rootDeclarations(layers: readonly Layer[], ask: Ask, schema = WFS_SCHEMA): string {
  const types = [...new Set(layers.map(typeName))].join(',');
  const { prefix, namespace } = xmlNamesOf(layers);
  const description = `${ask.publicUrl}/wfs?service=WFS&version=${VERSION}&request=DescribeFeatureType&typeNames=${types}`;
  return ` xmlns:wfs="${WFS_NAMESPACE}" xmlns:gml="${GML_NAMESPACE}" xmlns:${prefix}="${namespace}" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:schemaLocation="${escapeText(`${schema} ${namespace} ${description}`)}"`;
}

/** A client takes so much at a time. */
const SLICE_BYTES = 256 * 1024;

export interface CollectionFrame {
  readonly links: PageLinks;
  readonly withMembers: boolean;
  readonly timeStamp: string;
  /** Of GetFeatureWithLock. */
  readonly lockId?: string | undefined;
}

/** The answer to one query, or to several: then each has a collection of its own inside (09-025r2, 11.3.3.5). */
export async function* writeCollections(
  pages: readonly Page[],
  frame: CollectionFrame,
  declarations: string,
): AsyncGenerator<Uint8Array> {
  const out = new ByteWriter();
  out.text('<?xml version="1.0" encoding="UTF-8"?>\n');
  const lock = frame.lockId === undefined ? '' : ` lockId="${escapeText(frame.lockId)}"`;
  const [only] = pages;
  if (only && pages.length === 1) {
    out.text(
      `<wfs:FeatureCollection${declarations}${lock}${numbers(only, frame)}${linkAttributes(frame.links)}>\n`,
    );
    if (frame.withMembers) yield* members(out, only);
  } else {
    const total = {
      numberMatched: matchedIn(pages),
      numberReturned: sum(pages.map((page) => page.numberReturned)),
    };
    out.text(`<wfs:FeatureCollection${declarations}${lock}${numbers(total, frame)}>\n`);
    for (const page of frame.withMembers ? pages : []) {
      out.text(`<wfs:member><wfs:FeatureCollection${numbers(page, frame)}>\n`);
      yield* members(out, page);
      out.text('</wfs:FeatureCollection></wfs:member>\n');
    }
  }
  out.text('</wfs:FeatureCollection>\n');
  yield out.take();
}

async function* members(out: ByteWriter, page: Page): AsyncGenerator<Uint8Array> {
  for (const { selection, read, written } of page.parts) {
    if (written) {
      yield out.take();
      for (let at = 0; at < written.length; at += SLICE_BYTES) yield written.subarray(at, at + SLICE_BYTES);
    } else yield* inChunks(out, read(), memberWriter(out, selection));
  }
}

/** How members of an answer are written, so that a source may keep them. */
export function memberForm(selection: Selection): WrittenForm {
  const out = new ByteWriter();
  const write = memberWriter(out, selection);
  return {
    key: JSON.stringify(['wfs:member', memberStyle(selection)]),
    write: (feature) => {
      write(feature);
      return out.peel();
    },
  };
}

const memberStyle = ({ crs }: Selection): GmlStyle => ({ ...coordinateStyle(crs), srsName: crs.text });

function memberWriter(out: ByteWriter, selection: Selection): (feature: Feature) => void {
  const style = memberStyle(selection);
  return (feature) => {
    out.text('<wfs:member>');
    writeFeatureGml(out, feature, selection.layer, style);
    out.text('</wfs:member>\n');
  };
}

export function numbers(
  page: Pick<Page, 'numberMatched' | 'numberReturned'>,
  frame: Pick<CollectionFrame, 'timeStamp' | 'withMembers'>,
): string {
  const returned = frame.withMembers ? page.numberReturned : 0;
  return ` timeStamp="${frame.timeStamp}" numberMatched="${page.numberMatched ?? 'unknown'}" numberReturned="${returned}"`;
}

export function linkAttributes({ next, previous }: PageLinks): string {
  const attribute = (name: string, address: string | undefined) =>
    address === undefined ? '' : ` ${name}="${escapeText(address)}"`;
  return attribute('next', next) + attribute('previous', previous);
}

/** Of all queries; unknown when that of one is. */
export function matchedIn(pages: readonly Page[]): number | undefined {
  const known = pages.flatMap(({ numberMatched }) => numberMatched ?? []);
  return known.length === pages.length ? sum(known) : undefined;
}

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);

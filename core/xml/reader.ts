/**
 * The one door to XML from outside. It never loads anything, refuses document type declarations (and with them
 * every entity but the five predefined ones) and holds depth and size to limits, so that a hostile document
 * costs no more than its own length.
 */
import type { XmlElement } from './element.ts';
import { Reading } from './reading.ts';
import { makeParser, type XmlItem, type XmlStep } from './strict-parser.ts';
import { XmlError } from './xml-error.ts';
import type { XmlLimits } from './xml-limits.ts';

export type { XmlItem, XmlStep } from './strict-parser.ts';

/** For request bodies, whose size the HTTP door has bounded already. */
const REQUEST_LIMITS: XmlLimits = {
  maxDepth: 64,
  maxTagChars: 64 * 1024,
  maxTextChars: 4 * 1024 * 1024,
  maxElements: 50_000,
  maxTreeChars: 8 * 1024 * 1024,
};

/** For exchange files: one object may be large, the number of objects does not matter. */
export const FILE_LIMITS: XmlLimits = {
  maxDepth: 100,
  maxTagChars: 256 * 1024,
  maxTextChars: 32 * 1024 * 1024,
  maxElements: 2_000_000,
  maxTreeChars: 64 * 1024 * 1024,
};

/**
 * Reads a document of any length and gives the parts that `stepFor` chooses, in order.
 * @param stepFor is asked at each start tag outside a taken tree; depth 0 is the root
 * @throws XmlError at the first fault; the items given until then belong to a broken document.
 */
export async function* readXml(
  chunks: AsyncIterable<string>,
  stepFor: (element: XmlElement, depth: number) => XmlStep,
  limits: XmlLimits = FILE_LIMITS,
): AsyncGenerator<XmlItem> {
  const reading = new Reading(stepFor, limits);
  for await (const chunk of chunks) yield* reading.take(chunk);
  yield* reading.end();
}

/**
 * A small document as a tree.
 * @throws XmlError when it is not well-formed, carries a DTD, or goes beyond a limit.
 */
export const parseXml = (text: string, limits: XmlLimits = REQUEST_LIMITS): XmlElement =>
  parseXmlWithPrefixes(text, limits).root;

/** The same with the namespaces that elements declare, by prefix, for values that are qualified names. */
export function parseXmlWithPrefixes(
  text: string,
  limits: XmlLimits = REQUEST_LIMITS,
): {
  readonly root: XmlElement;
  readonly declared: ReadonlyMap<XmlElement, Readonly<Record<string, string>>>;
} {
  const declared = new Map<XmlElement, Readonly<Record<string, string>>>();
  let root: XmlElement | undefined;
  const parser = makeParser(
    limits,
    () => 'take',
    (item) => {
      root = item.element;
    },
    (element, namespaces) => declared.set(element, namespaces),
  );
  parser.write(text);
  parser.end();
  if (root === undefined) throw new XmlError('truncated', 'the document is empty', 1, 1);
  return { root, declared };
}

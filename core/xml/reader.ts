/**
 * The one door to XML from outside. It never loads anything, refuses document type declarations (and with them
 * every entity but the five predefined ones) and holds depth and size to limits, so that a hostile document
 * costs no more than its own length.
 */
import { SaxesParser, type SaxesTagNS } from 'saxes';
import type { XmlElement } from './element.ts';
import { XmlError, type XmlFault } from './xml-error.ts';

export interface XmlLimits {
  /** Elements within elements. */
  readonly maxDepth: number;
  /** Characters of one start tag with its attributes, of a comment or of a processing instruction. */
  readonly maxTagChars: number;
  /** Characters of one uninterrupted text. */
  readonly maxTextChars: number;
  /** Elements in one tree that is held in memory. */
  readonly maxElements: number;
  /** Characters of text and attribute values in one tree that is held in memory. */
  readonly maxTreeChars: number;
}

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

/** `take` the whole element as a tree, `enter` it and decide on each child, or `skip` it with all below. */
export type XmlStep = 'take' | 'enter' | 'skip';

export type XmlItem =
  /** A start tag that was entered; its children are not known yet. */
  | { readonly kind: 'enter'; readonly element: XmlElement }
  | { readonly kind: 'element'; readonly element: XmlElement };

interface OpenElement extends XmlElement {
  readonly children: XmlElement[];
  text: string;
}

/** Characters given to the parser at once; limits are looked at between two slices. */
const SLICE_CHARS = 64 * 1024;

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
  const items: XmlItem[] = [];
  const parser = makeParser(limits, stepFor, (item) => items.push(item));
  for await (const chunk of chunks) {
    for (let start = 0; start < chunk.length; start += SLICE_CHARS) {
      let fault: unknown;
      try {
        parser.write(chunk.slice(start, start + SLICE_CHARS));
      } catch (error) {
        fault = error;
      }
      yield* items.splice(0);
      if (fault !== undefined) throw fault;
    }
  }
  parser.end();
  yield* items;
}

/**
 * A small document as a tree.
 * @throws XmlError when it is not well-formed, carries a DTD, or goes beyond a limit.
 */
export function parseXml(text: string, limits: XmlLimits = REQUEST_LIMITS): XmlElement {
  let root: XmlElement | undefined;
  const parser = makeParser(
    limits,
    () => 'take',
    (item) => {
      root = item.element;
    },
  );
  for (let start = 0; start < text.length; start += SLICE_CHARS) {
    parser.write(text.slice(start, start + SLICE_CHARS));
  }
  parser.end();
  if (root === undefined) throw new XmlError('truncated', 'the document is empty', 1, 1);
  return root;
}

interface Parser {
  write(text: string): void;
  end(): void;
}

function makeParser(
  limits: XmlLimits,
  stepFor: (element: XmlElement, depth: number) => XmlStep,
  emit: (item: XmlItem) => void,
): Parser {
  const sax = new SaxesParser({ xmlns: true });
  /** Open elements of the tree being taken. */
  const tree: OpenElement[] = [];
  let depth = 0;
  let skipFrom: number | undefined;
  let elements = 0;
  let treeChars = 0;
  let tokenStart = 0;
  let insideTag = false;
  let tagLine = 1;
  let ending = false;

  const fail = (fault: XmlFault, message: string): never => {
    throw new XmlError(fault, message, sax.line, Math.max(1, sax.column));
  };
  const tokenEnds = () => {
    tokenStart = sax.position;
  };
  const growTree = (chars: number) => {
    treeChars += chars;
    if (treeChars > limits.maxTreeChars) {
      fail('too-large', `one object is larger than ${limits.maxTreeChars} characters`);
    }
  };

  sax.on('error', (error) => {
    const message = error.message.replace(/^\d+:\d+: /, '').replace(/\.$/, '');
    fail(ending ? 'truncated' : 'malformed', ending ? `the document ends too early (${message})` : message);
  });
  sax.on('doctype', () =>
    fail('forbidden', 'a document type declaration (DOCTYPE) is not accepted; remove it'),
  );
  sax.on('comment', tokenEnds);
  sax.on('processinginstruction', tokenEnds);
  sax.on('xmldecl', tokenEnds);
  sax.on('opentagstart', () => {
    insideTag = true;
    tagLine = sax.line;
    tokenStart = sax.position;
  });
  sax.on('opentag', (tag) => {
    insideTag = false;
    tokenEnds();
    if (depth >= limits.maxDepth) fail('too-large', `elements are nested more than ${limits.maxDepth} deep`);
    if (skipFrom === undefined) open(makeElement(tag, tagLine));
    depth++;
  });
  const open = (element: OpenElement) => {
    const parent = tree.at(-1);
    if (parent !== undefined) {
      parent.children.push(element);
    } else {
      const step = stepFor(element, depth);
      if (step === 'skip') skipFrom = depth;
      if (step === 'enter') emit({ kind: 'enter', element });
      if (step !== 'take') return;
      elements = 0;
      treeChars = 0;
    }
    tree.push(element);
    elements++;
    if (elements > limits.maxElements) {
      fail('too-large', `one object has more than ${limits.maxElements} elements`);
    }
    let chars = 0;
    for (const name in element.attributes) chars += element.attributes[name]?.length ?? 0;
    growTree(chars);
  };
  sax.on('closetag', () => {
    tokenEnds();
    depth--;
    if (skipFrom !== undefined) {
      if (depth === skipFrom) skipFrom = undefined;
      return;
    }
    const element = tree.pop();
    if (element !== undefined && tree.length === 0) emit({ kind: 'element', element });
  });
  const addText = (text: string) => {
    tokenEnds();
    const element = tree.at(-1);
    if (element === undefined) return;
    growTree(text.length);
    element.text += text;
  };
  sax.on('text', addText);
  sax.on('cdata', addText);

  return {
    write: (text) => {
      sax.write(text);
      const limit = insideTag ? limits.maxTagChars : limits.maxTextChars;
      if (sax.position - tokenStart > limit) {
        fail('too-large', `a ${insideTag ? 'tag' : 'text'} is longer than ${limit} characters`);
      }
    },
    end: () => {
      ending = true;
      sax.close();
    },
  };
}

function makeElement(tag: SaxesTagNS, line: number): OpenElement {
  const attributes: Record<string, string> = Object.create(null);
  for (const attribute of Object.values(tag.attributes)) {
    if (attribute.prefix === 'xmlns' || attribute.name === 'xmlns') continue;
    const name = attribute.uri === '' ? attribute.local : `{${attribute.uri}}${attribute.local}`;
    attributes[name] = attribute.value;
  }
  return { namespace: tag.uri, local: tag.local, attributes, children: [], text: '', line };
}

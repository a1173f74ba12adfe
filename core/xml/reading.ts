/** One document on its way through: children of entered elements plainly where they are plain, all else by the strict parser. */
import type { XmlElement } from './element.ts';
import {
  isPlainText,
  type PlainElement,
  readPlainElement,
  readPlainTag,
  type Unread,
} from './plain-element.ts';
import { type Between, makeParser, type StrictParser, type XmlItem, type XmlStep } from './strict-parser.ts';
import type { XmlLimits } from './xml-limits.ts';

/** An object that is longer than this is read by the strict parser as it comes. */
const MOST_WAITING = 1024 * 1024;

export class Reading {
  readonly #limits: XmlLimits;
  readonly #stepFor: (element: XmlElement, depth: number) => XmlStep;
  readonly #parser: StrictParser;
  #items: XmlItem[] = [];
  /** What is not read yet. */
  #text = '';
  /** With fewer characters another look would find no more. */
  #enough = 0;
  /** The answer for the element that comes next, once it was asked for. */
  #decided: XmlStep | undefined;
  #isEnding = false;

  constructor(stepFor: (element: XmlElement, depth: number) => XmlStep, limits: XmlLimits) {
    this.#stepFor = stepFor;
    this.#limits = limits;
    this.#parser = makeParser(
      limits,
      (element, depth) => {
        const step = this.#decided ?? stepFor(element, depth);
        this.#decided = undefined;
        return step;
      },
      (item) => this.#items.push(item),
    );
  }

  *take(chunk: string): Generator<XmlItem> {
    this.#text += chunk;
    if (this.#text.length >= this.#enough) yield* this.#read();
  }

  *end(): Generator<XmlItem> {
    this.#isEnding = true;
    yield* this.#read();
    this.#parser.end();
    yield* this.#items.splice(0);
  }

  *#read(): Generator<XmlItem> {
    // Line ends as a parser is to see them (XML 1.0, 2.11); a last one may be the half of a pair.
    const held = !this.#isEnding && this.#text.endsWith('\r') ? '\r' : '';
    const text = this.#text.slice(0, this.#text.length - held.length).replace(/\r\n?/g, '\n');
    const isPlain = isPlainText(text);
    this.#enough = 0;
    let at = 0;
    while (at < text.length) {
      const between = isPlain ? this.#parser.between() : undefined;
      if (between) {
        const plain = this.#readPlain(text, at, between);
        at = plain.at;
        yield* this.#items.splice(0);
        const waiting = text.length - at;
        if (plain.left === 'more' && !this.#isEnding && waiting < MOST_WAITING) {
          this.#enough = 2 * waiting;
          break;
        }
      }
      const close = text.indexOf('>', at);
      const next = close < 0 ? text.length : close + 1;
      const fault = this.#writeStrictly(text.slice(at, next));
      at = next;
      yield* this.#items.splice(0);
      if (fault !== undefined) throw fault;
    }
    this.#text = text.slice(at) + held;
  }

  /** All that can be read plainly from here on, and why it ends there. */
  #readPlain(
    text: string,
    from: number,
    { depth, scope, line: first, column }: Between,
  ): { readonly at: number; readonly left: Unread } {
    let [at, line] = [from, first];
    for (;;) {
      const start = afterBlank(text, at);
      line += linesBetween(text, at, start);
      at = start;
      const read = this.#readChild(text, at, { depth, scope, line });
      if (typeof read === 'string') {
        if (at > from) this.#parser.skipTo(line, columnAt(text, at, { from, column }));
        return { at, left: read };
      }
      this.#items.push({ kind: 'element', element: read.element });
      this.#decided = undefined;
      at = read.end;
      line = read.line;
    }
  }

  #readChild(
    text: string,
    at: number,
    { depth, scope, line }: Omit<Between, 'column'>,
  ): PlainElement | Unread {
    if (at === text.length) return 'more';
    if (text[at] !== '<' || depth >= this.#limits.maxDepth) return 'strict';
    const tag = readPlainTag(text, at, { line, scope, limits: this.#limits });
    if (typeof tag === 'string') return tag;
    this.#decided ??= this.#stepFor(tag.element, depth);
    return this.#decided === 'take' ? readPlainElement(text, tag, { depth, limits: this.#limits }) : 'strict';
  }

  #writeStrictly(text: string): unknown {
    try {
      this.#parser.write(text);
      return undefined;
    } catch (error) {
      return error;
    }
  }
}

const BLANK = /[^ \t\n]/g;

/** Where the next character stands that is no white space. */
function afterBlank(text: string, from: number): number {
  BLANK.lastIndex = from;
  return BLANK.exec(text)?.index ?? text.length;
}

function linesBetween(text: string, from: number, to: number): number {
  let lines = 0;
  for (let at = text.indexOf('\n', from); at >= 0 && at < to; at = text.indexOf('\n', at + 1)) lines++;
  return lines;
}

/** @param known the column of a place before it in the same text */
function columnAt(
  text: string,
  at: number,
  known: { readonly from: number; readonly column: number },
): number {
  const newline = text.lastIndexOf('\n', at - 1);
  return newline < known.from ? known.column + at - known.from : at - newline - 1;
}

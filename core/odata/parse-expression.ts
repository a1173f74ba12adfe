/** Text of `$filter` and `$orderby` to the tree of `expression.ts`, by descent with bounded depth. */
import { invalidParameter } from '../errors.ts';
import type { ArithmeticName, ComparisonName, Expression, OrderTerm } from './expression.ts';
import { readDuration, readMoment, readTime } from './time-literals.ts';
import { type Token, tokensOf } from './tokens.ts';
import { readWkt } from './wkt.ts';

const DEEPEST = 40;
const MOST_IN_LIST = 500;

/** @throws TwinError invalid-parameter saying where the text cannot be read */
export function parseExpression(text: string, parameter = '$filter'): Expression {
  const parser = new ExpressionParser(text, parameter);
  const expression = parser.expression();
  parser.end();
  return expression;
}

/** `name, Datastream/Thing/name desc` */
export function parseOrderBy(text: string): readonly OrderTerm[] {
  const parser = new ExpressionParser(text, '$orderby');
  const terms: OrderTerm[] = [];
  do {
    const expression = parser.expression();
    const descending = parser.takeName('desc');
    if (!descending) parser.takeName('asc');
    terms.push({ expression, descending });
  } while (parser.takeSign(','));
  parser.end();
  if (terms.length > 10) throw invalidParameter('$orderby', 'At most 10 things can be sorted by');
  return terms;
}

const COMPARISONS: readonly string[] = ['eq', 'ne', 'gt', 'ge', 'lt', 'le'] satisfies ComparisonName[];
const SUMS: readonly string[] = ['add', 'sub'] satisfies ArithmeticName[];
const PRODUCTS: readonly string[] = ['mul', 'div', 'mod'] satisfies ArithmeticName[];

class ExpressionParser {
  readonly #tokens: readonly Token[];
  readonly #text: string;
  readonly #parameter: string;
  #next = 0;
  #depth = 0;

  constructor(text: string, parameter: string) {
    this.#text = text;
    this.#parameter = parameter;
    this.#tokens = tokensOf(text, parameter);
  }

  expression(): Expression {
    if (++this.#depth > DEEPEST) {
      throw invalidParameter(this.#parameter, `${this.#parameter} is nested more than ${DEEPEST} deep`);
    }
    let left = this.#conjunction();
    while (this.takeName('or')) left = { kind: 'or', left, right: this.#conjunction() };
    this.#depth--;
    return left;
  }

  end(): void {
    if (this.#token.kind !== 'end') throw this.#surprise('the end');
  }

  takeName(name: string): boolean {
    return this.#take((token) => token.kind === 'name' && token.text === name) !== undefined;
  }

  takeSign(sign: string): boolean {
    return this.#take((token) => token.kind === 'sign' && token.text === sign) !== undefined;
  }

  #conjunction(): Expression {
    let left = this.#negation();
    while (this.takeName('and')) left = { kind: 'and', left, right: this.#negation() };
    return left;
  }

  /** `not` reaches over a comparison, as in FROST: `not result gt 3`. */
  #negation(): Expression {
    let times = 0;
    while (this.#isName('not') && this.takeName('not')) times++;
    if (times > DEEPEST) throw invalidParameter(this.#parameter, 'not stands there too often');
    const arg = this.#comparison();
    return times % 2 === 1 ? { kind: 'not', arg } : arg;
  }

  #comparison(): Expression {
    let left = this.#sum();
    for (;;) {
      const operator = this.#takeOneOf(COMPARISONS) as ComparisonName | undefined;
      if (operator !== undefined) left = { kind: 'compare', operator, left, right: this.#sum() };
      else if (this.takeName('in')) left = { kind: 'in', left, values: this.#list() };
      else return left;
    }
  }

  #sum(): Expression {
    let left = this.#product();
    for (;;) {
      const operator = this.#takeOneOf(SUMS) as ArithmeticName | undefined;
      if (operator === undefined) return left;
      left = { kind: 'arithmetic', operator, left, right: this.#product() };
    }
  }

  #product(): Expression {
    let left = this.#sign();
    for (;;) {
      const operator = this.#takeOneOf(PRODUCTS) as ArithmeticName | undefined;
      if (operator === undefined) return left;
      left = { kind: 'arithmetic', operator, left, right: this.#sign() };
    }
  }

  #sign(): Expression {
    if (!this.takeSign('-')) return this.#single();
    const arg = this.#single();
    return arg.kind === 'number' ? { kind: 'number', value: -arg.value } : { kind: 'negative', arg };
  }

  #single(): Expression {
    if (this.takeSign('(')) {
      const inner = this.expression();
      this.#expectSign(')');
      return inner;
    }
    const token = this.#token;
    this.#next++;
    switch (token.kind) {
      case 'text':
        if (token.text.includes('\0')) throw invalidParameter(this.#parameter, 'A text contains a null byte');
        return { kind: 'text', value: token.text };
      case 'number':
        return { kind: 'number', value: this.#finite(token) };
      case 'moment':
        return { kind: 'moment', value: readMoment(token.text, this.#parameter) };
      case 'span': {
        const [from = '', to = ''] = token.text.split('/');
        return {
          kind: 'span',
          from: readMoment(from, this.#parameter),
          to: readMoment(to, this.#parameter),
        };
      }
      case 'date':
        readMoment(`${token.text}T00:00Z`, this.#parameter);
        return { kind: 'date', value: token.text };
      case 'time':
        return { kind: 'time', value: readTime(token.text, this.#parameter) };
      case 'duration':
        return { kind: 'duration', seconds: readDuration(token.text, this.#parameter) };
      case 'geometry':
        return { kind: 'geometry', value: readWkt(token.text, this.#parameter) };
      case 'name':
        return this.#named(token.text);
      default:
        this.#next--;
        throw this.#surprise('a value');
    }
  }

  #finite({ text }: Token): number {
    const value = Number(text);
    if (Number.isFinite(value)) return value;
    throw invalidParameter(this.#parameter, `${text} is too large a number`);
  }

  #named(name: string): Expression {
    if (name === 'true' || name === 'false') return { kind: 'boolean', value: name === 'true' };
    if (name === 'null') return { kind: 'null' };
    if (this.#isSign('(')) return { kind: 'call', name, args: this.#list() };
    const steps = [name];
    for (;;) {
      if (this.takeSign('/')) steps.push(this.#step());
      else if (this.takeSign('[')) {
        steps.push(this.#expect('number').text);
        this.#expectSign(']');
      } else return { kind: 'path', steps };
      if (steps.length > DEEPEST) throw invalidParameter(this.#parameter, 'A path is too long');
    }
  }

  #step(): string {
    const token = this.#take(({ kind }) => kind === 'name' || kind === 'number');
    if (token === undefined) throw this.#surprise('a name');
    return token.text;
  }

  /** Between parentheses. */
  #list(): readonly Expression[] {
    this.#expectSign('(');
    const items: Expression[] = [];
    if (this.takeSign(')')) return items;
    do {
      items.push(this.expression());
      if (items.length > MOST_IN_LIST) {
        throw invalidParameter(this.#parameter, `A list holds at most ${MOST_IN_LIST} values`);
      }
    } while (this.takeSign(','));
    this.#expectSign(')');
    return items;
  }

  get #token(): Token {
    return this.#tokens[this.#next] ?? { kind: 'end', text: '', at: this.#text.length };
  }

  #isSign(sign: string): boolean {
    return this.#token.kind === 'sign' && this.#token.text === sign;
  }

  /** A word that is not the beginning of a call or a path of that name. */
  #isName(name: string): boolean {
    const following = this.#tokens[this.#next + 1];
    return this.#token.text === name && !(following?.kind === 'sign' && following.text === '/');
  }

  #take(isWanted: (token: Token) => boolean): Token | undefined {
    const token = this.#token;
    if (!isWanted(token)) return undefined;
    this.#next++;
    return token;
  }

  #takeOneOf(names: readonly string[]): string | undefined {
    return this.#take((token) => token.kind === 'name' && names.includes(token.text))?.text;
  }

  #expect(kind: Token['kind']): Token {
    const token = this.#take((each) => each.kind === kind);
    if (token === undefined) throw this.#surprise(`a ${kind}`);
    return token;
  }

  #expectSign(sign: string): void {
    if (!this.takeSign(sign)) throw this.#surprise(`"${sign}"`);
  }

  #surprise(expected: string): Error {
    const { at } = this.#token;
    const found = at < this.#text.length ? `"${this.#text.slice(at, at + 40)}"` : 'it ends';
    return invalidParameter(
      this.#parameter,
      `${this.#parameter}: ${expected} is expected after ${at} characters, where ${found} stands`,
    );
  }
}

import { invalidParameter } from '../errors.ts';

export type TokenKind =
  | 'text'
  | 'geometry'
  | 'duration'
  | 'span'
  | 'moment'
  | 'date'
  | 'time'
  | 'number'
  | 'name'
  | 'sign'
  | 'end';

export interface Token {
  readonly kind: TokenKind;
  /** Without quotes and prefixes. */
  readonly text: string;
  /** Characters before it. */
  readonly at: number;
}

/** Longest expression; whoever writes more has a program in mind. */
const LONGEST = 8_000;

const DAY = String.raw`\d{4}-\d\d-\d\d`;
const CLOCK = String.raw`\d\d:\d\d(?::\d\d(?:\.\d{1,9})?)?`;
/** A plus sign of an address is a blank when it arrives. */
const MOMENT = String.raw`${DAY}T${CLOCK}(?:Z|[+ -]\d\d:?\d\d)?`;

/** In the order in which they are tried; the group, where there is one, is the text of the token. */
const PATTERNS: readonly (readonly [TokenKind, RegExp])[] = [
  ['geometry', /geo(?:graphy|metry)'((?:[^']|'')*)'/iy],
  ['duration', /duration'([^']*)'/iy],
  ['text', /'((?:[^']|'')*)'/y],
  ['span', new RegExp(`${MOMENT}/${MOMENT}`, 'y')],
  ['moment', new RegExp(MOMENT, 'y')],
  ['date', new RegExp(DAY, 'y')],
  ['time', new RegExp(CLOCK, 'y')],
  ['number', /\d+(?:\.\d+)?(?:[eE][+-]?\d{1,3})?/y],
  ['name', /[\p{L}_@$][\p{L}\p{N}_.@]*/uy],
  ['sign', /[()/,[\]:-]/y],
];

/**
 * The words of an expression, with one `end` after them.
 * @throws TwinError invalid-parameter where nothing can be read, or when it is longer than 8000 characters
 */
export function tokensOf(text: string, parameter: string): readonly Token[] {
  if (text.length > LONGEST) {
    throw invalidParameter(parameter, `${parameter} must not be longer than ${LONGEST} characters`);
  }
  const tokens: Token[] = [];
  for (let at = 0; at < text.length; ) {
    if (/\s/.test(text.charAt(at))) {
      at++;
      continue;
    }
    const token = tokenAt(text, at);
    if (token === undefined) {
      throw invalidParameter(parameter, `${parameter} cannot be read from "${text.slice(at, at + 40)}" on`);
    }
    tokens.push(token.token);
    at = token.end;
  }
  return [...tokens, { kind: 'end', text: '', at: text.length }];
}

function tokenAt(text: string, at: number): { readonly token: Token; readonly end: number } | undefined {
  for (const [kind, pattern] of PATTERNS) {
    pattern.lastIndex = at;
    const found = pattern.exec(text);
    if (found === null) continue;
    const inner = (found[1] ?? found[0]).replaceAll("''", "'");
    return { token: { kind, text: inner, at }, end: pattern.lastIndex };
  }
  return undefined;
}

/** Text of XML and HTML documents: a template tag that escapes every value put into it. */

/** A piece of well-formed markup; goes into a template as it is. */
export class Markup {
  readonly text: string;
  constructor(text: string) {
    this.text = text;
  }
  toString(): string {
    return this.text;
  }
}

export type MarkupValue = Markup | string | number | boolean | null | undefined | readonly MarkupValue[];

/** Characters that XML 1.0 cannot carry in any form (2.2): most controls, lone surrogates, two non-characters. */
const ILLEGAL = /(?![\t\n\r\u007f-\u009f])[\p{Cc}\p{Cs}\ufffe\uffff]/gu;
const SPECIAL = /[&<>"']/g;
const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};
const NEEDS_CARE = /[&<>"'\p{Cc}\p{Cs}\ufffe\uffff]/u;

/** Text for element content or a quoted attribute; what XML cannot carry becomes U+FFFD. */
export function escapeText(text: string): string {
  if (!NEEDS_CARE.test(text)) return text;
  return text.replace(ILLEGAL, '\ufffd').replace(SPECIAL, (character) => ENTITIES[character] ?? character);
}

/**
 * Markup with its values escaped: markup`<a href="${url}">${label}</a>`. Lists are joined; undefined, null and
 * false leave nothing.
 */
export function markup(parts: TemplateStringsArray, ...values: readonly MarkupValue[]): Markup {
  let text = parts[0] ?? '';
  values.forEach((value, index) => {
    text += valueText(value) + (parts[index + 1] ?? '');
  });
  return new Markup(text);
}

/** Markup that was made elsewhere and is known to be well formed. */
export const raw = (text: string): Markup => new Markup(text);

/** A comment of these lines; hyphens that XML 1.0 (2.5) does not allow there are parted. */
export const commentText = (lines: readonly string[]): string =>
  `<!--\n${lines
    .join('\n')
    .replace(ILLEGAL, '\ufffd')
    .replace(/-(?=-)/g, '- ')}\n-->`;

function valueText(value: MarkupValue): string {
  if (value === undefined || value === null || value === false) return '';
  if (value instanceof Markup) return value.text;
  if (typeof value === 'string') return escapeText(value);
  if (typeof value === 'object') return value.map(valueText).join('');
  return String(value);
}

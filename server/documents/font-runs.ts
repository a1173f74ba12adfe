/** The font comes in parts by script: which part has the letters of a text. */

export const SUBSETS = ['latin', 'latin-ext', 'cyrillic', 'greek'] as const;
export type Subset = (typeof SUBSETS)[number];

export interface FontRun {
  readonly subset: Subset;
  readonly text: string;
}

/** A letter that no part has is shown as this. */
const UNKNOWN = '?';
const LETTERS: Readonly<Record<Subset, RegExp>> = {
  latin:
    /^[\u0020-\u007e\u00a0-\u00ff\u0131\u0152\u0153\u02c6\u02da\u02dc\u2013\u2014\u2018-\u201a\u201c-\u201e\u2022\u2026\u20ac\u2122\u2191\u2193\u2212]$/u,
  'latin-ext': /^[\u0100-\u017f\u0192\u0218-\u021b\u1e80-\u1e85\u1e9e]$/u,
  cyrillic: /^[\u0401\u0404\u0406\u0407\u0410-\u044f\u0451\u0454\u0456\u0457\u0490\u0491\u2116]$/u,
  greek: /^[\u0386\u0388-\u038a\u038c\u038e-\u03a1\u03a3-\u03ce]$/u,
};
/** Signs that the font lacks, as they are written without them. */
const INSTEAD: Readonly<Record<string, string>> = {
  '\t': ' ',
  '\u2009': '\u00a0',
  '\u202f': '\u00a0',
  '\u2010': '-',
  '\u2011': '-',
  '\u2032': "'",
  '\u2080': '0',
  '\u2081': '1',
  '\u2082': '2',
  '\u2083': '3',
  '\u2190': '<-',
  '\u2192': '->',
  '\u2211': 'Σ',
  '\u2264': '<=',
  '\u2265': '>=',
};

const seen = new Map<string, Subset>();

function subsetOf(letter: string): Subset | undefined {
  const known = seen.get(letter);
  if (known !== undefined) return known;
  const found = SUBSETS.find((each) => LETTERS[each].test(letter));
  if (found !== undefined) seen.set(letter, found);
  return found;
}

/** Pieces of a text, each with letters of one part only. */
export function runsOf(text: string): readonly FontRun[] {
  const runs: { subset: Subset; text: string }[] = [];
  for (const given of text.normalize('NFC')) {
    for (const known of INSTEAD[given] ?? given) {
      const found = subsetOf(known);
      const [subset, letter] = found ? [found, known] : (['latin', UNKNOWN] as const);
      const last = runs.at(-1);
      if (last?.subset === subset) last.text += letter;
      else runs.push({ subset, text: letter });
    }
  }
  return runs;
}

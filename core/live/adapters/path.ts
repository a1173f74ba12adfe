/** Paths into JSON: `data[0].value`, `deviceInfo.devEui`, `["Nazwa stacji"].x`, `$` for the whole. */

export type Path = readonly (string | number)[];

const STEP = /\.?([A-Za-z_$][\w$-]*)|\[(\d{1,6})\]|\["([^"\\]{1,200})"\]/y;
const MOST_STEPS = 20;

/** @returns undefined for what is no path */
export function parsePath(text: string): Path | undefined {
  const steps: (string | number)[] = [];
  STEP.lastIndex = 0;
  while (STEP.lastIndex < text.length) {
    const match = STEP.exec(text);
    if (match === null || steps.length > MOST_STEPS) return undefined;
    const [, name, index, quoted] = match;
    if (name === '$' && steps.length === 0 && match.index === 0) continue;
    steps.push(index === undefined ? (name ?? quoted ?? '') : Number(index));
  }
  return text === '' ? undefined : steps;
}

/** What stands at a path; undefined where there is nothing. */
export function valueAt(document: unknown, path: Path): unknown {
  let here = document;
  for (const step of path) {
    if (typeof here !== 'object' || here === null || !Object.hasOwn(here, step)) return undefined;
    here = (here as Record<string | number, unknown>)[step];
  }
  return here;
}

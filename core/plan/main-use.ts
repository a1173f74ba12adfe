import { PLAN_ZONES } from '../catalogue/planning.ts';

const KINDS = new Set(
  PLAN_ZONES.properties.find(({ name }) => name === 'zone_kind')?.codelist?.map(({ code }) => code),
);

/**
 * The main use of an area of a local plan, by its symbol: of `4MW/U` `MW`, of `12KD-L` `KD`, of `ZPs` `ZP`.
 * @returns null for a symbol that no known use begins
 */
export function mainUse(symbol: string): string | null {
  const letters = /^[\d.\s]*([A-Z]+)/.exec(symbol.trim())?.[1] ?? '';
  for (let length = letters.length; length > 0; length--) {
    const use = letters.slice(0, length);
    if (KINDS.has(use)) return use;
  }
  return null;
}

/** Colours of files of word processors, `rrggbb`. */
export const INK = '1f262d';
export const QUIET = '535c64';
export const WARNING = '8a4b00';
export const RULE_BLUE = '1659a8';
export const PAPER_RULE = 'b9b2a0';

/** A colour as it is seen through on white. @param colour `#rrggbb` @param opacity 0 to 1 */
export function onWhite(colour: string, opacity: number): string {
  const value = Number.parseInt(colour.replace('#', ''), 16);
  const mixed = [16, 8, 0].map((shift) => {
    const part = (value >> shift) & 255;
    return Math.round(255 + (part - 255) * opacity);
  });
  return mixed.map((part) => part.toString(16).padStart(2, '0')).join('');
}

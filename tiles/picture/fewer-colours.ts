/** Pictures of at most 256 colours: median cut over the colours that there are (Heckbert 1982). */

interface Shade {
  /** Channels of a pixel, each 0 to 255, as they stand in memory. */
  readonly channels: readonly [number, number, number, number];
  readonly word: number;
  readonly count: number;
}

/** @param words RGBA pixels of the same picture; changed in place. @returns how far the worst channel moved, 0 to 255 */
export function reduceColours(words: Uint32Array, most: number): number {
  const counts = new Map<number, number>();
  for (const word of words) counts.set(word, (counts.get(word) ?? 0) + 1);
  if (counts.size <= most) return 0;
  const boxes = cut(
    [...counts].map(([word, count]) => ({ word, count, channels: channelsOf(word) })),
    most,
  );
  const nearest = new Map<number, number>();
  let worst = 0;
  for (const box of boxes) {
    const middle = meanOf(box);
    const word = (middle[0] | (middle[1] << 8) | (middle[2] << 16) | (middle[3] << 24)) >>> 0;
    for (const shade of box) {
      nearest.set(shade.word, word);
      worst = Math.max(worst, ...shade.channels.map((value, i) => Math.abs(value - (middle[i] ?? 0))));
    }
  }
  for (let i = 0; i < words.length; i++) words[i] = nearest.get(words[i] ?? 0) ?? 0;
  return worst;
}

/** Boxes of colours; the one that spreads furthest over most pixels is cut next, at its middle pixel. */
function cut(all: Shade[], most: number): readonly (readonly Shade[])[] {
  const boxes = [{ shades: all, ...spreadOf(all) }];
  while (boxes.length < most) {
    const widest = boxes.reduce((best, box) => (box.weight > best.weight ? box : best));
    if (widest.weight === 0) break;
    const { channel } = widest;
    const sorted = widest.shades.toSorted((a, b) => (a.channels[channel] ?? 0) - (b.channels[channel] ?? 0));
    const at = middleOf(sorted);
    boxes.splice(boxes.indexOf(widest), 1);
    for (const shades of [sorted.slice(0, at), sorted.slice(at)]) boxes.push({ shades, ...spreadOf(shades) });
  }
  return boxes.map(({ shades }) => shades);
}

function middleOf(sorted: readonly Shade[]): number {
  const half = sorted.reduce((sum, { count }) => sum + count, 0) / 2;
  let sum = 0;
  const found = sorted.findIndex(({ count }) => {
    sum += count;
    return sum >= half;
  });
  return Math.min(Math.max(1, found), sorted.length - 1);
}

/** Rare colours count as the square root of their pixels: thin lines must keep theirs. */
function spreadOf(shades: readonly Shade[]): { readonly channel: number; readonly weight: number } {
  const pixels = shades.reduce((sum, { count }) => sum + count, 0);
  const spreads = [0, 1, 2, 3].map((channel) => {
    let [least, largest] = [255, 0];
    for (const { channels } of shades) {
      least = Math.min(least, channels[channel] ?? 0);
      largest = Math.max(largest, channels[channel] ?? 0);
    }
    return largest - least;
  });
  const widest = Math.max(...spreads);
  return { channel: spreads.indexOf(widest), weight: shades.length > 1 ? widest * Math.sqrt(pixels) : 0 };
}

function meanOf(box: readonly Shade[]): readonly [number, number, number, number] {
  const pixels = box.reduce((sum, { count }) => sum + count, 0);
  const mean = (channel: number) =>
    Math.round(box.reduce((sum, { channels, count }) => sum + (channels[channel] ?? 0) * count, 0) / pixels);
  return [mean(0), mean(1), mean(2), mean(3)];
}

const channelsOf = (word: number): Shade['channels'] => [
  word & 255,
  (word >>> 8) & 255,
  (word >>> 16) & 255,
  word >>> 24,
];

import type { MapPage } from './map-page.ts';

const STYLE = { colour: '#8a1c1c', isBold: true } as const;
const OPACITY = 0.1;
/** Of the diagonal of the map. */
const SHARE = 0.7;
const MOST_PT = 64;

/** Words across the map, from its lower left to its upper right: they say what it is for, and hide nothing. */
export function drawWatermark(
  { file, letters, map: { watermark } }: MapPage,
  width: number,
  height: number,
): void {
  if (watermark === undefined) return;
  const room = SHARE * Math.hypot(width, height);
  const sizePt = Math.min(MOST_PT, room / letters.widthOf(watermark, { ...STYLE, sizePt: 1 }));
  const style = { ...STYLE, sizePt };
  file.save();
  file.translate(width / 2, height / 2).rotate((-Math.atan2(height, width) * 180) / Math.PI);
  file.fillOpacity(OPACITY);
  letters.words(watermark, -letters.widthOf(watermark, style) / 2, -sizePt / 2, style);
  file.restore();
}

import type { Layer } from '../../core/feature/layer.ts';
import { labelOf } from '../../core/feature/symbol.ts';
import type { SymbolShapes } from './draw-areas.ts';
import { areaPlace, runsOf } from './label-places.ts';
import { HALF_HEIGHT_PX, type PlacedText, widthOf } from './letters.ts';
import { joinedLines, lettersAlong } from './line-places.ts';
import type { PixelShapes } from './pixel-shapes.ts';
import type { TakenRoom } from './taken-room.ts';

export interface LabelledShapes extends SymbolShapes {
  /** For each feature the values of the label's property and suffix; empty = no labels. */
  readonly labels: readonly (readonly [unknown, unknown])[];
}

interface View {
  readonly widthPx: number;
  readonly heightPx: number;
}

type LabelledLayer = Pick<Layer, 'style' | 'geometryType'>;

/** A label may be so much wider than its area. */
const OVERHANG = 1.5;
/** Between a mark and its words. */
const GAP_PX = 3;
/** A name is written again along a line after this. */
const REPEAT_PX = 420;
const PAD_PX = 1.5;

/** Labels of one layer for which there is room; what they take is marked as taken. */
export function placeLabels(
  layer: LabelledLayer,
  parts: readonly LabelledShapes[],
  scale: number,
  view: View,
  taken: TakenRoom,
): readonly PlacedText[] {
  if (layer.geometryType.endsWith('LineString')) return alongLines(layer, parts, scale, view, taken);
  const isArea = layer.geometryType.endsWith('Polygon');
  const colour = layer.style.label?.color ?? layer.style.stroke;
  const wishes = parts.flatMap((part) =>
    part.labels.flatMap((values, feature) => {
      const text = textOf(layer, values, scale);
      if (text === undefined) return [];
      return (isArea ? areaWish(part.shapes, feature, text, view) : pointWish(part, feature, text)) ?? [];
    }),
  );
  return wishes
    .toSorted((a, b) => b.weight - a.weight || compareTexts(a.text, b.text))
    .flatMap(({ text, places }) => {
      const half = widthOf(text) / 2;
      const free = places.find(
        ({ x, y }) =>
          x + half > 0 &&
          x - half < view.widthPx &&
          y > -HALF_HEIGHT_PX &&
          y < view.heightPx + HALF_HEIGHT_PX &&
          taken.take([boxAround(x, y, half)]),
      );
      return free ? [{ text, colour, x: free.x, y: free.y }] : [];
    });
}

interface Wish {
  readonly text: string;
  /** Heavier ones are placed first. */
  readonly weight: number;
  readonly places: readonly { readonly x: number; readonly y: number }[];
}

function textOf({ style }: LabelledLayer, [value, suffix]: readonly [unknown, unknown], scale: number) {
  const { label } = style;
  if (!label) return undefined;
  const values = { [label.property]: value };
  return labelOf(style, label.suffixProperty ? { ...values, [label.suffixProperty]: suffix } : values, scale);
}

function areaWish(shapes: PixelShapes, feature: number, text: string, view: View): Wish | undefined {
  const place = areaPlace(shapes, feature, view);
  if (!place || widthOf(text) > place.roomPx * OVERHANG || place.heightPx < HALF_HEIGHT_PX) return undefined;
  return { text, weight: place.roomPx * place.heightPx, places: [place] };
}

function pointWish({ shapes, symbol }: LabelledShapes, feature: number, text: string): Wish {
  const [run] = runsOf(shapes, feature);
  const at = shapes.ends[run - 1] ?? 0;
  const [x = 0, y = 0] = [shapes.positions[at], shapes.positions[at + 1]];
  const beside = ((symbol.marker?.sizePx ?? 0) + symbol.strokeWidthPx) / 2 + GAP_PX;
  const half = widthOf(text) / 2;
  return {
    text,
    // From the top of the picture, as the marks are drawn.
    weight: -y,
    places: [
      { x: x + beside + half, y },
      { x: x - beside - half, y },
      { x, y: y - beside - HALF_HEIGHT_PX },
      { x, y: y + beside + HALF_HEIGHT_PX },
    ],
  };
}

function alongLines(
  layer: LabelledLayer,
  parts: readonly LabelledShapes[],
  scale: number,
  view: View,
  taken: TakenRoom,
): readonly PlacedText[] {
  const colour = layer.style.label?.color ?? layer.style.stroke;
  const sections = new Map<string, { shapes: PixelShapes; feature: number }[]>();
  for (const { shapes, labels } of parts) {
    for (const [feature, values] of labels.entries()) {
      const text = textOf(layer, values, scale);
      if (text === undefined) continue;
      const known = sections.get(text);
      if (known) known.push({ shapes, feature });
      else sections.set(text, [{ shapes, feature }]);
    }
  }
  const placed: PlacedText[] = [];
  for (const [text, named] of sections) {
    const letters = [...text];
    const widths = letters.map(widthOf);
    const own: { x: number; y: number }[] = [];
    for (const line of joinedLines(named)) {
      for (const offset of offsetsOf(line.length, widthOf(text))) {
        const places = lettersAlong(line, letters, widths, offset);
        const middle = places?.[places.length >> 1];
        if (!places || !middle || places.some(({ x, y }) => !isInside(x, y, view))) continue;
        if (own.some(({ x, y }) => Math.hypot(x - middle.x, y - middle.y) < REPEAT_PX)) continue;
        if (!taken.take(places.map(({ x, y }) => boxAround(x, y, HALF_HEIGHT_PX)))) continue;
        own.push(middle);
        placed.push({ text, colour, x: middle.x, y: middle.y, letters: places });
      }
    }
  }
  return placed;
}

/** Where along a line a name could have its middle: the middle of the line first, then to both sides. */
function offsetsOf(length: number, width: number): readonly number[] {
  const offsets: number[] = [];
  const step = Math.max(width / 2, 30);
  for (let away = 0; away <= length / 2 - width / 2; away += step) {
    offsets.push(length / 2 + away);
    if (away > 0) offsets.push(length / 2 - away);
  }
  return offsets;
}

const isInside = (x: number, y: number, { widthPx, heightPx }: View): boolean =>
  x > HALF_HEIGHT_PX && y > HALF_HEIGHT_PX && x < widthPx - HALF_HEIGHT_PX && y < heightPx - HALF_HEIGHT_PX;

function boxAround(x: number, y: number, half: number) {
  return {
    minX: x - half - PAD_PX,
    maxX: x + half + PAD_PX,
    minY: y - HALF_HEIGHT_PX,
    maxY: y + HALF_HEIGHT_PX,
  };
}

const compareTexts = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** A picture as lines and words instead of pixels: the same shapes, symbols and places of labels. */
import type { Drawing, DrawnPath } from '../../core/documents/drawing.ts';
import type { SymbolShapes } from './draw-areas.ts';
import { markerLines } from './draw-markers.ts';
import { drawnLayer, labelsOf, type Picture } from './draw-picture.ts';

/** What is drawn of a picture; its background is the paper. */
export function vectorDrawing({ frame, layers }: Picture): Drawing {
  const drawn = layers.map((layer) => drawnLayer(frame, layer));
  const texts = labelsOf(frame, drawn);
  const paths = drawn.flatMap(({ layer: { geometryType }, parts }) => {
    if (geometryType.endsWith('Polygon')) return areas(parts);
    return geometryType.endsWith('LineString') ? lines(parts) : marks(parts);
  });
  const { widthPx, heightPx } = frame;
  return { widthPx, heightPx, paths: paths.filter(({ ends }) => ends.length > 0), texts };
}

/** Fills of all classes, then outlines of all. */
function areas(parts: readonly SymbolShapes[]): readonly DrawnPath[] {
  const fills = parts.flatMap(
    ({ symbol: { fill, fillOpacity }, shapes: { positions, ends } }): DrawnPath[] =>
      fill === undefined
        ? []
        : [{ positions, ends, isClosed: true, fill: { colour: fill, opacity: fillOpacity } }],
  );
  const outlines = parts.flatMap(({ symbol, shapes: { positions, ends } }): DrawnPath[] =>
    symbol.strokeWidthPx > 0 ? [{ positions, ends, isClosed: true, stroke: strokeOf(symbol) }] : [],
  );
  return [...fills, ...outlines];
}

/** Edges under all lines; the classes named first lie on top. */
function lines(parts: readonly SymbolShapes[]): readonly DrawnPath[] {
  const fromBelow = parts.toReversed();
  const edges = fromBelow.flatMap(({ symbol: { casing }, shapes: { positions, ends } }): DrawnPath[] =>
    casing
      ? [
          {
            positions,
            ends,
            isClosed: false,
            stroke: { colour: casing.color, opacity: 1, widthPx: casing.widthPx },
          },
        ]
      : [],
  );
  const bodies = fromBelow.flatMap(({ symbol, shapes: { positions, ends } }): DrawnPath[] =>
    symbol.strokeWidthPx > 0 ? [{ positions, ends, isClosed: false, stroke: strokeOf(symbol) }] : [],
  );
  return [...edges, ...bodies];
}

function marks(parts: readonly SymbolShapes[]): readonly DrawnPath[] {
  return parts.flatMap(({ symbol, shapes: { positions } }): DrawnPath[] => {
    if (!symbol.marker) return [];
    const outlines: Float64Array[] = [];
    for (let i = 0; i < positions.length; i += 2) {
      outlines.push(...markerLines(symbol.marker, positions[i] ?? 0, positions[i + 1] ?? 0));
    }
    let length = 0;
    const ends = Int32Array.from(outlines, (outline) => (length += outline.length));
    const all = new Float64Array(length);
    for (const [index, outline] of outlines.entries()) all.set(outline, ends[index - 1] ?? 0);
    const isClosed = symbol.marker.shape !== 'cross';
    const { fill, fillOpacity } = symbol;
    return [
      {
        ...{ positions: all, ends, isClosed, stroke: strokeOf(symbol) },
        ...(isClosed && fill !== undefined && { fill: { colour: fill, opacity: fillOpacity } }),
      },
    ];
  });
}

const strokeOf = ({ stroke, strokeOpacity, strokeWidthPx, strokeDash }: SymbolShapes['symbol']) => ({
  ...{ colour: stroke, opacity: strokeOpacity, widthPx: strokeWidthPx, dash: strokeDash },
});

/** A map in a document: the picture at its scale, and what its signs mean. `tiles/picture/paper-map.ts` draws it. */
import type { Ink, Language, LayerDeclaration } from '../feature/layer.ts';
import type { Block, Figure, LegendEntry } from './print-document.ts';

export interface PaperMap {
  readonly picture: Figure['picture'];
  readonly widthMm: number;
  /** 1:n on paper at `widthMm`. */
  readonly scaleDenominator: number;
  /** EPSG code of the CRS whose north is at the top. */
  readonly srid: number;
  /** Shapes that are drawn over the city first, then classes of layers that are seen, the topmost first. */
  readonly legend: readonly LegendEntry[];
}

/** The map with the bar of its scale and an arrow to the north, and its legend. @param alt in words, for who does not see it */
export function paperMapBlocks(
  { picture, widthMm, scaleDenominator, legend }: PaperMap,
  { alt, caption }: Pick<Figure, 'alt' | 'caption'>,
): readonly Block[] {
  return [
    { kind: 'figure', picture, alt, caption, widthMm, scaleDenominator },
    ...(legend.length === 0 ? [] : [{ kind: 'legend', entries: legend } as const]),
  ];
}

/** How shapes of an ink are told. */
export function inkEntry(
  label: string,
  { stroke, strokeDash, casing, fill, fillOpacity = 1 }: Ink & { readonly stroke: string },
  isLine: boolean,
): LegendEntry {
  // A street is as light as the paper; its edge is what is seen.
  if (isLine && casing) return { label, stroke: casing.color, line: 'solid', fill: stroke };
  const line = strokeDash ? 'dashed' : 'solid';
  if (isLine || fill === undefined) return { label, stroke, line };
  return { label, stroke, line, fill, fillOpacity };
}

/** @param entry index among the classes of the style; -1 = none of them */
export function layerEntry(
  { title, style, geometryType }: Pick<LayerDeclaration, 'title' | 'style' | 'geometryType'>,
  entry: number,
  language: Language,
): LegendEntry {
  const styled = style.classes?.entries[entry];
  const label = styled ? `${title[language]}: ${styled.label[language]}` : title[language];
  const isLine = geometryType.endsWith('LineString');
  const ink = {
    stroke: styled?.stroke ?? style.stroke,
    casing: styled?.casing ?? style.casing,
    fill: styled?.fill ?? style.fill,
    fillOpacity: styled?.fillOpacity ?? style.fillOpacity,
    strokeDash: isLine ? style.strokeDash : undefined,
  };
  return inkEntry(label, ink, isLine);
}

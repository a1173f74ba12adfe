/** Legends of styles that come with the request (05-078r4, 12): a row for each rule that draws. */
import { tooLarge } from '../../../core/errors.ts';
import type { Layer } from '../../../core/feature/layer.ts';
import type { Filter } from '../../../core/filter/ast.ts';
import type { SldDrawing, SldRule } from '../../../core/style/read-sld.ts';
import {
  drawRulesLegend,
  type LegendGround,
  type LegendRule,
  rulesLegendSize,
} from '../../../tiles/picture/legend.ts';
import type { Raster } from '../../../tiles/picture/raster.ts';
import { MAX_SIDE_PX } from './map-request.ts';

/** Characters of a title; longer ones are cut. */
const LONGEST_TITLE = 100;

/**
 * @param title of rules that have none
 * @throws TwinError too-large for a legend with a side beyond the limit of maps
 */
export function drawOwnLegend(
  drawings: readonly SldDrawing[],
  { geometryType }: Layer,
  title: string,
  ground: Required<LegendGround>,
): Raster {
  const rules = [...new Set(drawings.map(({ rule }) => rule))].map(
    (rule): LegendRule => ({
      title: shortTitle(rule) ?? title,
      styles: drawings.filter((each) => each.rule === rule).map(({ style }) => style),
    }),
  );
  const { widthPx, heightPx } = rulesLegendSize(rules, geometryType);
  const longest = Math.ceil(Math.max(widthPx, heightPx) * ground.pixelRatio);
  if (longest > MAX_SIDE_PX) {
    throw tooLarge(
      `The legend would have ${longest} pixels along a side; at most ${MAX_SIDE_PX} are drawn. Ask for fewer dots per inch`,
      'sld_body',
    );
  }
  return drawRulesLegend(rules, geometryType, ground);
}

function shortTitle({ title }: SldRule): string | undefined {
  const line = title?.replaceAll(/\s+/g, ' ');
  return line !== undefined && line.length > LONGEST_TITLE ? `${line.slice(0, LONGEST_TITLE - 1)}…` : line;
}

/** Those of the rules that draw anything in view; a rule is kept whole. */
export async function drawingsInView(
  drawings: readonly SldDrawing[],
  layer: Layer,
  isInView: (layer: Layer, filter: Filter | undefined) => Promise<boolean>,
): Promise<readonly SldDrawing[]> {
  const shown = new Set<SldRule>();
  for (const { rule, style, filter } of drawings) {
    if (!shown.has(rule) && (await isInView({ ...layer, style }, filter))) shown.add(rule);
  }
  return drawings.filter(({ rule }) => shown.has(rule));
}

/** The pictures of a comparison: each state from above and from the air. */
import { CHANGE_INK, type REPORT_WORDS } from './comparison-words.ts';
import type { Block } from './print-document.ts';

/** The width of a map on paper. */
export const MAP_WIDTH_MM = 174;

export interface ReportMap {
  readonly title: string;
  readonly picture: { readonly file: Uint8Array; readonly widthPx: number; readonly heightPx: number };
  readonly scaleDenominator: number;
  /** The same state from the air; undefined where what differs lies too far apart to see houses. */
  readonly birdsEye: ReportMap['picture'] | undefined;
  /** What is drawn over it; undefined on the map of the base. */
  readonly changes:
    | { readonly added: number; readonly removed: number; readonly changed: number; readonly more: boolean }
    | undefined;
}

type Say = (word: keyof typeof REPORT_WORDS) => string;

/** Each state from above at a round scale, then from the air. @param srid of the maps */
export function mapBlocks(maps: readonly ReportMap[], srid: number, say: Say): readonly Block[] {
  if (maps.length === 0) return [];
  const entries = (['added', 'removed', 'changed'] as const).map((change) => {
    const { stroke, fill, fillOpacity, line } = CHANGE_INK[change];
    return { label: say(change), stroke, fill, fillOpacity, line };
  });
  return [
    { kind: 'heading', level: 2, text: say('maps') },
    { kind: 'legend', entries },
    ...maps.map(({ title, picture, scaleDenominator, changes }): Block => {
      const named = changes === undefined ? `${title}.` : `${title} – ${changesWords(changes, say)}`;
      return {
        kind: 'figure',
        picture,
        alt: `${say('mapOf')} ${named}`,
        caption: `${named} EPSG:${srid}.`,
        widthMm: MAP_WIDTH_MM,
        scaleDenominator,
      };
    }),
    ...birdsEyeBlocks(maps, say),
  ];
}

function birdsEyeBlocks(maps: readonly ReportMap[], say: Say): readonly Block[] {
  const figures = maps.flatMap(({ title, birdsEye: picture }): Block[] =>
    picture
      ? [
          {
            kind: 'figure',
            picture,
            alt: `${say('fromAirOf')} ${title}.`,
            caption: title,
            widthMm: MAP_WIDTH_MM,
          },
        ]
      : [],
  );
  if (figures.length === 0) return [];
  return [
    { kind: 'heading', level: 2, text: say('fromAir') },
    { kind: 'paragraph', text: say('fromAirNote') },
    ...figures,
  ];
}

function changesWords(
  { added, removed, changed, more }: NonNullable<ReportMap['changes']>,
  say: Say,
): string {
  const counts = `${say('added')}: ${added}, ${say('removed')}: ${removed}, ${say('changed')}: ${changed}.`;
  return more ? `${counts} ${say('notAllDrawn')}` : counts;
}

/** The pictures of a comparison: each state from above and from the air. */
import { CHANGE_INK, type REPORT_WORDS } from './comparison-words.ts';
import { type PaperMap, paperMapBlocks } from './paper-map.ts';
import type { Block, Figure } from './print-document.ts';

export interface ReportMap {
  readonly title: string;
  /** The changes are told in a legend for all maps. */
  readonly map: PaperMap;
  /** The same state from the air; undefined where what differs lies too far apart to see houses. */
  readonly birdsEye: Figure['picture'] | undefined;
  /** What is drawn over it; undefined on the map of the base. */
  readonly changes:
    | { readonly added: number; readonly removed: number; readonly changed: number; readonly more: boolean }
    | undefined;
}

type Say = (word: keyof typeof REPORT_WORDS) => string;

/** Each state from above at a round scale, then from the air. */
export function mapBlocks(maps: readonly ReportMap[], say: Say): readonly Block[] {
  if (maps.length === 0) return [];
  const entries = (['added', 'removed', 'changed'] as const).map((change) => {
    const { stroke, fill, fillOpacity, line } = CHANGE_INK[change];
    return { label: say(change), stroke, fill, fillOpacity, line };
  });
  return [
    { kind: 'heading', level: 2, text: say('maps') },
    { kind: 'legend', entries },
    ...maps.flatMap(({ title, map, changes }): readonly Block[] => {
      const named = changes === undefined ? `${title}.` : `${title} – ${changesWords(changes, say)}`;
      const words = { alt: `${say('mapOf')} ${named}`, caption: `${named} EPSG:${map.srid}.` };
      return paperMapBlocks({ ...map, legend: [] }, words);
    }),
    ...birdsEyeBlocks(maps, say),
  ];
}

function birdsEyeBlocks(maps: readonly ReportMap[], say: Say): readonly Block[] {
  const figures = maps.flatMap(({ title, birdsEye: picture, map: { widthMm } }): Block[] =>
    picture
      ? [
          {
            kind: 'figure',
            picture,
            alt: `${say('fromAirOf')} ${title}.`,
            caption: title,
            widthMm,
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

import { formatQuantity } from '../../../format/number.ts';
import { t } from '../../../text/text.ts';
import type { EditToolOf } from '../edit-tool.ts';
import { known, numberIn } from '../values.ts';

/** Usual run of the side of an embankment: 1 metre up for 1.5 metres out. */
const USUAL_RUN = 1.5;

export const SHAPE_TERRAIN: EditToolOf<'shape-terrain'> = {
  kind: 'shape-terrain',
  subject: 'terrain',
  title: 'shapeTerrain',
  verb: 'verbShape',
  draws: { shape: 'area', hint: 'drawTerrainHint' },
  fields: [
    {
      name: 'how',
      input: 'choice',
      label: 'terrainHow',
      options: [
        ['by', 'terrainBy'],
        ['to', 'terrainTo'],
      ],
      usual: 'by',
    },
    { name: 'metres', input: 'number', label: 'terrainMetres', unit: 'm', min: -100, max: 3_000, step: 0.1 },
    {
      name: 'slopePct',
      input: 'number',
      label: 'terrainSlope',
      unit: 'percent',
      min: 0,
      max: 100,
      step: 0.5,
      optional: true,
    },
    {
      name: 'towardsDeg',
      input: 'number',
      label: 'terrainTowards',
      unit: 'deg',
      min: 0,
      max: 360,
      step: 5,
      optional: true,
    },
    { name: 'sideRun', input: 'number', label: 'terrainSides', min: 0, max: 10, step: 0.1, usual: USUAL_RUN },
  ],
  compose: ({ places, closed, values }) => {
    const metres = numberIn(values, 'metres');
    if (!closed || metres === undefined) return undefined;
    const outline = places.map(([e, n]): [number, number] => [e, n]);
    const sideRun = numberIn(values, 'sideRun') ?? USUAL_RUN;
    if (values['how'] !== 'to') return [{ kind: 'shape-terrain', outline, byM: metres, sideRun }];
    const percent = numberIn(values, 'slopePct');
    const slope = percent ? { percent, towardsDeg: numberIn(values, 'towardsDeg') ?? 0 } : undefined;
    return [{ kind: 'shape-terrain', outline, heightM: metres, sideRun, ...known({ slope }) }];
  },
  words: ({ edit: { byM, heightM } }) =>
    byM === undefined
      ? t('editLevelsTerrain', { height: formatQuantity(heightM ?? 0, 'm', 1) })
      : t(byM < 0 ? 'editLowersTerrain' : 'editRaisesTerrain', { by: formatQuantity(Math.abs(byM), 'm', 1) }),
  facts: ({ earthwork }) =>
    earthwork
      ? [
          t('terrainMoves', {
            cut: formatQuantity(earthwork.cutM3, 'm3', 0),
            fill: formatQuantity(earthwork.fillM3, 'm3', 0),
            error: formatQuantity(earthwork.errorM3, 'm3', 0),
          }),
        ]
      : [],
  shape: ({ outline }) => {
    const [first] = outline;
    return { type: 'Polygon', coordinates: [[...outline, ...(first ? [first] : [])]] };
  },
};

import { lengthOf } from '../../../../core/geo/polyline.ts';
import { ROAD_CLASSES } from '../../../../core/wire/edits/road.ts';
import { formatLength } from '../../../format/number.ts';
import { t } from '../../../text/text.ts';
import type { EditToolOf } from '../edit-tool.ts';
import { flagIn, known, numberIn, textIn, wordIn } from '../values.ts';

const LONGEST_NAME = 200;
const USUAL_KM_H = 30;

export const ADD_ROAD: EditToolOf<'add-road'> = {
  kind: 'add-road',
  subject: 'roads',
  title: 'addRoad',
  verb: 'verbDraw',
  draws: { shape: 'line', hint: 'drawRoadHint' },
  fields: [
    { name: 'class', input: 'choice', property: ['roads', 'class'], usual: 'local' },
    { name: 'name', input: 'text', property: ['roads', 'name'], most: LONGEST_NAME },
    { name: 'lanes', input: 'number', property: ['roads', 'lanes'], min: 1, max: 12, step: 1, usual: 2 },
    {
      name: 'speedKmH',
      input: 'number',
      property: ['roads', 'speed_kmh'],
      min: 5,
      max: 140,
      step: 5,
      usual: USUAL_KM_H,
    },
    { name: 'oneway', input: 'flag', property: ['roads', 'oneway'], usual: false },
  ],
  compose: ({ places, values }) => {
    const roadClass = wordIn(values, 'class', ROAD_CLASSES);
    if (places.length < 2 || !roadClass) return undefined;
    const rest = known({ name: textIn(values, 'name') });
    const [lanes, speedKmH] = [numberIn(values, 'lanes') ?? 2, numberIn(values, 'speedKmH') ?? USUAL_KM_H];
    const path = places.map(([e, n]): [number, number] => [e, n]);
    return [
      {
        kind: 'add-road',
        path,
        class: roadClass,
        lanes,
        speedKmH,
        oneway: flagIn(values, 'oneway'),
        surface: 'asphalt',
        ...rest,
      },
    ];
  },
  words: ({ edit }) => (edit.name ? t('editAddsRoadNamed', { name: edit.name }) : t('editAddsRoad')),
  facts: ({ edit }) => [formatLength(Math.round(lengthOf(edit.path)))],
  shape: ({ path }) => ({ type: 'LineString', coordinates: path }),
};

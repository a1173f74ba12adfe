import { bboxOf } from '../../../../core/geo/bbox.ts';
import { type Geometry, mapPositions } from '../../../../core/geo/geometry.ts';
import type { Xy } from '../../../../core/geo/plane.ts';
import { formatNumber, formatQuantity } from '../../../format/number.ts';
import { t } from '../../../text/text.ts';
import type { EditToolOf, Work } from '../edit-tool.ts';
import { numberIn } from '../values.ts';

const CM = 100;
const toCm = (metres: number): number => Math.round(metres * CM) / CM;

function middleOf(geometry: Geometry): Xy | undefined {
  const box = bboxOf(geometry, 2177);
  return box && [(box.minX + box.maxX) / 2, (box.minY + box.maxY) / 2];
}

/** From where the building stands to where its middle shall be: as pointed at, else as typed. */
function shiftOf({ objects: [building], places: [place], values }: Work): Xy {
  const middle = building?.item.geometry && middleOf(building.item.geometry);
  if (place && middle) return [toCm(place[0] - middle[0]), toCm(place[1] - middle[1])];
  return [numberIn(values, 'eastM') ?? 0, numberIn(values, 'northM') ?? 0];
}

export const MOVE_BUILDING: EditToolOf<'move-building'> = {
  kind: 'move-building',
  subject: 'buildings',
  title: 'moveBuilding',
  verb: 'verbMove',
  picks: { layers: ['buildings'], hint: 'pickBuilding' },
  draws: { shape: 'point', hint: 'drawMoveHint', optional: true },
  fields: [
    {
      name: 'eastM',
      input: 'number',
      label: 'moveEast',
      unit: 'm',
      min: -20_000,
      max: 20_000,
      step: 0.1,
      usual: 0,
    },
    {
      name: 'northM',
      input: 'number',
      label: 'moveNorth',
      unit: 'm',
      min: -20_000,
      max: 20_000,
      step: 0.1,
      usual: 0,
    },
    {
      name: 'turnDeg',
      input: 'number',
      label: 'moveTurn',
      unit: 'deg',
      min: -360,
      max: 360,
      step: 1,
      usual: 0,
    },
  ],
  compose: (work) => {
    const [building] = work.objects;
    const [e, n] = shiftOf(work);
    const turnDeg = numberIn(work.values, 'turnDeg') ?? 0;
    if (!building || (e === 0 && n === 0 && turnDeg === 0)) return undefined;
    return [{ kind: 'move-building', building: building.id, byM: [e, n], turnDeg }];
  },
  preview: (work) => {
    const geometry = work.objects[0]?.item.geometry;
    const middle = geometry && middleOf(geometry);
    if (!middle) return undefined;
    return moved(geometry, middle, shiftOf(work), numberIn(work.values, 'turnDeg') ?? 0);
  },
  after: ({ byM, turnDeg }, before) => {
    const middle = middleOf(before);
    return middle && moved(before, middle, byM, turnDeg);
  },
  words: ({ edit }) => t('editMovesBuilding', { id: edit.building }),
  facts: ({ edit: { byM, turnDeg } }) => [
    formatQuantity(Math.hypot(...byM), 'm', 1),
    turnDeg === 0 ? '' : `${formatNumber(turnDeg)}°`,
  ],
};

/** Turned counter-clockwise about its middle, then moved. */
function moved(geometry: Geometry, [cx, cy]: Xy, [e, n]: Xy, turnDeg: number): Geometry {
  const [sin, cos] = [Math.sin((turnDeg * Math.PI) / 180), Math.cos((turnDeg * Math.PI) / 180)];
  return mapPositions(geometry, ([x, y]) => [
    cx + (x - cx) * cos - (y - cy) * sin + e,
    cy + (x - cx) * sin + (y - cy) * cos + n,
  ]);
}

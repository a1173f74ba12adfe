/** What is seen from points on the map, as painted ground. */
import { computed } from '@preact/signals';
import type { ViewResult } from '../../core/analysis/view/views.ts';
import { viewsOpen } from '../state/view-questions.ts';
import { answers } from './view-study.ts';

type Viewshed = ViewResult['viewsheds'][number];

/** Undefined while nothing is known or the work space is closed. */
export const shownViewsheds = computed<readonly Viewshed[] | undefined>(() => {
  if (!viewsOpen.value) return undefined;
  const found = [...answers.value.values()].flatMap((answer) =>
    answer.kind === 'viewshed' ? [answer.found] : [],
  );
  return found.length > 0 ? found : undefined;
});

const SEEN = 'rgb(214 108 20 / 45%)';

/** @param place where a place of EPSG:2177 is drawn, pixels */
export function paintViewsheds(
  context: CanvasRenderingContext2D,
  viewsheds: readonly Viewshed[],
  place: (e: number, n: number) => readonly [x: number, y: number],
): void {
  context.fillStyle = SEEN;
  for (const { origin, cellM, runs } of viewsheds) {
    context.beginPath();
    for (const [row, run] of runs.entries()) {
      const [south, north] = [origin[1] + row * cellM, origin[1] + (row + 1) * cellM];
      for (let n = 0; n + 1 < run.length; n += 2) {
        const [west, east] = [origin[0] + (run[n] ?? 0) * cellM, origin[0] + (run[n + 1] ?? 0) * cellM];
        context.moveTo(...place(west, south));
        context.lineTo(...place(east, south));
        context.lineTo(...place(east, north));
        context.lineTo(...place(west, north));
      }
    }
    context.fill();
  }
}

/** Corners of what a viewshed may cover, EPSG:2177. */
export const cornersOf = ({
  origin: [e, n],
  cellM,
  runs,
}: Viewshed): readonly (readonly [number, number])[] => {
  const sideM = cellM * runs.length;
  return [
    [e, n],
    [e + sideM, n],
    [e + sideM, n + sideM],
    [e, n + sideM],
  ];
};

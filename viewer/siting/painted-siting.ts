import { computed } from '@preact/signals';
import { KIND_DECLARATIONS } from '../../core/analysis/siting/sited-kinds.ts';
import { theme } from '../state/theme.ts';
import { type Painted, sitingMap } from './siting-ink.ts';
import { effectShown, sitingAsk } from './siting-state.ts';

/** Minutes that count as within reach. */
export const withinMin = computed(
  () => sitingAsk.value.numbers.walkMinutes ?? KIND_DECLARATIONS[sitingAsk.value.kind].walkMinutes,
);

/** Whom plan and globe draw; undefined while nothing is known or the work space is closed. */
export const paintedSiting = computed<Painted | undefined>(() => {
  const told = effectShown.value;
  return (
    told && {
      standing: told.existing.standing.filter(({ id }) => !told.closed.includes(id)),
      ...{ points: told.points, from: told.demand.from, withinMin: withinMin.value },
      ...{ shown: sitingMap.value, theme: theme.value },
    }
  );
});

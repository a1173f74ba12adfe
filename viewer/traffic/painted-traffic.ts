import { computed } from '@preact/signals';
import { lastOf } from '../state/load.ts';
import { theme } from '../state/theme.ts';
import { selection } from '../state/twin-state.ts';
import {
  type DrawnArea,
  type DrawnHome,
  drawnLinks,
  noiseAreas,
  noiseChangeAreas,
  noiseChangeClass,
  noiseClass,
  type PaintedTraffic,
} from './traffic-ink.ts';
import { ROADS, shownMap, trafficAnswer, trafficOpen, whyLink } from './traffic-state.ts';

const links = computed(() =>
  drawnLinks(trafficAnswer.value?.result.links ?? [], shownMap.value, lastOf(whyLink.value)),
);

const homes = computed<readonly DrawnHome[]>(() => {
  const noise = trafficAnswer.value?.result.noise;
  if (!noise) return [];
  const { change } = noise;
  if (shownMap.value === 'noiseChange' && change) {
    return noise.buildings.flatMap(({ id, at, ldwnBeforeDb, ldwnAfterDb }) =>
      ldwnBeforeDb === null || ldwnAfterDb === null
        ? []
        : [{ id, at, look: noiseChangeClass(ldwnAfterDb - ldwnBeforeDb, change.boundDb) }],
    );
  }
  if (shownMap.value !== 'noise' && shownMap.value !== 'noiseBefore') return [];
  return noise.buildings.flatMap(({ id, at, ldwnBeforeDb, ldwnAfterDb }) => {
    const db = noise.after && shownMap.value === 'noise' ? ldwnAfterDb : ldwnBeforeDb;
    return db === null ? [] : [{ id, at, look: noiseClass(db) }];
  });
});

const areas = computed<readonly DrawnArea[]>(() => {
  const map = trafficAnswer.value?.result.noise.map;
  if (!map) return [];
  if (shownMap.value === 'noiseChange') return noiseChangeAreas(map);
  if (shownMap.value === 'noiseBefore') return noiseAreas(map, map.ldwnBeforeDb);
  return shownMap.value === 'noise' ? noiseAreas(map, map.ldwnAfterDb ?? map.ldwnBeforeDb) : [];
});

/** Id of the road that is selected. */
export const chosenRoad = computed<string | undefined>(() =>
  selection.value?.layer === ROADS ? selection.value.id : undefined,
);

/** What plan and globe draw; undefined while nothing is known or the work space is closed. */
export const paintedTraffic = computed<PaintedTraffic | undefined>(() => {
  const result = trafficAnswer.value?.result;
  if (!trafficOpen.value || !result) return undefined;
  const road = chosenRoad.value;
  return {
    ...{ links: links.value, homes: homes.value, areas: areas.value, theme: theme.value },
    chosen: new Set(road === undefined ? [] : [`${road}+`, `${road}-`]),
  };
});

/** Colours of 3D buildings by the ids of their registers, while the noise at homes is shown. */
export const homeInks = computed<ReadonlyMap<string, string> | undefined>(() =>
  trafficOpen.value && homes.value.length > 0
    ? new Map(homes.value.map(({ id, look }) => [id, look.ink[theme.value]]))
    : undefined,
);

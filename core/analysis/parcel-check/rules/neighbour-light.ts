/** What a planned building takes of its neighbours' sun and open sector, where a scenario holds its solid. */
import type { NeighbourLoss } from '../../sun/neighbour-losses.ts';
import type { ParcelFacts } from '../facts.ts';
import type { Draft } from '../rule.ts';

const AS_COUNTED = {
  pl: 'Liczone dla wszystkich zmian budynków w scenariuszu, punkt elewacji to nie pokój, jak poza zabudową śródmiejską.',
  en: 'Counted for all edits of buildings in the scenario; a point of a façade is not a room; as outside downtown development.',
};

export function sunOnNeighbours({ neighbourLight }: ParcelFacts): readonly Draft[] {
  if (!neighbourLight) {
    return [
      {
        state: 'not-assessed',
        reason: {
          pl: 'Zależy od bryły zamierzonego budynku: dodaj ją w scenariuszu i sprawdź działkę w nim.',
          en: 'It hangs on the solid of the intended building: add it in a scenario and check the parcel there.',
        },
      },
    ];
  }
  if ('reason' in neighbourLight) return [{ state: 'not-assessed', reason: neighbourLight.reason }];
  const { losses, asked } = neighbourLight;
  const lost = appearing(losses, 'neighbour-loses-sun');
  const [limit] = lost.map((loss) => loss.limit);
  if (limit === undefined) {
    return [
      {
        state: 'does-not-apply',
        reason: {
          pl: `Żaden z ${asked} badanych punktów elewacji sąsiadów nie traci wymaganego słońca. ${AS_COUNTED.pl}`,
          en: `None of the ${asked} points asked on façades of neighbours loses the sun required. ${AS_COUNTED.en}`,
        },
      },
    ];
  }
  const points = lost.reduce((sum, loss) => sum + loss.points, 0);
  const least = Math.min(...lost.map(({ measured }) => measured));
  return [
    {
      state: lost.some(({ isSure }) => isSure) ? 'applies' : 'touches',
      reason: {
        pl: `Wymagane słońce traci ${points} z ${asked} badanych punktów elewacji sąsiadów; najgorszemu zostaje ${least} min. ${AS_COUNTED.pl}`,
        en: `${points} of the ${asked} points asked on façades of neighbours lose the sun required; the worst keeps ${least} min. ${AS_COUNTED.en}`,
      },
      objects: lost.map(({ building }) => building),
      measured: { value: least, unit: 'min' },
      threshold: { must: '>=', value: limit, unit: 'min' },
    },
  ];
}

/** Obstacles that the scenario puts too near to windows; none where it holds no building of the parcel. */
export function sectorLosses({ neighbourLight }: ParcelFacts): readonly Draft[] {
  if (!neighbourLight || 'reason' in neighbourLight) return [];
  const shut = appearing(neighbourLight.losses, 'neighbour-loses-open-sector');
  if (shut.length === 0) return [];
  const mostM = Math.max(...shut.map(({ measured }) => measured));
  return [
    {
      state: shut.some(({ isSure }) => isSure) ? 'applies' : 'touches',
      reason: {
        pl: `Bryła ze scenariusza staje za blisko okien sąsiadów: najwięcej brakuje ${mostM} m. ${AS_COUNTED.pl}`,
        en: `The solid of the scenario stands too near the neighbours’ windows: at most ${mostM} m are lacking. ${AS_COUNTED.en}`,
      },
      objects: shut.map(({ building }) => building),
      measured: { value: mostM, unit: 'm' },
      threshold: { must: '<=', value: 0, unit: 'm' },
    },
  ];
}

const appearing = (losses: readonly NeighbourLoss[], code: NeighbourLoss['code']): readonly NeighbourLoss[] =>
  losses.filter((loss) => loss.code === code && loss.change === 'appears');

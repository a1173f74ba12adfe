import { COLOURS_BY, limitsOn } from '../../core/analysis/noise/noise-colours.ts';
import type { TrafficResult } from '../../core/wire/traffic.ts';
import { formatNumber } from '../format/number.ts';
import { theme } from '../state/theme.ts';
import { t, type Word } from '../text/text.ts';
import { isNoise, trafficClasses } from './traffic-ink.ts';
import { TRAFFIC_MAPS, type TrafficMap } from './traffic-query.ts';
import { changeTraffic, shownMap, whyLink } from './traffic-state.ts';

const MAP_WORDS: Readonly<Record<TrafficMap, Word>> = {
  flow: 'trafficMapFlow',
  difference: 'trafficMapDifference',
  speed: 'trafficMapSpeed',
  noiseBefore: 'trafficMapNoiseBefore',
  noise: 'trafficMapNoise',
  noiseChange: 'trafficMapNoiseChange',
  why: 'trafficMapWhy',
};

const HINTS: Partial<Readonly<Record<TrafficMap, Word>>> = {
  noiseBefore: 'trafficNoiseHint',
  noise: 'trafficNoiseHint',
  noiseChange: 'trafficNoiseHint',
  difference: 'trafficChangeHint',
};

/** What the map shows, and what its colours mean. */
export function MapChoice({ result }: { result: TrafficResult }) {
  const shown = shownMap.value;
  const offered = TRAFFIC_MAPS.filter(
    (map) =>
      (map !== 'difference' || result.after) &&
      ((map !== 'noiseChange' && map !== 'noiseBefore') || result.noise.change) &&
      (map !== 'why' || whyLink.value.kind === 'ready'),
  );
  const { noiseVehPerH } = result.summary;
  return (
    <section class="siting-map" aria-labelledby="traffic-map-title">
      <h2 id="traffic-map-title" class="panel-subtitle">
        {t('trafficMap')}
      </h2>
      <fieldset class="segmented traffic-orders" aria-labelledby="traffic-map-title">
        {offered.map((map) => (
          <button key={map} type="button" aria-pressed={shown === map} onClick={() => changeTraffic({ map })}>
            {t(MAP_WORDS[map])}
          </button>
        ))}
      </fieldset>
      <ul class="siting-legend">
        {trafficClasses(shown).map(({ ink, word, values, isDashed }) => (
          <li key={ink.light}>
            <span
              class={`traffic-sign ${isDashed ? 'dashed' : ''} ${isNoise(shown) ? 'dot' : ''}`}
              style={{ '--sign': ink[theme.value] }}
              aria-hidden="true"
            />
            {t(word, values)}
          </li>
        ))}
      </ul>
      <p class="quiet">
        {t(HINTS[shown] ?? 'trafficWidthHint')}
        {isNoise(shown) &&
          ` ${result.noise.map ? t('trafficNoiseMapHint', { m: result.noise.map.stepM, db: formatNumber(result.noise.map.boundDb, 1) }) : t('trafficNoiseMapNone')}`}
        {(shown === 'noise' || shown === 'noiseBefore') && ` ${noiseColours()}`}
        {shown === 'noiseChange' &&
          ` ${t('trafficNoiseBound', { db: formatNumber(result.noise.change?.boundDb ?? 0, 1) })}`}
        {shown === 'difference' &&
          noiseVehPerH !== null &&
          ` ${t('trafficNoiseFloor', { n: formatNumber(noiseVehPerH, 2) })}`}
      </p>
    </section>
  );
}

/** Whose colours they are, and which levels the law permits today. */
function noiseColours(): string {
  const [houses, flats] = limitsOn(new Date().toISOString().slice(0, 10)).map(({ db }) => db);
  return t('trafficNoiseColours', { by: COLOURS_BY, houses: houses ?? '–', flats: flats ?? '–' });
}

import { useEffect } from 'preact/hooks';
import { formatNumber } from '../format/number.ts';
import { wantedCity } from '../state/shown-city.ts';
import { cityDay } from '../state/shown-time.ts';
import { momentOfView, type SunView, sunOver, sunView } from '../state/sun-view.ts';
import { catalogue, mode } from '../state/twin-state.ts';
import { t, type Word } from '../text/text.ts';
import { SunMapSection } from './sun-map-section.tsx';
import { followSunStudy } from './sun-study.ts';
import { SunWindowsSection } from './sun-windows-section.tsx';
import { ViewSection } from './view-section.tsx';
import { followViews } from './view-study.ts';

const DAY = 1440;
const STEP_MIN = 5;
/** The moment that was left last; the panel opens with it again. */
let left: SunView | undefined;
const usual = (): SunView => ({ day: `${cityDay(Date.now()).slice(0, 4)}-03-20`, minute: 12 * 60 });

/** The work space of the sun: the light of a moment, hours of sun of a square, and what neighbours lose. */
export function SunPanel() {
  useEffect(() => {
    sunView.value ??= left ?? usual();
    const stop = followSunStudy();
    const stopFollowingViews = followViews();
    return () => {
      left = sunView.peek() ?? left;
      sunView.value = undefined;
      stop();
      stopFollowingViews();
    };
  }, []);
  // A step back may lead to a link that says nothing of the sun.
  const view = sunView.value ?? left ?? usual();
  return (
    <div class="sun">
      <Moment view={view} />
      <SunMapSection view={view} />
      {wantedCity.value.scenario === undefined ? (
        <p class="quiet">{t('sunNeedsScenario')}</p>
      ) : (
        <SunWindowsSection />
      )}
      <ViewSection />
    </div>
  );
}

const SEASONS: readonly (readonly [Word, string])[] = [
  ['sunSpring', '03-20'],
  ['sunSummer', '06-21'],
  ['sunAutumn', '09-23'],
  ['sunWinter', '12-21'],
];

function Moment({ view }: { view: SunView }) {
  const change = (by: Partial<SunView>) => {
    sunView.value = { ...view, ...by };
  };
  const year = view.day.slice(0, 4);
  return (
    <section class="sun-section" aria-label={t('sunTime')}>
      <label class="sun-field">
        <span>{t('sunDay')}</span>
        <input
          type="date"
          min="1900-01-01"
          max="2199-12-31"
          value={view.day}
          onChange={({ currentTarget: { value } }) => {
            if (value !== '') change({ day: value });
          }}
        />
      </label>
      <div class="sun-seasons">
        {SEASONS.map(([word, day]) => (
          <button
            key={day}
            type="button"
            class="button"
            aria-pressed={view.day === `${year}-${day}`}
            onClick={() => change({ day: `${year}-${day}` })}
          >
            {t(word)}
          </button>
        ))}
      </div>
      <label class="sun-field">
        <span>
          {t('sunTime')} <span class="sun-clock">{clockOf(view.minute)}</span>
        </span>
        <input
          type="range"
          min="0"
          max={DAY - STEP_MIN}
          step={STEP_MIN}
          value={view.minute}
          aria-valuetext={clockOf(view.minute)}
          onInput={({ currentTarget: { value } }) => change({ minute: Number(value) })}
        />
      </label>
      <p role="status">{standing(view)}</p>
      {mode.value === '2d' && <p class="quiet">{t('sunShadowsIn3d')}</p>}
    </section>
  );
}

const clockOf = (minute: number): string =>
  `${Math.floor(minute / 60)}:${String(minute % 60).padStart(2, '0')}`;

function standing(view: SunView): string {
  const state = catalogue.value;
  if (state.kind !== 'ready') return '';
  if (momentOfView(view) === undefined) return t('sunNoSuchTime');
  const { lon, lat } = state.value.city.home;
  const sun = sunOver(view, [lon, lat]);
  if (!sun || sun.altitudeDeg <= 0) return t('sunBelow');
  return t('sunStands', {
    altitude: formatNumber(sun.altitudeDeg, 1),
    azimuth: formatNumber(sun.azimuthDeg, 0),
  });
}

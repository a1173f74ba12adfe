import type { AirStation } from '../../core/wire/air-quality.ts';
import { said, t } from '../text/text.ts';
import { airRead } from './dashboard-state.ts';

const CLASSES = [1, 2, 3, 4, 5, 6];

/** The air quality index of a station: its class in words and as so many of six blocks, or why there is none. */
export function AirIndex({ thing }: { thing: number }) {
  const read = airRead.value;
  const station = read.kind === 'ready' ? read.value.stations.find((one) => one.thing === thing) : undefined;
  if (station === undefined) return null;
  if (station.class === null || station.classTitle === null) {
    return <p class="air-index quiet">{t('airNoIndex')}</p>;
  }
  return (
    <p class={`air-index class-${station.class}`}>
      <span class="air-blocks" aria-hidden="true">
        {CLASSES.map((one) => (
          <span key={one} class={one <= (station.class ?? 0) ? 'full' : ''} />
        ))}
      </span>
      <strong>{said(station.classTitle)}</strong>
      {station.isDisputed && <span class="chip warning">{t('airDisputed')}</span>}
      <MissingWords station={station} />
    </p>
  );
}

function MissingWords({ station: { missing } }: { station: AirStation }) {
  const [inDoubt, tooFew] = (['in-doubt', 'too-few'] as const).map((why) =>
    missing.filter((one) => one.why === why).map(({ kind }) => kind.toUpperCase()),
  );
  const without = [...(inDoubt ?? []), ...(tooFew ?? [])];
  if (without.length === 0) return null;
  return <span class="quiet">{t('airWithout', { kinds: without.join(', ') })}</span>;
}

/** Which scale it is, of when, and that it leaves out what is not measured. */
export function AirScale() {
  const read = airRead.value;
  if (read.kind !== 'ready') return null;
  const { name, asOf, source } = read.value.scale;
  return (
    <p class="quiet air-scale">{t('airScale', { name: said(name), asOf, source: new URL(source).host })}</p>
  );
}

import { SignInButton } from '../account/sign-in-button.tsx';
import { t } from '../text/text.ts';
import type { GapPoint } from './traffic-state.ts';
import { enoughTraffic, stopTraffic, trafficAsk } from './traffic-state.ts';
import { gapText } from './traffic-words.ts';

const [WIDTH, HEIGHT, PAD] = [320, 96, 14] as const;
const LEAST_SPAN_MS = 1000;

/** How the gap falls while a run goes on, and ways to stop it. */
export function RunProgress({ gaps }: { gaps: readonly GapPoint[] }) {
  const last = gaps.at(-1);
  const { gap: target } = trafficAsk.value;
  const words = !last
    ? t('trafficReading')
    : t(last.state === 'before' ? 'trafficSolvingBefore' : 'trafficSolvingAfter', { gap: gapText(last.gap) });
  return (
    <div class="traffic-progress">
      <p role="status">{words}</p>
      <GapChart gaps={gaps} target={target} />
      <div class="traffic-actions">
        <button type="button" class="button" disabled={!last} onClick={enoughTraffic}>
          {t('trafficEnough')}
        </button>
        <button type="button" class="button" onClick={stopTraffic}>
          {t('consequencesCallOff')}
        </button>
      </div>
    </div>
  );
}

/** The gap over time, each order of magnitude as tall as the other. */
function GapChart({ gaps, target }: { gaps: readonly GapPoint[]; target: number }) {
  const orders = -Math.log10(target / 100);
  // Time runs from where the city has been read; a moment of it is no whole width.
  const from = gaps[0]?.atMs ?? 0;
  const span = Math.max(LEAST_SPAN_MS, (gaps.at(-1)?.atMs ?? 0) - from);
  const x = (ms: number) => PAD + ((ms - from) / span) * (WIDTH - 2 * PAD);
  const y = (gap: number) => PAD + (-Math.log10(Math.max(gap, 1e-16)) / orders) * (HEIGHT - 2 * PAD);
  const line = (state: GapPoint['state']) =>
    gaps
      .filter((each) => each.state === state)
      .map(({ atMs, gap }, k) => `${k === 0 ? 'M' : 'L'}${x(atMs).toFixed(1)} ${y(gap).toFixed(1)}`)
      .join('');
  const last = gaps.at(-1);
  return (
    <svg class="traffic-gap" viewBox={`0 0 ${WIDTH} ${HEIGHT}`} role="img" aria-label={t('trafficGapChart')}>
      <line class="target" x1={PAD} x2={WIDTH - PAD} y1={y(target)} y2={y(target)} />
      <text x={PAD} y={y(target) + 13}>
        {t('trafficGapTarget', { gap: gapText(target) })}
      </text>
      <path class="before" d={line('before')} />
      <path class="after" d={line('after')} />
      {last && <circle class={last.state} cx={x(last.atMs)} cy={y(last.gap)} r="3.5" />}
    </svg>
  );
}

/** Why there is no answer, and what to do. */
export function RunFailure({ reason, needsSignIn }: { reason: string; needsSignIn: boolean }) {
  return (
    <div class="what-if-note warning" role="alert">
      {needsSignIn ? (
        <p>
          {t('trafficSignIn')} <SignInButton />
        </p>
      ) : (
        <>
          <p>{t('trafficFailed')}</p>
          <p>{reason}</p>
        </>
      )}
    </div>
  );
}

import { formatNumber } from '../format/number.ts';
import { STATE_WORDS } from '../parcel/finding-words.ts';
import { said, t } from '../text/text.ts';
import { best, changeAsk, effectShown, isBestShown, showBest, sitingAsk } from './siting-state.ts';
import { measured, minutes, people, signed } from './siting-words.ts';

/** How good the sites that were found are, what is second best, and how sure that is. */
export function Proof() {
  const answer = best.value;
  if (!answer) return null;
  const { objective, bound, unit, proven, gap, seconds, candidates } = answer;
  return (
    <section class="siting-proof" aria-labelledby="siting-proof-title">
      <h2 id="siting-proof-title" class="panel-subtitle">
        {t('sitingProof')}
      </h2>
      {!isBestShown.value && <OwnAgainstBest />}
      <dl class="siting-facts">
        <dt>{t('sitingObjective')}</dt>
        <dd>{measured(objective, unit)}</dd>
        <dt>{t('sitingBound')}</dt>
        <dd>
          {measured(bound, unit)} {proven ? <span class="chip success">{t('sitingProven')}</span> : null}
        </dd>
        <dt>{t('sitingGap')}</dt>
        <dd>{proven ? '0' : `${formatNumber(gap * 100, 2)} %`}</dd>
        <dt>{t('sitingTime')}</dt>
        <dd>{t('sitingSeconds', { n: formatNumber(seconds, 1) })}</dd>
        <dt>{t('sitingCandidates')}</dt>
        <dd>
          {t('sitingCandidatesOf', { tried: candidates.tried, fit: candidates.fit, ...candidates.byKind })}
        </dd>
      </dl>
      {!proven && <p class="what-if-note">{t('sitingNotProven')}</p>}
      <BeyondHelp />
      <RunnerUp />
      <Checks />
      <Sensitivity />
      <TradeOff />
    </section>
  );
}

/** One's own sites beside the best ones. */
function OwnAgainstBest() {
  const [answer, own] = [best.value, effectShown.value];
  if (!answer || !own) return null;
  return (
    <div class="what-if-note">
      <p>
        {t('sitingOwnAgainstBest', {
          own: people(own.after.served),
          best: people(answer.after.served),
          difference: signed(Math.round(own.after.served) - Math.round(answer.after.served)),
        })}{' '}
        {t('sitingOwnWalks', {
          own: minutes(own.after.walkMinutesMean),
          best: minutes(answer.after.walkMinutesMean),
        })}
      </p>
      <button type="button" class="button" onClick={showBest}>
        {t('sitingBackToBest')}
      </button>
    </div>
  );
}

function RunnerUp() {
  const answer = best.value;
  const second = answer?.runnerUp;
  if (!answer || !second) return null;
  const places = new Map(
    [...answer.sensitivity, ...answer.sites].map(({ candidate, place }) => [candidate, place] as const),
  );
  const sites = second.sites.flatMap((candidate) => places.get(candidate) ?? []);
  return (
    <>
      <h3>{t('sitingRunnerUp')}</h3>
      <p>
        {t('sitingRunnerUpIs', { difference: measured(second.difference, answer.unit) })}{' '}
        <bdi dir="ltr">{second.sites.join(', ')}</bdi>{' '}
        {sites.length === second.sites.length && (
          <button
            type="button"
            class="text-button"
            onClick={() => changeAsk({ sites, closed: sitingAsk.value.closed })}
          >
            {t('sitingShowIt')}
          </button>
        )}
      </p>
    </>
  );
}

/** Districts that even the best choice cannot help. */
function BeyondHelp() {
  const left = best.value?.beyondHelp ?? [];
  if (left.length === 0) return null;
  return (
    <p class="what-if-note">
      {t('sitingBeyondHelp', {
        names: left.map(({ name, people: many }) => `${name} (${people(many)})`).join(', '),
      })}
    </p>
  );
}

/** What the parcel check says of everything that was tried. */
function Checks() {
  const answer = best.value;
  if (!answer) return null;
  const { checks } = answer;
  if (!checks) return <p class="what-if-note">{t('sitingChecksFailed')}</p>;
  const row = ({ rule, title, applies, touches, notAssessed }: (typeof checks.rules)[number]) => (
    <tr key={rule}>
      <th scope="row">{said(title)}</th>
      <td>{applies}</td>
      <td>{touches}</td>
      <td>{notAssessed}</td>
    </tr>
  );
  return (
    <details>
      <summary>{t('sitingChecks', { n: checks.parcels })}</summary>
      <p class="quiet">{t('sitingChecksHint')}</p>
      <table class="siting-table">
        <thead>
          <tr>
            <th scope="col">{t('sitingRule')}</th>
            <th scope="col">{t(STATE_WORDS.applies)}</th>
            <th scope="col">{t(STATE_WORDS.touches)}</th>
            <th scope="col">{t(STATE_WORDS['not-assessed'])}</th>
          </tr>
        </thead>
        <tbody>{checks.rules.map(row)}</tbody>
      </table>
    </details>
  );
}

const MOST_BARS = 8;

function Sensitivity() {
  const answer = best.value;
  if (!answer || answer.sensitivity.length === 0) return null;
  const chosen = new Set(answer.sites.map(({ candidate }) => candidate));
  return (
    <>
      <h3>{t('sitingSensitivity')}</h3>
      <p class="quiet">{t('sitingSensitivityHint')}</p>
      <ul class="siting-bars">
        {answer.sensitivity.slice(0, MOST_BARS).map(({ candidate, share }) => (
          <li key={candidate} class={chosen.has(candidate) ? 'chosen' : ''}>
            <bdi dir="ltr">{candidate}</bdi>
            <span class="siting-share">{formatNumber(share * 100, 0)} %</span>
            <span class="siting-bar" style={{ '--share': share }} aria-hidden="true" />
          </li>
        ))}
      </ul>
    </>
  );
}

function TradeOff() {
  const answer = best.value;
  if (!answer || answer.tradeOff.length < 2) return null;
  return (
    <details>
      <summary>{t('sitingTradeOff')}</summary>
      <table class="siting-table">
        <thead>
          <tr>
            <th scope="col">{t('sitingInReach')}</th>
            <th scope="col">{t('sitingRowWalk')}</th>
            <th scope="col">{t('sitingSites')}</th>
          </tr>
        </thead>
        <tbody>
          {answer.tradeOff.map(({ weight, sites, served, walkMinutesMean }) => (
            <tr key={weight}>
              <td>{people(served)}</td>
              <td>{minutes(walkMinutesMean)}</td>
              <td>
                <bdi dir="ltr">{sites.join(', ')}</bdi>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </details>
  );
}

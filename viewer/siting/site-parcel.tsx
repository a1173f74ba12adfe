import { signal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import type { Finding, ParcelCheck } from '../../core/wire/parcel-check.ts';
import { STATE_ORDER, STATE_SHAPES, STATE_WORDS, shortWords } from '../parcel/finding-words.ts';
import { fetchCheck } from '../parcel/parcel-api.ts';
import { LOADING, type Load, lastOf, loadAlong } from '../state/load.ts';
import { cityPrefix } from '../state/shown-city.ts';
import { select } from '../state/twin-state.ts';
import { said, t } from '../text/text.ts';

const check = signal<Load<ParcelCheck>>(LOADING);
const wanted = signal<string | undefined>(undefined);

/** A marker that moves over parcels asks when it rests this long. */
const PAUSE_MS = 400;
/** Said in full on the card; the rest are counted. */
const MOST_SAID = 6;

/** What the check of the parcel under a site finds: first what concerns sun, noise and air. */
export function SiteParcel({ id }: { id: string }) {
  useEffect(() => {
    wanted.value = id;
  }, [id]);
  useEffect(
    () =>
      loadAlong(
        check,
        () => {
          void cityPrefix.value;
          const parcel = wanted.value;
          return parcel === undefined ? undefined : (abort) => fetchCheck(parcel, undefined, abort);
        },
        PAUSE_MS,
      ),
    [],
  );
  const known = lastOf(check.value);
  return (
    <div class="siting-parcel">
      <p>
        {t('sitingParcel')}{' '}
        <button type="button" class="text-button" onClick={() => select({ layer: 'parcels', id })}>
          {id}
        </button>
      </p>
      {check.value.kind === 'failed' && <p class="what-if-note warning">{check.value.reason}</p>}
      {!known || known.parcel.id !== id ? (
        <p class="quiet">{t('sitingChecking')}</p>
      ) : (
        <Findings findings={known.findings} />
      )}
    </div>
  );
}

function Findings({ findings }: { findings: readonly Finding[] }) {
  const count = (state: Finding['state']) => findings.filter((finding) => finding.state === state).length;
  const matter = findings
    .filter(({ state }) => state === 'applies' || state === 'touches')
    .toSorted((a, b) => weightOf(b) - weightOf(a));
  // Nothing known of sun and noise is as much an answer as a finding.
  const unknown = findings.filter((finding) => finding.state === 'not-assessed' && weightOf(finding) >= 2);
  const told = [...unknown, ...matter].slice(0, MOST_SAID);
  return (
    <>
      <p class="siting-states">
        {STATE_ORDER.map((state) => (
          <span key={state}>
            <span aria-hidden="true">{STATE_SHAPES[state]}</span> {count(state)} {t(STATE_WORDS[state])}
          </span>
        ))}
      </p>
      <ul class="siting-findings">
        {told.map((finding) => (
          <li key={finding.id}>
            <span aria-hidden="true">{STATE_SHAPES[finding.state]}</span> {said(finding.title)}
            <span class="visually-hidden">, {t(STATE_WORDS[finding.state])}</span>
            <span class="quiet"> {shortWords(finding)}</span>
          </li>
        ))}
      </ul>
      {matter.length + unknown.length > told.length && (
        <p class="quiet">{t('sitingMoreFindings', { n: matter.length + unknown.length - told.length })}</p>
      )}
    </>
  );
}

/** What matters most where children or old people stay: noise and air, sun; then what binds everybody. */
const weightOf = ({ rule, category, strength }: Finding): number =>
  (category === 'noise' || rule.includes('sun') ? 2 : 0) + (strength === 'statute' ? 1 : 0);

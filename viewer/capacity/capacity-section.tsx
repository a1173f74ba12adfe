import {
  CAPACITY_USES,
  type CapacityResult,
  type CapacityRule,
  type CapacityUse,
} from '../../core/wire/capacity.ts';
import { formatNumber, formatQuantity } from '../format/number.ts';
import { CloseButton } from '../frame/close-button.tsx';
import { Icon } from '../frame/icon.tsx';
import { workSpace } from '../frame/layout.ts';
import { capacityShown } from '../state/sites-link.ts';
import { mode, selection, webglAvailable } from '../state/twin-state.ts';
import { said, t, type Word } from '../text/text.ts';
import { capacity, capacityParcel, wantedUse } from './capacity-state.ts';

const USES: Readonly<Record<CapacityUse, Word>> = {
  'single-family': 'capSingleFamily',
  'multi-family': 'capMultiFamily',
  services: 'capServices',
  production: 'capProduction',
};
const STATES: Readonly<Record<CapacityResult['state'], Word | undefined>> = {
  assessed: undefined,
  'no-plan': 'capNoPlan',
  'no-building-land': 'capNoBuildingLand',
  'nothing-left': 'capNothingLeft',
};
const SIGNS: Readonly<Record<CapacityRule['state'], readonly [sign: string, word: Word]>> = {
  applies: ['●', 'capApplies'],
  touches: ['◐', 'capTouches'],
  'does-not-apply': ['○', 'capDoesNotApply'],
  'not-assessed': ['?', 'capNotAssessed'],
};
const STRENGTHS: Readonly<Record<CapacityRule['law']['strength'], Word>> = {
  statute: 'capStatute',
  'local-law': 'capLocalLaw',
  guideline: 'capGuideline',
  advisory: 'capAdvisory',
};

/** On the card of a parcel: asks what may be built on it. */
export function CapacityButton() {
  if (capacityShown.value && workSpace.value === 'sites') return null;
  return (
    <button
      type="button"
      class="button"
      onClick={() => {
        capacityShown.value = true;
        workSpace.value = 'sites';
      }}
    >
      <Icon name="building" />
      {t('capAsk')}
    </button>
  );
}

/** What may be built on the selected parcel, each number with what limits it. */
export function CapacitySection() {
  const id = capacityParcel.value;
  if (id === undefined) {
    if (selection.value?.layer !== 'parcels') return null;
    return <CapacityButton />;
  }
  const told = capacity.value;
  return (
    <section class="capacity" aria-labelledby="capacity-title">
      <header class="capacity-head">
        <h2 id="capacity-title">{t('capTitle')}</h2>
        <CloseButton
          label={t('capClose')}
          onClick={() => {
            capacityShown.value = false;
          }}
        />
      </header>
      <p class="quiet">
        <bdi dir="ltr">{id}</bdi>
      </p>
      {told.kind === 'loading' && <p role="status">{t('capComputing')}</p>}
      {told.kind === 'failed' && (
        <p class="what-if-note warning" role="alert">
          {t('capFailed', { reason: told.reason })}
        </p>
      )}
      {told.kind === 'ready' && <Told result={told.value} />}
    </section>
  );
}

function Told({ result }: { result: CapacityResult }) {
  const { state, asked, limits, buildable, standing, remaining, rules, notes } = result;
  const stateWord = STATES[state];
  const said2 = (value: number | undefined, unit: string) =>
    value === undefined ? undefined : formatQuantity(value, unit, 0);
  return (
    <>
      <label class="field">
        {t('capUse')}
        <select
          value={asked.use}
          onChange={(event) => {
            wantedUse.value = event.currentTarget.value as CapacityUse;
          }}
        >
          {CAPACITY_USES.map((use) => (
            <option key={use} value={use}>
              {t(USES[use])}
            </option>
          ))}
        </select>
      </label>
      {stateWord && <p class="what-if-note warning">{t(stateWord)}</p>}
      <dl class="capacity-limits">
        <Limit
          word="capBuildable"
          value={`${formatQuantity(buildable.areaM2, 'm2', 0)} ± ${formatNumber(buildable.errorM2, 0)}`}
        />
        <Limit
          word="capFootprint"
          value={said2(limits.footprint?.value, 'm2')}
          reason={limits.footprint?.reason}
          rest={standing.footprintM2 > 0 ? said2(remaining.footprintM2, 'm2') : undefined}
        />
        <Limit
          word="capStoreys"
          value={limits.storeys && formatNumber(limits.storeys.value)}
          reason={limits.storeys?.reason}
        />
        <Limit
          word="capFloor"
          value={said2(limits.floor?.value, 'm2')}
          reason={limits.floor?.reason}
          rest={standing.floorM2 > 0 ? said2(remaining.floorM2, 'm2') : undefined}
        />
        <Limit word="capGreen" value={said2(limits.green?.value, 'm2')} reason={limits.green?.reason} />
        <Limit
          word="capDwellings"
          value={limits.dwellings && formatNumber(limits.dwellings.value)}
          reason={limits.dwellings?.reason}
        />
        <Limit
          word="capParking"
          value={limits.parking && formatNumber(limits.parking.value)}
          reason={limits.parking?.reason}
        />
      </dl>
      {mode.value === '2d' &&
        webglAvailable.value &&
        result.bodies.some(({ heightM }) => heightM !== null) && (
          <button
            type="button"
            class="button"
            onClick={() => {
              mode.value = '3d';
            }}
          >
            <Icon name="box" />
            {t('capShow3d')}
          </button>
        )}
      <h3>{t('capRules')}</h3>
      <ul class="capacity-rules">
        {rules
          .filter(({ state: of }) => of !== 'does-not-apply')
          .map((rule) => (
            <li key={rule.rule}>
              <Rule rule={rule} />
            </li>
          ))}
      </ul>
      <p class="quiet">
        {t('capClear', {
          names: rules
            .filter(({ state: of }) => of === 'does-not-apply')
            .map(({ title }) => said(title))
            .join('; '),
        })}
      </p>
      <ul class="capacity-notes">
        {notes.map((note) => (
          <li key={note.en}>{said(note)}</li>
        ))}
      </ul>
      <p class="quiet">{t('capLawDate', { date: asked.lawDate })}</p>
    </>
  );
}

function Limit({
  word,
  value,
  reason,
  rest,
}: {
  word: Word;
  value: string | undefined;
  reason?: { readonly pl: string; readonly en: string } | undefined;
  rest?: string | undefined;
}) {
  return (
    <div>
      <dt>{t(word)}</dt>
      <dd>
        <strong>{value ?? t('capUnknown')}</strong>
        {rest !== undefined && <span> {t('capStill', { value: rest })}</span>}
        {reason && <span class="quiet">{said(reason)}</span>}
      </dd>
    </div>
  );
}

function Rule({ rule }: { rule: CapacityRule }) {
  const { title, law, state, distanceM, takenM2, note } = rule;
  const [sign, word] = SIGNS[state];
  const measured = [
    distanceM === undefined ? undefined : formatQuantity(distanceM, 'm'),
    takenM2 === undefined || takenM2 === 0
      ? undefined
      : t('capTakes', { value: formatQuantity(takenM2, 'm2', 0) }),
  ].filter((part) => part !== undefined);
  return (
    <details>
      <summary>
        <span aria-hidden="true">{sign}</span>
        <span class="visually-hidden">{t(word)}: </span>
        {said(title)}
        {measured.length > 0 && <span class="quiet"> {measured.join(' · ')}</span>}
      </summary>
      <p>{said(law.paraphrase)}</p>
      {note && <p class="what-if-note">{said(note)}</p>}
      <p class="quiet">
        {law.act}, {law.unit} · {t(STRENGTHS[law.strength])}
        {law.certainty === 'to-verify' ? ` · ${t('capToVerify')}` : ''}
      </p>
    </details>
  );
}

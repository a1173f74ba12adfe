import { useEffect } from 'preact/hooks';
import { BUILDING_STATES } from '../../core/catalogue/buildings-3d.ts';
import { MISMATCH_KINDS, type Mismatch, type MismatchKind } from '../../core/wire/model-mismatches.ts';
import { formatCount, formatNumber } from '../format/number.ts';
import { Icon } from '../frame/icon.tsx';
import { LOADING, lastOf } from '../state/load.ts';
import { language, t, type Word } from '../text/text.ts';
import { ModelChangeForm } from './model-change-form.tsx';
import { beginChange } from './model-change-state.ts';
import {
  filterMismatches,
  followMismatches,
  linkTo,
  type MismatchFilter,
  mismatches,
  mismatchFilter,
  saveMismatches,
} from './model-state.ts';
import { NotReady } from './not-ready.tsx';
import { TableProblem } from './register-section.tsx';

const KIND_WORDS: Readonly<Record<MismatchKind, Word>> = {
  'no-model': 'modelNoModel',
  'no-register': 'modelNoRegister',
  state: 'modelState',
  footprint: 'modelFootprint',
  storeys: 'modelStoreys',
  height: 'modelHeight',
};

/** Where the 3D model and the register of buildings differ, each with its place on the map. */
export function ModelSection() {
  useEffect(followMismatches, []);
  return (
    <section aria-label={t('officeModel')}>
      <p class="quiet">{t('modelHint')}</p>
      <ModelChangeForm />
      <Filters />
      <TableProblem />
      <Answer />
    </section>
  );
}

function Filters() {
  const filter = mismatchFilter.value;
  const number = (name: Exclude<keyof MismatchFilter, 'kind'>, word: Word) => (
    <label class="field">
      {t(word)}
      <input
        inputMode="decimal"
        value={filter[name]}
        onInput={(event) => filterMismatches({ [name]: event.currentTarget.value.replace(',', '.') })}
      />
    </label>
  );
  return (
    <form class="office-filters" aria-label={t('modelFilters')} onSubmit={(event) => event.preventDefault()}>
      <label class="field">
        {t('modelKind')}
        <select
          value={filter.kind}
          onChange={(event) => filterMismatches({ kind: event.currentTarget.value as MismatchKind | '' })}
        >
          <option value="">{t('modelAllKinds')}</option>
          {MISMATCH_KINDS.map((kind) => (
            <option key={kind} value={kind}>
              {t(KIND_WORDS[kind])}
            </option>
          ))}
        </select>
      </label>
      {number('areaM2', 'modelMostArea')}
      {number('heightM', 'modelMostHeight')}
      {number('storeys', 'modelMostStoreys')}
      <p class="order-row">
        <button type="button" class="button" onClick={() => void saveMismatches()}>
          <Icon name="download" /> {t('officeSaveCsv')}
        </button>
      </p>
    </form>
  );
}

function Answer() {
  const load = mismatches.value;
  const answer = lastOf(load);
  if (load.kind === 'failed') return <NotReady load={load} />;
  if (!answer) return <NotReady load={LOADING} />;
  const { linked, counts, notCompared, mismatches: rows } = answer;
  const told = MISMATCH_KINDS.map((kind) => `${t(KIND_WORDS[kind])}: ${formatCount(counts[kind] ?? 0)}`);
  return (
    <>
      <p>{t('modelLinked', { n: formatCount(linked) })}</p>
      <p>{told.join(' · ')}</p>
      <p class="quiet">
        {t('modelNotCompared', {
          footprint: formatCount(notCompared.footprint),
          storeys: formatCount(notCompared.storeys),
          height: formatCount(notCompared.height),
        })}
      </p>
      {rows.length === 0 ? <p class="quiet">{t('modelNone')}</p> : <Rows rows={rows} />}
    </>
  );
}

const Rows = ({ rows }: { rows: readonly Mismatch[] }) => (
  <div class="office-table">
    <table>
      <thead>
        <tr>
          <th scope="col">{t('modelKind')}</th>
          <th scope="col">{t('modelBuilding')}</th>
          <th scope="col" class="number">
            {t('modelInRegister')}
          </th>
          <th scope="col" class="number">
            {t('modelInModel')}
          </th>
          <th scope="col" class="number">
            {t('modelDifference')}
          </th>
          <th scope="col">{t('modelOnMap')}</th>
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <Row key={`${row.kind} ${row.register} ${row.model}`} row={row} />
        ))}
      </tbody>
    </table>
  </div>
);

const UNITS: Readonly<Record<'m2' | 'm' | 'storeys', string>> = { m2: 'm²', m: 'm', storeys: '' };

function Row({ row }: { row: Mismatch }) {
  const unit = row.unit === null ? (row.kind.startsWith('no-') ? 'm²' : '') : UNITS[row.unit];
  const value = (number: number | null) => (number === null ? '–' : `${formatNumber(number)} ${unit}`.trim());
  const name = row.register ?? row.model ?? '';
  const state = BUILDING_STATES.find(({ code }) => code === row.state)?.label[language.value];
  return (
    <tr>
      <td>
        {t(KIND_WORDS[row.kind])}
        {row.kind === 'state' && state !== undefined && <span class="quiet office-under">{state}</span>}
      </td>
      <td class="office-long">
        {name}
        {row.register !== null && row.model !== null && row.model !== name && (
          <span class="quiet office-under">3D: {row.model}</span>
        )}
        {row.candidate !== null && (
          <span class="quiet office-under">{t('modelCandidate', { id: row.candidate })}</span>
        )}
      </td>
      <td class="number">{value(row.inRegister)}</td>
      <td class="number">{value(row.inModel)}</td>
      <td class="number">{value(row.difference)}</td>
      <td>
        <a href={linkTo(row)} aria-label={t('modelShow', { id: name })}>
          {t('modelOnMap')}
        </a>
        {row.model !== null && (
          <button
            type="button"
            class="button"
            aria-label={t('modelChangeNamed', { id: row.model })}
            onClick={() => beginChange(row.model ?? '', row.register ?? row.candidate ?? '')}
          >
            {t('modelChangeThis')}
          </button>
        )}
      </td>
    </tr>
  );
}

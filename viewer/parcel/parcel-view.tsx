import { signal } from '@preact/signals';
import type { ParcelCheck } from '../../core/wire/parcel-check.ts';
import { CapacityButton } from '../capacity/capacity-section.tsx';
import { formatDate, formatNumber, formatQuantity } from '../format/number.ts';
import { Icon } from '../frame/icon.tsx';
import { CopyableId } from '../panels/attribute-list.tsx';
import { checkedParcel, drawnRing, lawDay, listedIds } from '../state/checked-parcel.ts';
import { flyToSelected } from '../state/fly-to-selected.ts';
import { wantedCity } from '../state/shown-city.ts';
import { t } from '../text/text.ts';
import { momentDialogOpen } from '../whatif/moment-dialog.tsx';
import { ChecksFiles } from './checks-files.tsx';
import { DossierSections } from './dossier-sections.tsx';
import { ExpectedCode } from './expected-code.tsx';
import { FindingList } from './finding-list.tsx';
import { Alternatives, Waiting } from './parcel-answers.tsx';
import { ParcelDocuments } from './parcel-documents.tsx';
import { check, closeParcel, dossier } from './parcel-state.ts';

type Part = 'findings' | 'dossier';
const part = signal<Part>('findings');

/** One parcel or drawn area: its findings, and what the registers hold of it. */
export function ParcelView() {
  const id = checkedParcel.value;
  return (
    <div class="what-if parcel-panel">
      <button type="button" class="text-button obs-back" onClick={closeParcel}>
        {t('parcelOther')}
      </button>
      <Head />
      <Terms />
      {id !== undefined && (
        <fieldset class="segmented parcel-parts">
          <legend class="visually-hidden">{t('parcelParts')}</legend>
          <PartButton of="findings" label={t('parcelFindings')} />
          <PartButton of="dossier" label={t('parcelDossier')} />
        </fieldset>
      )}
      {id === undefined || part.value === 'findings' ? <Findings /> : <Registers />}
    </div>
  );
}

function PartButton({ of, label }: { of: Part; label: string }) {
  return (
    <button
      type="button"
      aria-pressed={part.value === of}
      onClick={() => {
        part.value = of;
      }}
    >
      {label}
    </button>
  );
}

function Head() {
  const id = checkedParcel.value;
  const answer = check.value;
  const parcel = answer.kind === 'ready' ? answer.value.parcel : undefined;
  return (
    <header class="parcel-head">
      <h2>{id === undefined ? t('parcelDrawn') : <CopyableId id={id} />}</h2>
      {parcel && (
        <p class="parcel-size">
          <strong>{formatQuantity(parcel.areaM2, 'm2', 0)}</strong> ± {formatNumber(parcel.areaErrorM2, 0)}{' '}
          <span class="quiet">
            ({formatQuantity(parcel.areaM2 / 10_000, 'ha', 4)}
            {parcel.registeredAreaM2 !== undefined &&
              `; ${t('parcelRegistered', { ha: formatQuantity(parcel.registeredAreaM2 / 10_000, 'ha', 4) })}`}
            )
          </span>
        </p>
      )}
      {id !== undefined && (
        <div class="what-if-actions">
          <button type="button" class="button" onClick={flyToSelected}>
            <Icon name="focus" />
            {t('zoomTo')}
          </button>
          <CapacityButton />
        </div>
      )}
    </header>
  );
}

/** By which law and in which state of the city the question is asked. */
function Terms() {
  const { at, scenario } = wantedCity.value;
  const answer = check.value;
  const law = answer.kind === 'ready' ? answer.value.asked.lawDate : undefined;
  return (
    <div class="parcel-terms">
      <label class="field">
        <span>{t('lawDay')}</span>
        <input
          type="date"
          min="1995-01-01"
          value={lawDay.value ?? law ?? ''}
          onChange={(event) => {
            lawDay.value = event.currentTarget.value === '' ? undefined : event.currentTarget.value;
          }}
        />
      </label>
      <div class="field">
        <span>{t('cityOf')}</span>
        <button
          type="button"
          class="button"
          onClick={() => {
            momentDialogOpen.value = true;
          }}
        >
          <Icon name={scenario === undefined ? 'history' : 'git-branch'} />
          {scenario !== undefined
            ? t('cityOfScenario')
            : at !== undefined
              ? (formatDate(at) ?? at)
              : t('cityOfToday')}
        </button>
      </div>
      {lawDay.value !== undefined && (
        <button
          type="button"
          class="text-button"
          onClick={() => {
            lawDay.value = undefined;
          }}
        >
          {t('lawOfToday')}
        </button>
      )}
    </div>
  );
}

function Findings() {
  const answer = check.value;
  if (answer.kind === 'ready') {
    return (
      <>
        <FindingList check={answer.value} />
        <ParcelDocuments check={answer.value} />
        <AreaFiles />
        <Proof check={answer.value} />
      </>
    );
  }
  if (answer.kind === 'missing') return <Missing {...answer} />;
  return <Waiting answer={answer} />;
}

function AreaFiles() {
  const ring = drawnRing.value;
  return ring ? <ChecksFiles asked={{ ring }} documented={{ ring }} /> : null;
}

function Registers() {
  const answer = dossier.value;
  if (answer.kind === 'ready') return <DossierSections dossier={answer.value} />;
  if (answer.kind === 'missing') return <Missing suggestions={[]} successors={[]} />;
  return <Waiting answer={answer} />;
}

function Missing(found: { suggestions: readonly string[]; successors: readonly string[] }) {
  return (
    <div class="what-if-note warning" role="alert">
      <p>{t('parcelMissing', { id: checkedParcel.value ?? '' })}</p>
      <Alternatives {...found} />
    </div>
  );
}

/** By what the answer can be told again, and whether it is the one of a printed document. */
function Proof({ check: { asked, code } }: { check: ParcelCheck }) {
  return (
    <footer class="parcel-proof">
      {/* A code beside a list is that of the list. */}
      {listedIds.value.length === 0 && <ExpectedCode code={code} />}
      <p class="quiet">
        {t('parcelProof', {
          asOf: formatDate(asked.asOf, true) ?? asked.asOf,
          law: formatDate(asked.lawDate) ?? asked.lawDate,
        })}{' '}
        <CopyableId id={code} />
      </p>
      <p class="quiet">{t('parcelInformative')}</p>
    </footer>
  );
}

import { signal } from '@preact/signals';
import type { ParcelCheck } from '../../core/wire/parcel-check.ts';
import { CapacityButton } from '../capacity/capacity-section.tsx';
import { formatDate, formatNumber, formatQuantity } from '../format/number.ts';
import { Icon } from '../frame/icon.tsx';
import { CopyableId } from '../panels/attribute-list.tsx';
import { checkedBuilding, checkedParcel, drawnRing, listedIds } from '../state/checked-parcel.ts';
import { flyToSelected } from '../state/fly-to-selected.ts';
import { t } from '../text/text.ts';
import { ChecksFiles } from './checks-files.tsx';
import { DossierSections } from './dossier-sections.tsx';
import { ExpectedCode } from './expected-code.tsx';
import { FindingList } from './finding-list.tsx';
import { Alternatives, Waiting } from './parcel-answers.tsx';
import { ParcelDocuments } from './parcel-documents.tsx';
import { check, closeParcel, dossier } from './parcel-state.ts';
import { ParcelTerms } from './parcel-terms.tsx';

type Part = 'findings' | 'dossier';
const part = signal<Part>('findings');

/** One parcel or drawn area: its findings, and what the registers hold of it. */
export function ParcelView() {
  const id = checkedParcel.value;
  const answer = check.value;
  return (
    <div class="what-if parcel-panel">
      <button type="button" class="text-button obs-back" onClick={closeParcel}>
        {t(checkedBuilding.value === undefined ? 'parcelOther' : 'buildingBack')}
      </button>
      <Head />
      <ParcelTerms law={answer.kind === 'ready' ? answer.value.asked.lawDate : undefined} />
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
      {/* A code beside a list or building is that of its whole answer. */}
      {listedIds.value.length === 0 && checkedBuilding.value === undefined && <ExpectedCode code={code} />}
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

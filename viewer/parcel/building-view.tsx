import type { ChecksReply } from '../../core/wire/parcel-check.ts';
import { formatQuantity } from '../format/number.ts';
import { Icon } from '../frame/icon.tsx';
import { CopyableId } from '../panels/attribute-list.tsx';
import { BUILDINGS } from '../state/checked-parcel.ts';
import { flyToSelected } from '../state/fly-to-selected.ts';
import { select } from '../state/twin-state.ts';
import { t } from '../text/text.ts';
import { ChecksFiles } from './checks-files.tsx';
import { FindingList } from './finding-list.tsx';
import { ListProof, ListTable } from './list-result.tsx';
import { Waiting } from './parcel-answers.tsx';
import { closeBuilding, listCheck } from './parcel-state.ts';
import { ParcelTerms } from './parcel-terms.tsx';

/** A building, planned or of the city: what constrains its outline, and the parcels that it stands on. */
export function BuildingView({ id }: { id: string }) {
  const answer = listCheck.value;
  const law = answer.kind === 'ready' ? answer.value.checks[0]?.asked.lawDate : undefined;
  return (
    <div class="what-if parcel-panel">
      <button type="button" class="text-button obs-back" onClick={closeBuilding}>
        {t('parcelOther')}
      </button>
      <header class="parcel-head">
        <h2>
          {t('buildingTitle')} <CopyableId id={id} />
        </h2>
        <div class="what-if-actions">
          <button
            type="button"
            class="button"
            onClick={() => {
              select({ layer: BUILDINGS, id });
              flyToSelected();
            }}
          >
            <Icon name="focus" />
            {t('zoomTo')}
          </button>
        </div>
      </header>
      <ParcelTerms law={law} />
      {answer.kind === 'ready' ? <Told id={id} reply={answer.value} /> : <Waiting answer={answer} />}
    </div>
  );
}

function Told({ id, reply }: { id: string; reply: ChecksReply }) {
  const outline = reply.checks.find(({ parcel }) => parcel.id === id);
  if (!outline) {
    return (
      <p class="what-if-note warning" role="alert">
        {t('buildingMissing', { id })}
      </p>
    );
  }
  const parcels = reply.checks.filter((each) => each !== outline);
  const asked = { buildings: [id] } as const;
  return (
    <>
      <h3 class="panel-subtitle">
        {t('buildingOutline', { area: formatQuantity(outline.parcel.areaM2, 'm2', 0) })}
      </h3>
      <FindingList check={outline} />
      <h3 class="panel-subtitle">{t('buildingParcels')}</h3>
      {parcels.length > 0 ? (
        <ListTable reply={{ checks: parcels, unknown: [] }} />
      ) : (
        <p class="quiet">{t('buildingNoParcels')}</p>
      )}
      <ChecksFiles asked={asked} documented={asked} />
      <ListProof code={reply.code} />
    </>
  );
}

import { formatDate } from '../format/number.ts';
import { Icon } from '../frame/icon.tsx';
import { lawDay } from '../state/checked-parcel.ts';
import { wantedCity } from '../state/shown-city.ts';
import { t } from '../text/text.ts';
import { momentDialogOpen } from '../whatif/moment-dialog.tsx';

/** By which law and in which state of the city the question is asked. @param law of the answer */
export function ParcelTerms({ law }: { law: string | undefined }) {
  const { at, scenario } = wantedCity.value;
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

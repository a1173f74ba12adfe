import { formatDate } from '../format/number.ts';
import { panelOpen, workSpace } from '../frame/layout.ts';
import { showToday, wantedCity } from '../state/shown-city.ts';
import { t } from '../text/text.ts';
import { momentDialogOpen } from '../whatif/moment-dialog.tsx';
import { scenario } from '../whatif/open-scenario.ts';

/** Which city is ordered: the one on the screen, as it is today, was on a day or would be in a scenario. */
export function OrderCityField() {
  const { at, scenario: id } = wantedCity.value;
  const shown =
    id !== undefined
      ? t('orderCityScenario', { title: scenario.value?.title ?? id })
      : at !== undefined
        ? t('orderCityDay', { day: formatDate(at) ?? at })
        : t('orderCityToday');
  return (
    <section class="order-city" aria-labelledby="order-city">
      <h2 id="order-city">{t('orderCity')}</h2>
      <p>
        <b>{shown}</b>
      </p>
      <p class="order-row">
        {(at !== undefined || id !== undefined) && (
          <button type="button" class="button" onClick={showToday}>
            {t('orderCityBack')}
          </button>
        )}
        <button
          type="button"
          class="button"
          onClick={() => {
            momentDialogOpen.value = true;
          }}
        >
          {t('orderCityPickDay')}
        </button>
        <button
          type="button"
          class="button"
          onClick={() => {
            workSpace.value = 'what-if';
            panelOpen.value = true;
          }}
        >
          {t('orderCityPickScenario')}
        </button>
      </p>
    </section>
  );
}

import type { SitedDistrict } from '../../core/wire/siting-answer.ts';
import { formatNumber } from '../format/number.ts';
import { t } from '../text/text.ts';
import { people, signed } from './siting-words.ts';

/** Who is served in each district, those with most people without first. */
export function DistrictTable({ districts }: { districts: readonly SitedDistrict[] }) {
  if (districts.length === 0) return null;
  const without = ({ people: all, servedAfter }: SitedDistrict) => all - servedAfter;
  const hasPlaces = districts.some(({ leftAfter }) => leftAfter !== null);
  return (
    <section aria-labelledby="siting-districts-title">
      <h2 id="siting-districts-title" class="panel-subtitle">
        {t('sitingDistricts')}
      </h2>
      <table class="siting-table">
        <thead>
          <tr>
            <th scope="col">{t('sitingDistrict')}</th>
            <th scope="col">{t('sitingAll')}</th>
            <th scope="col">{t('sitingInReach')}</th>
            <th scope="col">{t('sitingDifference')}</th>
            {hasPlaces && <th scope="col">{t('sitingRowNoPlace')}</th>}
            {hasPlaces && <th scope="col">{t('sitingPer100')}</th>}
          </tr>
        </thead>
        <tbody>
          {districts
            .toSorted((a, b) => without(b) - without(a))
            .map((each) => (
              <tr key={each.district}>
                <th scope="row">{each.name}</th>
                <td>{people(each.people)}</td>
                <td>{people(each.servedAfter)}</td>
                <td>{signed(each.servedAfter - each.servedBefore)}</td>
                {hasPlaces && <td>{each.leftAfter === null ? '–' : people(each.leftAfter)}</td>}
                {hasPlaces && (
                  <td>{each.placesPer100After === null ? '–' : formatNumber(each.placesPer100After, 0)}</td>
                )}
              </tr>
            ))}
        </tbody>
      </table>
    </section>
  );
}

import type { HeldProfile, NewDataOrder } from '../../core/wire/order.ts';
import { formatCount } from '../format/number.ts';
import { lastOf } from '../state/load.ts';
import { said, t } from '../text/text.ts';
import { caseNumber, profile, profiles } from './order-profile.ts';

/** The profile, its terms and its case; nothing for whoever holds none but the public one. */
export function OrderProfileFields() {
  const held = (lastOf(profiles.value) ?? []).filter((each) => each.held);
  const chosen = held.find((each) => each.profile === profile.value);
  if (held.length < 2 || !chosen) return null;
  return (
    <>
      <label class="field">
        {t('orderProfile')}
        <select
          value={chosen.profile}
          onChange={(event) => {
            profile.value = event.currentTarget.value as NewDataOrder['profile'];
          }}
        >
          {held.map((each) => (
            <option key={each.profile} value={each.profile}>
              {said(each.title)}
            </option>
          ))}
        </select>
      </label>
      <Terms chosen={chosen} />
      {chosen.needsCase && (
        <label class="field">
          {t('orderCase')}
          <input
            required
            maxLength={60}
            value={caseNumber.value}
            onInput={(event) => {
              caseNumber.value = event.currentTarget.value;
            }}
          />
        </label>
      )}
    </>
  );
}

const Terms = ({ chosen }: { chosen: HeldProfile }) => (
  <p class="quiet">
    {said(chosen.terms)} {t('orderProfileMost', { n: formatCount(chosen.mostObjects) })}
    {chosen.lastDay !== null && ` ${t('orderProfileUntil', { day: chosen.lastDay })}`}
  </p>
);

import type { HeldProfile, NewDataOrder } from '../../core/wire/order.ts';
import { formatCount } from '../format/number.ts';
import { lastOf } from '../state/load.ts';
import { isStaff } from '../state/session.ts';
import { said, t } from '../text/text.ts';
import { caseNumber, client, profile, profiles } from './order-profile.ts';

/** The profile with its terms, for whoever holds more than the public one; the case; of staff, the client. */
export function OrderProfileFields() {
  const held = (lastOf(profiles.value) ?? []).filter((each) => each.held);
  const chosen = held.find((each) => each.profile === profile.value);
  return (
    <>
      {held.length > 1 && chosen && <ProfileField held={held} chosen={chosen} />}
      <div class="order-pair">
        <label class="field">
          {t(chosen?.needsCase ? 'orderCase' : 'orderCaseOptional')}
          <input
            required={chosen?.needsCase ?? false}
            minLength={3}
            maxLength={60}
            value={caseNumber.value}
            onInput={(event) => {
              caseNumber.value = event.currentTarget.value;
            }}
          />
        </label>
        {isStaff.value && profile.value !== 'office' && (
          <label class="field">
            {t('orderClient')}
            <input
              maxLength={41}
              autocomplete="off"
              value={client.value}
              onInput={(event) => {
                client.value = event.currentTarget.value;
              }}
            />
          </label>
        )}
      </div>
    </>
  );
}

function ProfileField({ held, chosen }: { held: readonly HeldProfile[]; chosen: HeldProfile }) {
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
    </>
  );
}

const Terms = ({ chosen }: { chosen: HeldProfile }) => (
  <p class="quiet">
    {said(chosen.terms)} {t('orderProfileMost', { n: formatCount(chosen.mostObjects) })}
    {chosen.lastDay !== null && ` ${t('orderProfileUntil', { day: chosen.lastDay })}`}
  </p>
);

import { groupParcelFindings } from '../../core/analysis/consequences/group-parcel-findings.ts';
import type { Comparison } from '../../core/wire/consequences.ts';
import { said, t, tn } from '../text/text.ts';
import { CHANGE_WORDS } from '../whatif/consequences/change-words.ts';

const MOST_NAMED = 12;

/** What the check of parcels says otherwise than in the base, scenario by scenario. */
export function CheckedParcels({ comparison: { scenarios, findings } }: { comparison: Comparison }) {
  return (
    <>
      {findings.map(({ scenario, parcelChecks: { parcels, findings: found } }) => (
        <details key={scenario} class="compare-open">
          <summary>
            {scenarios.find(({ id }) => id === scenario)?.title ?? scenario}:{' '}
            {tn(found.length > 0 ? 'parcelChecksDiffer' : 'parcelChecksSame', parcels, { n: parcels })}
          </summary>
          <dl>
            {groupParcelFindings(found).map(({ change, rule, first, findings: members }) => {
              const named = [...new Set(members.map(({ parcel }) => parcel))];
              const rest = named.length - MOST_NAMED;
              return (
                <div key={`${change} ${rule}`}>
                  <dt>
                    {t(CHANGE_WORDS[change])}: {said(first.title)} (
                    {tn('parcelCount', named.length, { n: named.length })})
                  </dt>
                  <dd class="quiet">
                    {named.slice(0, MOST_NAMED).join(', ')}
                    {rest > 0 && ` ${t('parcelFindingsMore', { n: rest })}`} · {first.law.act}{' '}
                    {first.law.unit}
                  </dd>
                </div>
              );
            })}
          </dl>
        </details>
      ))}
    </>
  );
}

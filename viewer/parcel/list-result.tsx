import type { ChecksReply } from '../../core/wire/parcel-check.ts';
import { formatQuantity } from '../format/number.ts';
import { CopyableId } from '../panels/attribute-list.tsx';
import { t } from '../text/text.ts';
import { ChecksFiles } from './checks-files.tsx';
import { ExpectedCode } from './expected-code.tsx';
import { STATE_ORDER, STATE_SHAPES, STATE_WORDS } from './finding-words.ts';
import { Alternatives, ParcelLink, Waiting } from './parcel-answers.tsx';
import { listAsked, listCheck } from './parcel-state.ts';

/** The answer about a list: a row of each parcel, files of all, and the code of the whole. */
export function ListResult() {
  const answer = listCheck.value;
  const asked = listAsked.value;
  if (answer.kind !== 'ready') return <Waiting answer={answer} />;
  if (!asked) return null;
  const parcels = answer.value.checks.map(({ parcel }) => parcel.id).filter((id) => !/^area-\d+$/.test(id));
  const documented = 'parcels' in asked ? asked : parcels.length > 0 ? { parcels } : undefined;
  return (
    <>
      <ListTable reply={answer.value} />
      <ChecksFiles asked={asked} documented={documented} />
      <ListProof code={answer.value.code} />
    </>
  );
}

/** The code of the whole list, and whether it is the one of a printed document. */
export function ListProof({ code }: { code: string }) {
  return (
    <footer class="parcel-proof">
      <ExpectedCode code={code} />
      <p class="quiet">
        {t('parcelListCode')} <CopyableId id={code} />
      </p>
    </footer>
  );
}

export function ListTable({
  reply: { checks, unknown },
}: {
  reply: Pick<ChecksReply, 'checks' | 'unknown'>;
}) {
  return (
    <>
      <table class="parcel-list">
        <caption class="visually-hidden">{t('parcelList')}</caption>
        <thead>
          <tr>
            <th scope="col">{t('parcelId')}</th>
            <th scope="col">{t('measuredArea')}</th>
            {STATE_ORDER.map((state) => (
              <th scope="col" key={state} title={t(STATE_WORDS[state])}>
                <span aria-hidden="true">{STATE_SHAPES[state]}</span>
                <span class="visually-hidden">{t(STATE_WORDS[state])}</span>
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {checks.map(({ parcel, findings }) => (
            <tr key={parcel.id}>
              <th scope="row">{/^area-\d+$/.test(parcel.id) ? parcel.id : <ParcelLink id={parcel.id} />}</th>
              <td>{formatQuantity(parcel.areaM2, 'm2', 0)}</td>
              {STATE_ORDER.map((state) => (
                <td key={state}>{findings.filter((finding) => finding.state === state).length}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
      {unknown.map(({ id, suggestions, successors }) => (
        <div key={id} class="what-if-note warning">
          <p>{t('parcelMissing', { id })}</p>
          <Alternatives suggestions={suggestions} successors={successors} />
        </div>
      ))}
    </>
  );
}

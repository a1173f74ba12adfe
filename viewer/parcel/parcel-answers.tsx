import { PARCELS } from '../state/checked-parcel.ts';
import { flyToSelected } from '../state/fly-to-selected.ts';
import { select } from '../state/twin-state.ts';
import { t } from '../text/text.ts';
import { type Answer, checkAgain } from './parcel-state.ts';

/** What may have been meant by an id that there is no parcel of. */
export function Alternatives({
  suggestions,
  successors,
}: {
  suggestions: readonly string[];
  successors: readonly string[];
}) {
  return (
    <>
      {successors.length > 0 && <p>{t('parcelSuccessors')}</p>}
      {successors.length === 0 && suggestions.length > 0 && <p>{t('parcelSuggestions')}</p>}
      <ul class="references">
        {(successors.length > 0 ? successors : suggestions).map((id) => (
          <li key={id}>
            <ParcelLink id={id} />
          </li>
        ))}
      </ul>
    </>
  );
}

export const ParcelLink = ({ id }: { id: string }) => (
  <button
    type="button"
    class="text-button"
    onClick={() => {
      select({ layer: PARCELS, id });
      flyToSelected();
    }}
  >
    {id}
  </button>
);

/** While an answer is asked for, and when none came. */
export function Waiting({ answer }: { answer: Answer<unknown> }) {
  if (answer.kind === 'loading') {
    return (
      <div role="status" aria-label={t('parcelChecking')}>
        {[90, 70, 80, 60].map((width) => (
          <div key={width} class="skeleton card-skeleton" style={{ width: `${width}%` }} />
        ))}
      </div>
    );
  }
  if (answer.kind !== 'failed') return null;
  return (
    <div role="alert" class="what-if-note warning">
      <p>{t('parcelFailed', { reason: answer.reason })}</p>
      <button type="button" class="button" onClick={checkAgain}>
        {t('retry')}
      </button>
    </div>
  );
}

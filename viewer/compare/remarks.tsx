import { useEffect } from 'preact/hooks';
import { MOST_COMMENT_LETTERS } from '../../core/participation/most-comment-letters.ts';
import type { LayersReply } from '../../core/wire/city.ts';
import type { Comment } from '../../core/wire/comment.ts';
import { formatDate } from '../format/number.ts';
import { isStaff, session } from '../state/session.ts';
import { said, t } from '../text/text.ts';
import { comparedPlan } from './compare-camera.ts';
import {
  beginRemark,
  decideRemark,
  draft,
  openRemarks,
  pickPlace,
  readRemarks,
  remarkProblem,
  remarkSent,
  remarks,
  sendingRemark,
  sendRemark,
} from './remarks-state.ts';

/** What the public says to a scenario, a form to say more, and for staff what waits to be read. */
export function Remarks({ scenario, reply }: { scenario: string; reply: LayersReply }) {
  useEffect(() => {
    void openRemarks(scenario);
  }, [scenario, session.value]);
  const state = remarks.value;
  if (state.kind === 'loading') return <p class="quiet">{t('remarksLoading')}…</p>;
  if (state.kind === 'failed') {
    return (
      <p class="warning" role="alert">
        {t('remarksFailed', { reason: state.reason })}{' '}
        <button type="button" class="button" onClick={() => void readRemarks()}>
          {t('retry')}
        </button>
      </p>
    );
  }
  const { comments, open, pending = 0, more } = state.value;
  return (
    <div class="remarks">
      {remarkSent.value && (
        <p class="success" role="status">
          {t('remarkSent')}
        </p>
      )}
      {open && !draft.value && (
        <button type="button" class="button primary" onClick={beginRemark}>
          {t('remarkWrite')}
        </button>
      )}
      {!open && <p class="quiet">{t('remarksClosed')}</p>}
      {draft.value && <RemarkForm reply={reply} />}
      {isStaff.value && pending > 0 && <p class="chip warning">{t('remarksPending', { n: pending })}</p>}
      {comments.length === 0 && <p class="quiet">{t('remarksNone')}</p>}
      <ol class="remark-list">
        {comments.map((comment, index) => (
          <Remark key={comment.id} comment={comment} number={index + 1} reply={reply} />
        ))}
      </ol>
      {more && <p class="quiet">{t('remarksMore')}</p>}
    </div>
  );
}

function Remark({ comment, number, reply }: { comment: Comment; number: number; reply: LayersReply }) {
  const { anchor, text, madeAt, state } = comment;
  return (
    <li class={`remark ${state}`}>
      <button
        type="button"
        class="remark-pin"
        title={t('remarkShowPlace')}
        aria-label={t('remarkShowPlaceOf', { n: number })}
        onClick={() => {
          const scaleDenominator = Math.min(2_000, comparedPlan.peek()?.scaleDenominator ?? 2_000);
          const [eastingM, northingM] = anchor.at;
          comparedPlan.value = { eastingM, northingM, scaleDenominator };
        }}
      >
        {number}
      </button>
      <div>
        <p class="remark-text">{text}</p>
        <p class="quiet">
          {anchor.kind === 'object' ? `${layerTitle(reply, anchor.layer)} ${anchor.id}` : t('remarkPlace')} ·{' '}
          {formatDate(madeAt)}
          {state === 'pending' && <span class="chip warning">{t('remarkStatePending')}</span>}
          {state === 'refused' && <span class="chip">{t('remarkStateRefused')}</span>}
        </p>
        {isStaff.value && (
          <div class="remark-actions">
            {state !== 'shown' && (
              <button
                type="button"
                class="button"
                onClick={() => void decideRemark(comment, { state: 'shown' })}
              >
                {t('remarkAccept')}
              </button>
            )}
            {state !== 'refused' && (
              <button
                type="button"
                class="button"
                onClick={() => void decideRemark(comment, { state: 'refused' })}
              >
                {t(state === 'shown' ? 'remarkHide' : 'remarkReject')}
              </button>
            )}
          </div>
        )}
      </div>
    </li>
  );
}

function layerTitle({ layers }: LayersReply, name: string): string {
  const layer = layers.find((each) => each.name === name);
  return layer ? said(layer.title) : name;
}

function RemarkForm({ reply }: { reply: LayersReply }) {
  const now = draft.value;
  if (!now) return null;
  const { anchor, text } = now;
  return (
    <form
      class="remark-form"
      onSubmit={(event) => {
        event.preventDefault();
        void sendRemark();
      }}
    >
      <p class={anchor ? '' : 'remark-hint'}>
        {anchor === undefined
          ? t('remarkPick')
          : anchor.kind === 'object'
            ? `${layerTitle(reply, anchor.layer)} ${anchor.id}`
            : t('remarkPlacePicked')}
      </p>
      <button
        type="button"
        class="button"
        onClick={() => {
          const view = comparedPlan.peek();
          if (view) pickPlace([view.eastingM, view.northingM], undefined);
        }}
      >
        {t('remarkMiddle')}
      </button>
      <label>
        {t('remarkText')}
        <textarea
          rows={4}
          required
          maxLength={MOST_COMMENT_LETTERS}
          value={text}
          onInput={(event) => {
            draft.value = { ...now, text: event.currentTarget.value };
          }}
        />
      </label>
      <p class="quiet">{t('remarkPrivacy')}</p>
      {remarkProblem.value && (
        <p class="warning" role="alert">
          {remarkProblem.value}
        </p>
      )}
      <div class="remark-actions">
        <button
          type="submit"
          class="button primary"
          disabled={anchor === undefined || text.trim() === '' || sendingRemark.value}
        >
          {t('remarkSend')}
        </button>
        <button
          type="button"
          class="button"
          onClick={() => {
            draft.value = undefined;
          }}
        >
          {t('cancel')}
        </button>
      </div>
    </form>
  );
}

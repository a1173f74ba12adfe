import { SignInButton } from '../account/sign-in-button.tsx';
import { Icon } from '../frame/icon.tsx';
import { workSpace } from '../frame/layout.ts';
import { may } from '../state/session.ts';
import { t, tn } from '../text/text.ts';
import { undo } from '../whatif/edits/walk-edits.ts';
import { mayEdit, scenario } from '../whatif/open-scenario.ts';
import { acceptance, acceptSites } from './accept-sites.ts';
import { effectShown, sitingAsk } from './siting-state.ts';

/** Taking the sites over into a scenario, and back out of it. */
export function AcceptSection() {
  const state = acceptance.value;
  const { sites, closed } = sitingAsk.value;
  const changes = sites.length + closed.length + (effectShown.value?.enlarged.length ?? 0);
  if (state.kind === 'done') return <Done edits={state.edits} />;
  if (changes === 0) return null;
  if (!may('plan')) {
    return (
      <p class="quiet">
        {t('sitingAcceptStaff')} <SignInButton />
      </p>
    );
  }
  if (scenario.value && !mayEdit.value) return <p class="what-if-note">{t('sitingFrozen')}</p>;
  return (
    <div class="siting-actions">
      <button
        type="button"
        class="button primary"
        disabled={state.kind === 'busy'}
        onClick={() => void acceptSites()}
      >
        <Icon name="git-branch" />
        {scenario.value ? t('sitingAcceptInto', { title: scenario.value.title }) : t('sitingAcceptNew')}
      </button>
      {state.kind === 'failed' && (
        <p class="what-if-refusal" role="alert">
          {state.reason}
        </p>
      )}
    </div>
  );
}

/** What was taken over, in the scenario that is open now. */
function Done({ edits }: { edits: number }) {
  const forget = () => {
    acceptance.value = { kind: 'none' };
  };
  return (
    <div class="what-if-note" role="status">
      <p>{tn('sitingAccepted', edits, { n: edits, title: scenario.value?.title ?? '' })}</p>
      <div class="siting-actions">
        <button
          type="button"
          class="button"
          onClick={async () => {
            await undo(edits);
            forget();
          }}
        >
          <Icon name="undo" />
          {t('sitingTakeBack')}
        </button>
        <button
          type="button"
          class="button"
          onClick={() => {
            forget();
            workSpace.value = 'what-if';
          }}
        >
          {t('sitingToScenario')}
        </button>
      </div>
    </div>
  );
}

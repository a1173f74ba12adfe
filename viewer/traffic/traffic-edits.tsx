import { useSignal } from '@preact/signals';
import { reasonOf } from '../../core/errors.ts';
import { SignInButton } from '../account/sign-in-button.tsx';
import { formatDate } from '../format/number.ts';
import { Icon } from '../frame/icon.tsx';
import { workSpace } from '../frame/layout.ts';
import { isStaff } from '../state/session.ts';
import { showScenario, wantedCity } from '../state/shown-city.ts';
import { t } from '../text/text.ts';
import { EditList } from '../whatif/edits/edit-list.tsx';
import type { EditKind } from '../whatif/edits/edit-tool.ts';
import { EDIT_TOOLS } from '../whatif/edits/edit-tools.ts';
import { startTool } from '../whatif/edits/tool-work.ts';
import { mayEdit, refusal, scenario } from '../whatif/open-scenario.ts';
import { createScenario } from '../whatif/scenario-api.ts';

/** Where trips begin and end that are not made today. */
const GENERATORS: readonly EditKind[] = ['add-building', 'add-facility'];
/** What moves traffic. */
const TOOLS = [
  ...EDIT_TOOLS.filter(({ subject }) => subject === 'roads' || subject === 'demand'),
  ...EDIT_TOOLS.filter(({ kind }) => GENERATORS.includes(kind)),
];

/** What changes: the scenario that is open with its tools for streets, or a way to begin one. */
export function TrafficEdits() {
  const open = scenario.value;
  if (!open) return wantedCity.value.scenario === undefined ? <Begin /> : null;
  return (
    <section class="traffic-edits" aria-labelledby="traffic-edits-title">
      <h2 id="traffic-edits-title" class="panel-subtitle">
        {open.title}
      </h2>
      {refusal.value && (
        <p class="what-if-refusal" role="alert">
          {refusal.value}
        </p>
      )}
      {mayEdit.value && (
        <fieldset class="traffic-tools" aria-label={t('paletteTitle')}>
          {TOOLS.map((tool) => (
            <button
              key={tool.kind}
              type="button"
              class="button"
              data-tool={tool.kind}
              onClick={() => startTool(tool)}
            >
              {t(tool.title)}
            </button>
          ))}
        </fieldset>
      )}
      <details open={open.edits.length <= 5}>
        <summary>{t('trafficEdits', { n: open.edits.length })}</summary>
        <EditList scenario={open} writes={mayEdit.value} />
      </details>
      <p>
        <a href={`./compare.html#ids=${open.id}`} target="_blank" rel="noopener">
          {t('trafficCompare')}
        </a>
      </p>
    </section>
  );
}

function Begin() {
  const failure = useSignal<string | undefined>(undefined);
  const begin = async () => {
    failure.value = undefined;
    try {
      const date = formatDate(new Date().toISOString()) ?? '';
      const made = await createScenario({
        title: t('trafficNewTitle', { date }),
        reason: '',
      });
      showScenario(made.id);
    } catch (error) {
      failure.value = reasonOf(error);
    }
  };
  return (
    <section class="what-if-note traffic-begin">
      <p>{t(isStaff.value ? 'trafficBegin' : 'trafficBeginPublic')}</p>
      <div class="traffic-actions">
        {isStaff.value ? (
          <button type="button" class="button" onClick={() => void begin()}>
            <Icon name="git-branch" />
            {t('trafficNew')}
          </button>
        ) : (
          <SignInButton />
        )}
        <button
          type="button"
          class="text-button"
          onClick={() => {
            workSpace.value = 'what-if';
          }}
        >
          {t('trafficOpenScenario')}
        </button>
      </div>
      {failure.value !== undefined && (
        <p class="what-if-refusal" role="alert">
          {t('scenarioRefused', { reason: failure.value })}
        </p>
      )}
    </section>
  );
}

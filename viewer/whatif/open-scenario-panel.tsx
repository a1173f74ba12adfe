import { useSignal } from '@preact/signals';
import type { ScenarioReply } from '../../core/wire/scenario.ts';
import { formatDate } from '../format/number.ts';
import { Icon } from '../frame/icon.tsx';
import { AddressRow } from '../panels/service-addresses.tsx';
import { announce } from '../state/announcer.ts';
import { may } from '../state/session.ts';
import { showToday } from '../state/shown-city.ts';
import { t, tn } from '../text/text.ts';
import { ConsequencesSection } from './consequences/consequences-section.tsx';
import { EditList } from './edits/edit-list.tsx';
import { ToolPalette } from './edits/tool-palette.tsx';
import { redo, undo } from './edits/walk-edits.ts';
import { LifeSection } from './life/life-section.tsx';
import { STATE_WORDS } from './life/life-words.ts';
import { Premises } from './life/premises.tsx';
import { ReplayDialog } from './life/replay-dialog.tsx';
import { openReplay } from './life/replay-state.ts';
import { ScenarioLog } from './life/scenario-log.tsx';
import { mayEdit, refusal, step, takeScenario } from './open-scenario.ts';
import { deleteScenario, describeScenario } from './scenario-api.ts';
import { ScenarioForm } from './scenario-form.tsx';

/** The scenario that is open: what it is, what it changes, where other programs find it. */
export function OpenScenarioPanel({ scenario }: { scenario: ScenarioReply }) {
  const writes = mayEdit.value;
  return (
    <section
      class="what-if"
      aria-label={scenario.title}
      onKeyDown={(event) => {
        if (writes) onUndoKey(event);
      }}
    >
      <Head scenario={scenario} writes={writes} />
      <MovedOn scenario={scenario} writes={writes} />
      {writes && <ReplayDialog scenario={scenario} />}
      {refusal.value && (
        <p class="what-if-refusal" role="alert">
          {refusal.value}
        </p>
      )}
      {writes && <ToolPalette />}
      {may('plan') && scenario.state !== 'draft' && (
        <p class="what-if-note">{t('lifeFrozen', { state: t(STATE_WORDS[scenario.state]) })}</p>
      )}
      <EditList scenario={scenario} writes={writes} />
      <ConsequencesSection scenario={scenario} />
      {may('plan') && <LifeSection scenario={scenario} />}
      {may('plan') && <ScenarioLog scenario={scenario} />}
      <Addresses scenario={scenario} />
      {writes && <Delete scenario={scenario} />}
    </section>
  );
}

/** Ctrl+Z, Ctrl+Y and Ctrl+Shift+Z, as everywhere else. */
function onUndoKey(event: KeyboardEvent): void {
  if (!(event.ctrlKey || event.metaKey) || event.altKey) return;
  if (event.target instanceof HTMLInputElement || event.target instanceof HTMLTextAreaElement) return;
  const key = event.key.toLowerCase();
  const isRedo = key === 'y' || (key === 'z' && event.shiftKey);
  if (key !== 'z' && key !== 'y') return;
  event.preventDefault();
  void (isRedo ? redo() : undo());
}

function Head({ scenario, writes }: { scenario: ScenarioReply; writes: boolean }) {
  const naming = useSignal(false);
  if (naming.value) {
    return (
      <ScenarioForm
        heading={t('scenarioRename')}
        submit={t('save')}
        words={scenario}
        refusal={undefined}
        onSubmit={async (words) => {
          const next = await step((now) => describeScenario(now, words));
          if (!next) return;
          takeScenario(next);
          naming.value = false;
        }}
        onCancel={() => {
          naming.value = false;
        }}
      />
    );
  }
  return (
    <header class="scenario-head">
      <h2>{scenario.title}</h2>
      {writes && (
        <button
          type="button"
          class="icon-button"
          aria-label={t('scenarioRename')}
          title={t('scenarioRename')}
          onClick={() => {
            naming.value = true;
          }}
        >
          <Icon name="pencil" />
        </button>
      )}
      {scenario.reason !== '' && <p>{scenario.reason}</p>}
      <p class="scenario-chips">
        <span class={`chip ${scenario.state === 'draft' ? '' : 'scenario'}`}>
          {t(STATE_WORDS[scenario.state])}
        </span>
        {scenario.publication && <span class="chip scenario">{t('lifePublishedChip')}</span>}
      </p>
      <p class="quiet">
        {t('scenarioBy', {
          who: scenario.author,
          when: formatDate(scenario.createdAt, true) ?? scenario.createdAt,
        })}
        {' · '}
        {t(ACCESS[scenario.access])}
      </p>
      <p class="quiet">
        {t('scenarioBase', { when: formatDate(scenario.base.at, true) ?? scenario.base.at })}
      </p>
      <Premises scenario={scenario} />
      <p>
        <a href={`./compare.html#ids=${scenario.id}`} target="_blank" rel="noopener">
          {t('compareTitle')}
        </a>
      </p>
    </header>
  );
}

const ACCESS = { link: 'accessLink', staff: 'accessStaff', public: 'accessPublic' } as const;

/** The city has changed since the scenario was laid over it. */
function MovedOn({ scenario, writes }: { scenario: ScenarioReply; writes: boolean }) {
  const { newerVersions } = scenario.base;
  const [newest] = newerVersions;
  if (!newest) return null;
  return (
    <p class="what-if-note warning">
      {tn('scenarioMovedOn', newerVersions.length, {
        n: newerVersions.length,
        when: formatDate(newest.recordedAt, true) ?? newest.recordedAt,
      })}{' '}
      {writes && (
        <button type="button" class="text-button" onClick={() => openReplay({ kind: 'rebase' })}>
          {t('rebase')}…
        </button>
      )}
    </p>
  );
}

function Addresses({ scenario: { urls } }: { scenario: ScenarioReply }) {
  return (
    <details class="scenario-addresses">
      <summary>{t('scenarioServices')}</summary>
      <p class="quiet">{t('scenarioServicesHint')}</p>
      <ul>
        <AddressRow name={t('scenarioLink')} address={urls.viewer} />
        <AddressRow name={t('serviceWfs')} address={urls.wfs} />
        <AddressRow name="WMS 1.3" address={urls.wms} />
        <AddressRow name={t('serviceOgc')} address={urls.ogc} />
        <AddressRow name={t('serviceTiles')} address={urls.vectorTiles} />
        <AddressRow name="3D Tiles 1.1" address={urls.tileset3d} />
      </ul>
    </details>
  );
}

/** Deleting takes two steps; the second one names what will be lost. */
function Delete({ scenario }: { scenario: ScenarioReply }) {
  const sure = useSignal(false);
  if (!sure.value) {
    return (
      <button
        type="button"
        class="text-button danger"
        onClick={() => {
          sure.value = true;
        }}
      >
        {t('scenarioDelete')}…
      </button>
    );
  }
  return (
    <div class="what-if-note warning" role="alertdialog" aria-label={t('scenarioDelete')}>
      <p>
        {tn('scenarioDeleteSure', scenario.edits.length, {
          title: scenario.title,
          n: scenario.edits.length,
        })}
      </p>
      <div class="what-if-actions">
        <button
          type="button"
          class="button danger"
          onClick={async () => {
            const done = await step(async (now) => {
              await deleteScenario(now);
              return true;
            });
            if (!done) return;
            announce(t('scenarioDeleted', { title: scenario.title }));
            showToday();
          }}
        >
          {t('scenarioDelete')}
        </button>
        <button
          type="button"
          class="button"
          onClick={() => {
            sure.value = false;
          }}
        >
          {t('scenarioKeep')}
        </button>
      </div>
    </div>
  );
}

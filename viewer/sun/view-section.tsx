import type { Signal } from '@preact/signals';
import type { ViewResult } from '../../core/analysis/view/views.ts';
import { formatNumber, formatQuantity } from '../format/number.ts';
import { flyToSelected } from '../state/fly-to-selected.ts';
import { select } from '../state/twin-state.ts';
import {
  VIEWSHED_RADIUS_M,
  type ViewKind,
  type ViewQuestion,
  viewQuestions,
} from '../state/view-questions.ts';
import { t, type Word } from '../text/text.ts';
import { SectionProfile } from './section-profile.tsx';
import { StudyProgress } from './study-progress.tsx';
import {
  answers,
  dropQuestion,
  PLACE_WORDS,
  setPlaces,
  stopSetting,
  stopViews,
  targetAboveM,
  viewDraft,
  views,
  viewshedRadiusM,
} from './view-study.ts';
import { ViewshedTable } from './viewshed-table.tsx';

const KINDS: readonly (readonly [ViewKind, Word])[] = [
  ['sky', 'viewAskSky'],
  ['sight', 'viewAskSight'],
  ['corridor', 'viewAskCorridor'],
  ['viewshed', 'viewAskViewshed'],
  ['section', 'viewAskSection'],
];
const NAMES: Readonly<Record<ViewKind, Word>> = {
  sky: 'viewSky',
  sight: 'viewSight',
  corridor: 'viewCorridor',
  viewshed: 'viewViewshed',
  section: 'viewSection',
};

/** View of the sky, lines of sight and views kept free, from places set on the map. */
export function ViewSection() {
  const state = views.value;
  const draft = viewDraft.value;
  return (
    <section class="sun-section" aria-labelledby="sun-view-title">
      <h2 id="sun-view-title" class="panel-subtitle">
        {t('viewTitle')}
      </h2>
      <p class="quiet">{t('viewHint')}</p>
      <MetresField label={t('viewAbove')} metres={targetAboveM} range={[0, 300]} step="0.5" />
      <MetresField
        label={t('viewshedRadius')}
        metres={viewshedRadiusM}
        range={[VIEWSHED_RADIUS_M.least, VIEWSHED_RADIUS_M.most]}
        step="50"
      />
      <div class="sun-seasons">
        {KINDS.map(([kind, word]) => (
          <button
            key={kind}
            type="button"
            class="button"
            aria-pressed={draft?.kind === kind}
            onClick={() => (draft?.kind === kind ? stopSetting() : setPlaces(kind))}
          >
            {t(word)}
          </button>
        ))}
      </div>
      {draft && (
        <p role="status" class="what-if-note">
          {t(PLACE_WORDS[draft.kind][draft.places.length] ?? 'viewSetPlace')}
        </p>
      )}
      {state.kind === 'busy' && (
        <StudyProgress label={t('viewBusy')} percent={state.percent} onStop={stopViews} />
      )}
      {state.kind === 'failed' && (
        <p class="what-if-refusal" role="alert">
          {t('sunMapFailed', { reason: state.reason })}
        </p>
      )}
      {viewQuestions.value.length > 0 && (
        <ol class="view-answers">
          {viewQuestions.value.map((question, index) => (
            <li key={index}>
              <div>
                <strong>{t(NAMES[question.kind])}</strong> <AnswerWords question={question} />
              </div>
              <button type="button" class="text-button" onClick={() => dropQuestion(question)}>
                {t('viewRemove')}
              </button>
            </li>
          ))}
        </ol>
      )}
      {state.kind === 'ready' && <p class="quiet">{t('viewBound')}</p>}
    </section>
  );
}

/** Of what is asked next; what has been asked stays as it was. */
function MetresField({
  label,
  metres,
  range: [least, most],
  step,
}: {
  label: string;
  metres: Signal<number>;
  range: readonly [number, number];
  step: string;
}) {
  return (
    <label class="sun-field">
      <span>{label}</span>
      <input
        type="number"
        min={least}
        max={most}
        step={step}
        value={metres.value}
        onChange={({ currentTarget }) => {
          const value = currentTarget.valueAsNumber;
          if (value >= least && value <= most) metres.value = value;
          else currentTarget.value = String(metres.value);
        }}
      />
    </label>
  );
}

function AnswerWords({ question }: { question: ViewQuestion }) {
  const answer = answers.value.get(question);
  if (!answer) return null;
  if (answer.kind === 'sky') return <SkyWords found={answer.found} />;
  if (answer.kind === 'sight') return <SightWords found={answer.found} />;
  if (answer.kind === 'viewshed') return <ViewshedTable found={answer.found} />;
  if (answer.kind === 'section') return <SectionProfile found={answer.found} question={question} />;
  return <CorridorWords found={answer.found} />;
}

const percent = (factor: number): string => `${formatNumber(factor * 100, 0)} %`;

function SkyWords({ found }: { found: ViewResult['skies'][number] }) {
  const { before, after, withTrees } = found;
  return (
    <>
      {before === after ? percent(after) : `${percent(before)} → ${percent(after)}`}
      {withTrees.after < after && <> · {t('viewSkyTrees', { percent: percent(withTrees.after) })}</>}
    </>
  );
}

type Sight = ViewResult['sights'][number]['after'];
const SIGHT_WORDS: Readonly<Record<Sight['state'], Word>> = {
  clear: 'viewClear',
  hidden: 'viewHidden',
  'within-accuracy': 'viewNear',
};

function SightWords({ found }: { found: ViewResult['sights'][number] }) {
  const { before, after, hiddenByTrees } = found;
  return (
    <>
      {before.state !== after.state && <>{t(SIGHT_WORDS[before.state])} → </>}
      {t(SIGHT_WORDS[after.state])}
      {after.clearanceM !== null && (
        <>
          {' '}
          ({after.clearanceM >= 0 ? '+' : '−'}
          {formatQuantity(Math.abs(after.clearanceM), 'm', 1)}
          {after.building === null ? `, ${t('viewGround')}` : ''})
        </>
      )}{' '}
      {after.building !== null && <Building id={after.building} />}
      {hiddenByTrees.after && <> · {t('viewTreesHide')}</>}
    </>
  );
}

const CORRIDOR_WORDS: Readonly<Record<ViewResult['corridors'][number]['state'], Word>> = {
  free: 'viewFree',
  intruded: 'viewIntruded',
  'within-accuracy': 'viewNear',
};

function CorridorWords({ found }: { found: ViewResult['corridors'][number] }) {
  return (
    <>
      {t(CORRIDOR_WORDS[found.state])}
      {found.intrusions.slice(0, 5).map(({ building, risesM, before }) => (
        <span key={building} class="view-intrusion">
          <Building id={building} /> +{formatQuantity(risesM, 'm', 1)}
          {before !== risesM && ` (${t('viewBefore', { before: formatQuantity(before, 'm', 1) ?? '' })})`}
        </span>
      ))}
    </>
  );
}

function Building({ id }: { id: string }) {
  return (
    <button
      type="button"
      class="text-button"
      title={t('findingShow')}
      onClick={() => {
        select({ layer: 'buildings_3d', id });
        flyToSelected();
      }}
    >
      {id}
    </button>
  );
}

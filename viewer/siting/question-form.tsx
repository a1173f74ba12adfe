import { KIND_DECLARATIONS } from '../../core/analysis/siting/sited-kinds.ts';
import { SITED_KINDS, SITING_OBJECTIVES } from '../../core/wire/siting-question.ts';
import { t } from '../text/text.ts';
import { CandidateDetails, WalkDetails } from './question-details.tsx';
import { Amount } from './question-fields.tsx';
import { EQUITY_AIMS, EXISTING_STATES, MOST_NEW_SITES } from './siting-query.ts';
import { changeAsk, changeKind, sitingAsk } from './siting-state.ts';
import { AIM_WORDS, EQUITY_WORDS, EXISTING_WORDS, KIND_WORDS } from './siting-words.ts';

/** What is sited, what is best, how many and how large; the rest stands at what is usual of the kind. */
export function QuestionForm() {
  const asked = sitingAsk.value;
  const usual = KIND_DECLARATIONS[asked.kind];
  const hasPlaces = usual.capacity !== undefined;
  return (
    <form
      class="siting-question"
      aria-label={t('sitingQuestion')}
      onSubmit={(event) => event.preventDefault()}
    >
      <label class="field">
        {t('sitingKind')}
        <select
          value={asked.kind}
          onChange={({ currentTarget: { value } }) => changeKind(among(SITED_KINDS, value))}
        >
          {SITED_KINDS.map((kind) => (
            <option key={kind} value={kind}>
              {t(KIND_WORDS[kind])}
            </option>
          ))}
        </select>
      </label>
      <label class="field">
        {t('sitingAim')}
        <select
          value={asked.objective}
          onChange={({ currentTarget: { value } }) =>
            changeAsk({ objective: among(SITING_OBJECTIVES, value) })
          }
        >
          {SITING_OBJECTIVES.filter((aim) => hasPlaces || (aim !== 'capacitated' && aim !== 'equity')).map(
            (aim) => (
              <option key={aim} value={aim}>
                {t(AIM_WORDS[aim])}
              </option>
            ),
          )}
        </select>
      </label>
      {asked.objective === 'equity' && (
        <label class="field">
          {t('sitingEquityBy')}
          <select
            value={asked.equityBy}
            onChange={({ currentTarget: { value } }) => changeAsk({ equityBy: among(EQUITY_AIMS, value) })}
          >
            {EQUITY_AIMS.map((aim) => (
              <option key={aim} value={aim}>
                {t(EQUITY_WORDS[aim])}
              </option>
            ))}
          </select>
        </label>
      )}
      <div class="siting-pair">
        <label class="field">
          {t('sitingHowMany')}
          <select
            value={String(asked.newSites)}
            onChange={({ currentTarget: { value } }) => changeAsk({ newSites: Number(value) })}
          >
            {Array.from({ length: MOST_NEW_SITES }, (_, k) => (
              <option key={k} value={String(k + 1)}>
                {k + 1}
              </option>
            ))}
          </select>
        </label>
        <Amount name="walkMinutes" word="sitingWalk" usual={usual.walkMinutes} min={1} max={60} />
      </div>
      {hasPlaces && (
        <Amount name="capacityPerSite" word="sitingPlaces" usual={usual.capacity} min={1} max={100_000} />
      )}
      <WalkDetails />
      <CandidateDetails />
      <details class="siting-more">
        <summary>{t('sitingMore')}</summary>
        <div class="siting-fields">
          <Amount name="budgetPln" word="sitingBudget" min={0} max={1e12} step={100_000} />
          <div class="siting-pair">
            <Amount
              name="costPerSitePln"
              word="sitingCostSite"
              usual={usual.costPerSitePln}
              min={0}
              max={1e12}
              step={1000}
            />
            {hasPlaces && (
              <Amount
                name="costPerPlacePln"
                word="sitingCostPlace"
                usual={usual.costPerPlacePln}
                min={0}
                max={1e9}
                step={1000}
              />
            )}
          </div>
          {usual.siteKinds.length > 1 && (
            <div class="siting-pair">
              <Amount
                name="buildingCostShare"
                word="sitingBuildingShare"
                usual={0.6}
                min={0}
                max={2}
                step={0.05}
              />
              {usual.siteKinds.includes('premises') && (
                <Amount
                  name="premisesCostShare"
                  word="sitingPremisesShare"
                  usual={0.35}
                  min={0}
                  max={2}
                  step={0.05}
                />
              )}
            </div>
          )}
          <label class="field">
            {t('sitingExisting')}
            <select
              value={asked.existing}
              onChange={({ currentTarget: { value } }) =>
                changeAsk({ existing: among(EXISTING_STATES, value) })
              }
            >
              {EXISTING_STATES.map((state) => (
                <option key={state} value={state}>
                  {t(EXISTING_WORDS[state])}
                </option>
              ))}
            </select>
          </label>
          {asked.existing === 'closable' && (
            <Amount name="mostClosed" word="sitingMostClosed" usual={1} min={0} max={10} />
          )}
          {asked.existing === 'enlargeable' && (
            <Amount name="enlargeBy" word="sitingEnlargeBy" usual={0.5} min={0} max={5} step={0.1} />
          )}
        </div>
      </details>
    </form>
  );
}

const among = <T extends string>(known: readonly [T, ...T[]] | readonly T[], value: string): T => {
  const found = known.find((word) => word === value) ?? known[0];
  if (found === undefined) throw new Error('a choice among nothing');
  return found;
};

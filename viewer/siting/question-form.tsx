import { useSignal } from '@preact/signals';
import { KIND_DECLARATIONS } from '../../core/analysis/siting/sited-kinds.ts';
import {
  SITE_KINDS,
  SITED_KINDS,
  SITING_AVOIDED,
  SITING_OBJECTIVES,
} from '../../core/wire/siting-question.ts';
import { formatNumber } from '../format/number.ts';
import { t, type Word } from '../text/text.ts';
import { EQUITY_AIMS, EXISTING_STATES, MOST_NEW_SITES, type SitingNumber } from './siting-query.ts';
import { changeAsk, changeKind, sitingAsk } from './siting-state.ts';
import {
  AIM_WORDS,
  AVOIDED_WORDS,
  EQUITY_WORDS,
  EXISTING_WORDS,
  KIND_WORDS,
  SITE_KIND_WORDS,
} from './siting-words.ts';

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

/** How one walks, and when: forecast and inclines are of the register. */
function WalkDetails() {
  const { kind, slopes, stepFree } = sitingAsk.value;
  return (
    <details class="siting-more">
      <summary>{t('sitingWalkAndPeople')}</summary>
      <div class="siting-fields">
        <div class="siting-pair">
          <Amount name="forecastYear" word="sitingYear" whenEmpty="sitingToday" min={2000} max={2100} />
          <Amount name="walkKmH" word="sitingSpeed" usual={4.5} min={1} max={7} step={0.1} />
        </div>
        <Choice word="sitingSlopes" isOn={slopes} onChange={(isOn) => changeAsk({ slopes: isOn })} />
        <Choice word="sitingStepFree" isOn={stepFree} onChange={(isOn) => changeAsk({ stepFree: isOn })} />
        <div class="siting-pair">
          <Amount name="demandFactor" word="sitingDemand" usual={1} min={0} max={10} step={0.05} />
          <Amount
            name="growthPerDwelling"
            word="sitingGrowth"
            usual={KIND_DECLARATIONS[kind].growthPerDwelling}
            min={0}
            max={5}
            step={0.01}
          />
        </div>
      </div>
    </details>
  );
}

/** What is tried, and what is left out. */
function CandidateDetails() {
  const { kind, siteKinds, avoid, candidates } = sitingAsk.value;
  const usual = KIND_DECLARATIONS[kind];
  const tried = siteKinds ?? usual.siteKinds;
  const avoided = avoid ?? usual.avoid;
  return (
    <details class="siting-more">
      <summary>{t('sitingWhatIsTried')}</summary>
      <div class="siting-fields">
        <fieldset class="siting-choices">
          <legend>{t('sitingTried')}</legend>
          {SITE_KINDS.map((each) => (
            <Choice
              key={each}
              word={SITE_KIND_WORDS[each]}
              isOn={tried.includes(each)}
              // Without any there is nothing to choose among.
              isFixed={tried.length === 1 && tried.includes(each)}
              onChange={(isOn) =>
                changeAsk({
                  siteKinds: SITE_KINDS.filter((one) => (one === each ? isOn : tried.includes(one))),
                })
              }
            />
          ))}
        </fieldset>
        <fieldset class="siting-choices">
          <legend>{t('sitingAvoid')}</legend>
          {SITING_AVOIDED.map((each) => (
            <Choice
              key={each}
              word={AVOIDED_WORDS[each]}
              isOn={avoided.includes(each)}
              onChange={(isOn) =>
                changeAsk({
                  avoid: SITING_AVOIDED.filter((one) => (one === each ? isOn : avoided.includes(one))),
                })
              }
            />
          ))}
        </fieldset>
        <div class="siting-pair">
          <Amount
            name="minParcelM2"
            word="sitingLeast"
            usual={usual.parcelM2[0]}
            min={0}
            max={1_000_000}
            step={100}
          />
          <Amount
            name="maxParcelM2"
            word="sitingMost"
            usual={usual.parcelM2[1]}
            min={1}
            max={1_000_000}
            step={100}
          />
        </div>
        <div class="siting-pair">
          <Amount name="mostCandidates" word="sitingMostTried" usual={300} min={1} max={500} />
          <Amount name="minDistanceM" word="sitingApart" min={0} max={10_000} step={50} />
        </div>
        <label class="field">
          {t('sitingAmong')}
          <textarea
            rows={2}
            value={candidates.join(' ')}
            placeholder={t('sitingAmongAll')}
            onChange={({ currentTarget: { value } }) =>
              changeAsk({ candidates: [...new Set(value.split(/[\s,;]+/).filter(Boolean))].slice(0, 500) })
            }
          />
        </label>
      </div>
    </details>
  );
}

function Choice({
  word,
  isOn,
  isFixed = false,
  onChange,
}: {
  word: Word;
  isOn: boolean;
  isFixed?: boolean;
  onChange: (isOn: boolean) => void;
}) {
  return (
    <label class="check-field">
      <input
        type="checkbox"
        checked={isOn}
        disabled={isFixed}
        onChange={({ currentTarget: { checked } }) => onChange(checked)}
      />
      {t(word)}
    </label>
  );
}

const among = <T extends string>(known: readonly [T, ...T[]] | readonly T[], value: string): T => {
  const found = known.find((word) => word === value) ?? known[0];
  if (found === undefined) throw new Error('a choice among nothing');
  return found;
};

/** A number of the question; left empty it is what is usual of the kind. */
function Amount({
  name,
  word,
  usual,
  whenEmpty = 'sitingNoLimit',
  min,
  max,
  step = 1,
}: {
  name: SitingNumber;
  word: Word;
  usual?: number | undefined;
  whenEmpty?: Word;
  min: number;
  max: number;
  step?: number;
}) {
  const { numbers } = sitingAsk.value;
  /** What was written and would be refused, so that nobody wonders where it went. */
  const isBrought = useSignal(false);
  const value = numbers[name];
  return (
    <label class="field">
      {t(word)}
      <input
        type="number"
        inputMode="decimal"
        value={value ?? ''}
        placeholder={usual === undefined ? t(whenEmpty) : formatNumber(usual)}
        {...{ min, max, step }}
        onChange={({ currentTarget }) => {
          const written = currentTarget.valueAsNumber;
          const { [name]: _, ...others } = numbers;
          const isNumber = Number.isFinite(written);
          // What the service would refuse anyway is brought to the nearest that it takes.
          const next = Math.min(max, Math.max(min, written));
          isBrought.value = isNumber && next !== written;
          // Also where the question stays as it was.
          if (isBrought.value) currentTarget.value = String(next);
          changeAsk({ numbers: isNumber ? { ...others, [name]: next } : others });
        }}
      />
      {isBrought.value && value !== undefined && (
        <span class="siting-brought" role="status">
          {t('sitingBrought', {
            value: formatNumber(value),
            min: formatNumber(min),
            max: formatNumber(max),
          })}
        </span>
      )}
    </label>
  );
}

import { KIND_DECLARATIONS } from '../../core/analysis/siting/sited-kinds.ts';
import { SITED_KINDS, SITING_OBJECTIVES } from '../../core/wire/siting.ts';
import { formatNumber } from '../format/number.ts';
import { t, type Word } from '../text/text.ts';
import { EXISTING_STATES, MOST_NEW_SITES, type SitingNumber } from './siting-query.ts';
import { changeAsk, changeKind, sitingAsk } from './siting-state.ts';
import { AIM_WORDS, EXISTING_WORDS, KIND_WORDS } from './siting-words.ts';

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
          <div class="siting-pair">
            <Amount name="minDistanceM" word="sitingApart" min={0} max={10_000} step={50} />
            <Amount name="walkKmH" word="sitingSpeed" usual={4.5} min={1} max={7} step={0.1} />
          </div>
          <div class="siting-pair">
            <Amount name="demandFactor" word="sitingDemand" usual={1} min={0} max={10} step={0.05} />
            <Amount
              name="growthPerDwelling"
              word="sitingGrowth"
              usual={usual.growthPerDwelling}
              min={0}
              max={5}
              step={0.01}
            />
          </div>
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

/** A number of the question; left empty it is what is usual of the kind. */
function Amount({
  name,
  word,
  usual,
  min,
  max,
  step = 1,
}: {
  name: SitingNumber;
  word: Word;
  usual?: number | undefined;
  min: number;
  max: number;
  step?: number;
}) {
  const { numbers } = sitingAsk.value;
  return (
    <label class="field">
      {t(word)}
      <input
        type="number"
        inputMode="decimal"
        value={numbers[name] ?? ''}
        placeholder={usual === undefined ? t('sitingNoLimit') : formatNumber(usual)}
        {...{ min, max, step }}
        onChange={({ currentTarget: { value, valueAsNumber } }) => {
          const { [name]: _, ...others } = numbers;
          const isNumber = value !== '' && Number.isFinite(valueAsNumber);
          // What the service would refuse anyway is brought to the nearest that it takes.
          const next = Math.min(max, Math.max(min, valueAsNumber));
          changeAsk({ numbers: isNumber ? { ...others, [name]: next } : others });
        }}
      />
    </label>
  );
}

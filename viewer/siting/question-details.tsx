/** What is seldom asked otherwise than usual: how one walks and when, and what is tried. */
import { KIND_DECLARATIONS } from '../../core/analysis/siting/sited-kinds.ts';
import { SITE_KINDS, SITING_AVOIDED } from '../../core/wire/siting-question.ts';
import { t } from '../text/text.ts';
import { Amount, Choice } from './question-fields.tsx';
import { changeAsk, sitingAsk } from './siting-state.ts';
import { AVOIDED_WORDS, SITE_KIND_WORDS } from './siting-words.ts';

/** How one walks, and when: forecast and inclines are of the register. */
export function WalkDetails() {
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
export function CandidateDetails() {
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

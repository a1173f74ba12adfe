import type { AddBuilding } from '../../../../core/wire/edits/building.ts';
import { layerNamed } from '../../../state/twin-state.ts';
import { said, t } from '../../../text/text.ts';
import { NumberField } from '../number-field.tsx';
import { type BuildingForm, buildingForm, type RoofShape, USUAL_PITCH_DEG } from './drawing.ts';
import { ROOF_WORDS } from './roof-words.ts';

const ROOFS: readonly RoofShape[] = ['flat', 'gabled', 'hipped', 'pent'];

const change = (next: Partial<BuildingForm>): void => {
  buildingForm.value = { ...buildingForm.peek(), ...next };
};

/** Storeys, roof, function and name of the building that is drawn. */
export function BuildingFields() {
  const { storeys, storeyHeightM, shape, pitchDeg, kind, name } = buildingForm.value;
  const kinds = layerNamed('buildings')?.properties.find((property) => property.name === 'kind')?.codelist;
  return (
    <div class="building-fields">
      <NumberField
        label={t('drawStoreys')}
        value={storeys}
        min={1}
        max={100}
        step={1}
        onChange={(value) => change({ storeys: Math.round(value) })}
      />
      <NumberField
        label={t('drawStoreyHeight')}
        unit="m"
        value={storeyHeightM}
        min={2}
        max={10}
        step={0.1}
        onChange={(value) => change({ storeyHeightM: value })}
      />
      <fieldset class="roofs">
        <legend>{t('drawRoof')}</legend>
        <div class="segmented">
          {ROOFS.map((roof) => (
            <button
              key={roof}
              type="button"
              aria-pressed={shape === roof}
              title={t(ROOF_WORDS[roof])}
              onClick={() => change({ shape: roof, pitchDeg: USUAL_PITCH_DEG[roof] })}
            >
              <RoofPicture roof={roof} />
              <span>{t(ROOF_WORDS[roof])}</span>
            </button>
          ))}
        </div>
      </fieldset>
      {shape !== 'flat' && (
        <NumberField
          label={t('drawPitch')}
          unit="°"
          value={pitchDeg}
          min={1}
          max={75}
          step={1}
          onChange={(value) => change({ pitchDeg: value })}
        />
      )}
      <label class="field wide">
        <span>{t('drawKind')}</span>
        <select
          value={kind}
          onChange={(event) => change({ kind: event.currentTarget.value as AddBuilding['function'] })}
        >
          {kinds?.map(({ code, label }) => (
            <option key={code} value={code}>
              {said(label)}
            </option>
          ))}
        </select>
      </label>
      <label class="field wide">
        <span>{t('drawName')}</span>
        <input
          maxLength={120}
          value={name}
          onInput={(event) => change({ name: event.currentTarget.value })}
        />
      </label>
    </div>
  );
}

const OUTLINES: Readonly<Record<RoofShape, string>> = {
  flat: 'M4 8h16v10H4z',
  gabled: 'M4 11 12 5l8 6v7H4z',
  hipped: 'M4 11 9 6h6l5 5v7H4zM4 11h16',
  pent: 'M4 12 20 6v12H4z',
};

const RoofPicture = ({ roof }: { roof: RoofShape }) => (
  <svg width="24" height="22" viewBox="0 0 24 22" aria-hidden="true">
    <path d={OUTLINES[roof]} fill="none" stroke="currentColor" stroke-width="1.6" stroke-linejoin="round" />
  </svg>
);

import { useSignal } from '@preact/signals';
import { reasonOf } from '../../core/errors.ts';
import type { SourceOffer } from '../../core/wire/cascade.ts';
import { CheckField } from '../frame/check-field.tsx';
import { announce } from '../state/announcer.ts';
import { t, type Word } from '../text/text.ts';
import { readOffer, saveOutsideSource } from './outside-state.ts';

interface Draft {
  readonly name: string;
  readonly owner: string;
  readonly licence: string;
  readonly layers: readonly string[];
}
const EMPTY: Draft = { name: '', owner: '', licence: '', layers: [] };

/** A service by its address; then which of its layers are taken, under which name and on which terms. */
export function OutsideForm() {
  const url = useSignal('');
  const offer = useSignal<SourceOffer | undefined>(undefined);
  const draft = useSignal<Draft>(EMPTY);
  const isBusy = useSignal(false);
  const problem = useSignal<string | undefined>(undefined);
  const during = async (work: () => Promise<void>) => {
    isBusy.value = true;
    try {
      await work();
      problem.value = undefined;
    } catch (error) {
      problem.value = reasonOf(error);
    } finally {
      isBusy.value = false;
    }
  };
  const read = () =>
    during(async () => {
      offer.value = undefined;
      const read = await readOffer(url.value.trim());
      draft.value = { ...EMPTY, owner: read.owner ?? '', licence: read.licence ?? '' };
      offer.value = read;
      announce(t('outsideOffered', { title: read.title, n: read.layers.length }));
    });
  const save = () =>
    during(async () => {
      const { name, owner, licence, layers } = draft.value;
      const said = { ...(owner.trim() && { owner }), ...(licence.trim() && { licence }) };
      await saveOutsideSource(name.trim(), { url: url.value.trim(), layers: [...layers], ...said });
      announce(t('outsideSaved', { name: name.trim() }));
      offer.value = undefined;
      url.value = '';
    });
  return (
    <form
      class="office-form"
      aria-label={t('outsideNew')}
      onSubmit={(event) => {
        event.preventDefault();
        void (offer.value ? save() : read());
      }}
    >
      <h2>{t('outsideNew')}</h2>
      <label class="field">
        {t('outsideUrl')}
        <input
          type="url"
          required
          maxLength={2000}
          placeholder="https://"
          value={url.value}
          onInput={(event) => {
            url.value = event.currentTarget.value;
            offer.value = undefined;
          }}
        />
      </label>
      {offer.value && (
        <Chosen
          offer={offer.value}
          draft={draft.value}
          change={(more) => {
            draft.value = { ...draft.value, ...more };
          }}
        />
      )}
      {problem.value !== undefined && (
        <p class="what-if-note warning" role="alert">
          {t('outsideProblem', { reason: problem.value })}
        </p>
      )}
      <p class="order-row">
        <button
          type="submit"
          class="button primary"
          disabled={isBusy.value || (offer.value !== undefined && draft.value.layers.length === 0)}
        >
          {t(isBusy.value ? 'outsideReading' : offer.value ? 'outsideSave' : 'outsideRead')}
        </button>
      </p>
    </form>
  );
}

interface ChosenProps {
  readonly offer: SourceOffer;
  readonly draft: Draft;
  readonly change: (more: Partial<Draft>) => void;
}

function Chosen({ offer, draft, change }: ChosenProps) {
  const field = (name: 'name' | 'owner' | 'licence', word: Word, more: object = {}) => (
    <label class="field">
      {t(word)}
      <input
        maxLength={500}
        value={draft[name]}
        onInput={(event) => change({ [name]: event.currentTarget.value })}
        {...more}
      />
    </label>
  );
  return (
    <>
      <p>{t('outsideOffered', { title: offer.title, n: offer.layers.length })}</p>
      {field('name', 'outsideNameHint', { required: true, maxLength: 31, pattern: '[a-z][a-z0-9_]*' })}
      {field('owner', 'layerSteward')}
      {field('licence', 'layerLicence')}
      <fieldset class="order-group outside-layers">
        <legend>{t('outsideLayers')}</legend>
        {offer.layers.map(({ remote, title }) => (
          <CheckField
            key={remote}
            checked={draft.layers.includes(remote)}
            onChange={(checked) => {
              const others = draft.layers.filter((each) => each !== remote);
              change({ layers: checked ? [...others, remote] : others });
            }}
          >
            {title} <span class="quiet">{remote}</span>
          </CheckField>
        ))}
      </fieldset>
    </>
  );
}

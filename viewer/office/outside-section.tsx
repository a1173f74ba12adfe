import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import { reasonOf } from '../../core/errors.ts';
import type { ListedSource } from '../../core/wire/cascade.ts';
import { stateWords } from '../panels/outside-facts.tsx';
import { announce } from '../state/announcer.ts';
import { said, t } from '../text/text.ts';
import { NotReady } from './not-ready.tsx';
import { OutsideForm } from './outside-form.tsx';
import { outsideSources, readOutsideSources, removeOutsideSource } from './outside-state.ts';

/** Services of others whose layers stand in the catalogue, and how each fares. */
export function OutsideSection() {
  useEffect(() => void readOutsideSources(), []);
  const load = outsideSources.value;
  return (
    <section aria-label={t('outsideTitle')}>
      <p class="quiet">{t('outsideHint')}</p>
      <OutsideForm />
      {load.kind === 'ready' ? <Sources sources={load.value} /> : <NotReady load={load} />}
    </section>
  );
}

function Sources({ sources }: { sources: readonly ListedSource[] }) {
  const problem = useSignal<string | undefined>(undefined);
  if (sources.length === 0) return <p class="quiet">{t('outsideNone')}</p>;
  const remove = async (name: string) => {
    try {
      await removeOutsideSource(name);
      problem.value = undefined;
      announce(t('outsideRemoved', { name }));
    } catch (error) {
      problem.value = reasonOf(error);
    }
  };
  return (
    <>
      {problem.value !== undefined && (
        <p class="what-if-note warning" role="alert">
          {t('officeNotSaved', { reason: problem.value })}
        </p>
      )}
      <div class="office-table">
        <table>
          <thead>
            <tr>
              <th scope="col">{t('outsideName')}</th>
              <th scope="col">{t('outsideLayers')}</th>
              <th scope="col">{t('layerSteward')}</th>
              <th scope="col">{t('layerLicence')}</th>
              <th scope="col">{t('outsideState')}</th>
              <th scope="col">
                <span class="visually-hidden">{t('outsideRemove')}</span>
              </th>
            </tr>
          </thead>
          <tbody>
            {sources.map(({ name, layers, owner, licence, state }) => (
              <tr key={name}>
                <th scope="row">{name}</th>
                <td>{layers.map(({ title }) => title).join(', ')}</td>
                <td>{said(owner)}</td>
                <td>{said(licence)}</td>
                <td>{stateWords(state)}</td>
                <td>
                  <button
                    type="button"
                    class="button"
                    aria-label={`${t('outsideRemove')}: ${name}`}
                    onClick={() => void remove(name)}
                  >
                    {t('outsideRemove')}
                  </button>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </>
  );
}

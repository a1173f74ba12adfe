import { useSignal } from '@preact/signals';
import { reasonOf } from '../../core/errors.ts';
import type { ItemFeature } from '../api/city-api.ts';
import { t } from '../text/text.ts';

/** As many as the service puts into one GLB by their ids. */
const MOST_IN_GLB = 200;

/** Buildings as files: CityJSON, made here, and GLB, made by the service. */
export function SaveBuildings({
  items,
  name,
  look = 'text-button',
}: {
  items: readonly ItemFeature[];
  name: string;
  look?: 'button' | 'text-button';
}) {
  const failure = useSignal<string | undefined>(undefined);
  const save = (form: 'CityJSON' | 'GLB') => async () => {
    failure.value = undefined;
    try {
      const { saveBuildings, saveGlb } = await import('./building-file.ts');
      if (form === 'GLB') {
        await saveGlb(
          items.map(({ id }) => id),
          name,
        );
      } else await saveBuildings(items, name);
    } catch (error) {
      failure.value = t('buildingSaveFailed', { reason: reasonOf(error) });
    }
  };
  return (
    <>
      <button type="button" class={look} title={`CityJSON: ${t('buildingSave')}`} onClick={save('CityJSON')}>
        CityJSON
      </button>
      {items.length <= MOST_IN_GLB && (
        <button type="button" class={look} title={`GLB: ${t('buildingSave')}`} onClick={save('GLB')}>
          GLB
        </button>
      )}
      {failure.value && (
        <p class="what-if-note warning" role="alert">
          {failure.value}
        </p>
      )}
    </>
  );
}

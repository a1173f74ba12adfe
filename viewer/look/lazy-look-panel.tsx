import { useSignal } from '@preact/signals';
import type { ComponentType } from 'preact';
import { useEffect } from 'preact/hooks';
import { lookOpen } from '../state/building-look.ts';

/** Fetches the panel when it is opened for the first time. */
export function LazyLookPanel() {
  const loaded = useSignal<{ readonly Panel: ComponentType } | undefined>(undefined);
  const isOpen = lookOpen.value;
  useEffect(() => {
    if (!isOpen || loaded.peek()) return;
    void import('./look-panel.tsx').then(({ LookPanel }) => {
      loaded.value = { Panel: LookPanel };
    });
  }, [isOpen]);
  const Panel = isOpen ? loaded.value?.Panel : undefined;
  return Panel ? <Panel /> : null;
}

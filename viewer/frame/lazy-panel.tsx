import { useSignal } from '@preact/signals';
import type { ComponentType } from 'preact';
import { useEffect } from 'preact/hooks';

/** Fetches a panel when it is opened for the first time. */
export function LazyPanel({ isOpen, load }: { isOpen: boolean; load: () => Promise<ComponentType> }) {
  const loaded = useSignal<{ readonly Panel: ComponentType } | undefined>(undefined);
  useEffect(() => {
    if (!isOpen || loaded.peek()) return;
    void load().then((Panel) => {
      loaded.value = { Panel };
    });
  }, [isOpen]);
  const Panel = isOpen ? loaded.value?.Panel : undefined;
  return Panel ? <Panel /> : null;
}

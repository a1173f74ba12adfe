import { useSignal } from '@preact/signals';
import type { WireLayer } from '../../core/wire/city.ts';
import { Icon } from '../frame/icon.tsx';
import { announce } from '../state/announcer.ts';
import { setLayers, settingOf } from '../state/twin-state.ts';
import { t } from '../text/text.ts';
import { LayerRow } from './layer-row.tsx';

interface LayerGroupProps {
  readonly name: string;
  readonly title: string;
  readonly members: readonly WireLayer[];
  /** While the list is filtered every group stands open. */
  readonly forcedOpen: boolean;
}

/** Layers under one heading, which opens and closes them and shows or hides them all. */
export function LayerGroup({ name, title, members, forcedOpen }: LayerGroupProps) {
  // Open where something is shown from the start, so that the list stays short.
  const opened = useSignal(members.some(({ initiallyVisible }) => initiallyVisible));
  const isOpen = forcedOpen || opened.value;
  const shown = members.filter((layer) => settingOf(layer).visible).length;
  const anyShown = shown > 0;
  const listId = `group-${name}`;
  return (
    <section class="layer-group">
      <div class="layer-group-head">
        <h2>
          <button
            type="button"
            class="layer-group-toggle"
            aria-expanded={isOpen}
            aria-controls={listId}
            onClick={() => {
              opened.value = !isOpen;
            }}
          >
            <Icon name="chevron-down" class={isOpen ? '' : 'aside'} />
            <span>{title}</span>
          </button>
        </h2>
        <span class="layer-remark" title={t('groupShown', { shown, all: members.length })}>
          {shown}/{members.length}
        </span>
        <button
          type="button"
          class="icon-button"
          aria-pressed={anyShown}
          aria-label={t(anyShown ? 'groupHide' : 'groupShow', { name: title })}
          title={t(anyShown ? 'groupHide' : 'groupShow', { name: title })}
          onClick={() => {
            setLayers(members, { visible: !anyShown });
            announce(t(anyShown ? 'groupHidden' : 'groupVisible', { name: title }));
          }}
        >
          <Icon name={anyShown ? 'eye' : 'eye-off'} />
        </button>
      </div>
      <ul id={listId} class="layer-list" hidden={!isOpen}>
        {members.map((layer) => (
          <LayerRow key={layer.name} layer={layer} />
        ))}
      </ul>
    </section>
  );
}

type Group = WireLayer['group'];

/** The city's layers, and those of outside services, under their headings in the order of the catalogue. */
export function groupsOf(all: readonly WireLayer[]): { group: Group; members: WireLayer[] }[] {
  const groups = new Map<string, { group: Group; members: WireLayer[] }>();
  for (const layer of all) {
    if (layer.dataset !== 'city' && !layer.cascaded) continue;
    const found = groups.get(layer.group.name) ?? { group: layer.group, members: [] };
    found.members.push(layer);
    groups.set(layer.group.name, found);
  }
  return [...groups.values()].sort((a, b) => a.group.order - b.group.order);
}

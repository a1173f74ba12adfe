import type { ComponentChildren } from 'preact';
import { useRef } from 'preact/hooks';
import { t } from '../text/text.ts';
import { CloseButton } from './close-button.tsx';
import { clampPanelWidth, panelOpen, panelWidthPx, workSpace } from './layout.ts';

const KEY_STEP_PX = 24;

/** The one task at a time, left of the map: title, close, content, and a handle for its width. */
export function WorkPanel({ title, children }: { title: string; children: ComponentChildren }) {
  const close = () => {
    panelOpen.value = false;
    document.querySelector<HTMLElement>(`.rail-verb[data-space="${workSpace.value}"]`)?.focus();
  };
  return (
    <section
      id="work-panel"
      class="work-panel"
      aria-labelledby="work-panel-title"
      style={{ width: `${clampPanelWidth(panelWidthPx.value, window.innerWidth)}px` }}
      onKeyDown={(event) => {
        if (event.key === 'Escape') close();
      }}
    >
      <header class="panel-head">
        <h1 id="work-panel-title">{title}</h1>
        <CloseButton byEscape label={t('closePanel')} onClick={close} />
      </header>
      <div class="panel-body scroll">{children}</div>
      <ResizeHandle />
    </section>
  );
}

function ResizeHandle() {
  const from = useRef<{ x: number; width: number } | undefined>(undefined);
  const set = (px: number) => {
    panelWidthPx.value = clampPanelWidth(px, window.innerWidth);
  };
  return (
    // biome-ignore lint/a11y/useSemanticElements: a focusable separator is a widget, a rule is not
    <div
      class="resize-handle"
      role="separator"
      tabIndex={0}
      aria-orientation="vertical"
      aria-label={t('resizePanel')}
      aria-valuenow={panelWidthPx.value}
      aria-valuemin={280}
      aria-valuemax={520}
      onPointerDown={(event) => {
        event.currentTarget.setPointerCapture(event.pointerId);
        from.current = { x: event.clientX, width: panelWidthPx.value };
      }}
      onPointerMove={(event) => {
        if (from.current) set(from.current.width + event.clientX - from.current.x);
      }}
      onPointerUp={() => {
        from.current = undefined;
      }}
      onKeyDown={(event) => {
        if (event.key === 'ArrowLeft') set(panelWidthPx.value - KEY_STEP_PX);
        if (event.key === 'ArrowRight') set(panelWidthPx.value + KEY_STEP_PX);
      }}
    />
  );
}

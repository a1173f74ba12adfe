import type { ComponentType } from 'preact';
import { CloseButton } from '../frame/close-button.tsx';
import { Icon } from '../frame/icon.tsx';
import { mode, webglAvailable } from '../state/twin-state.ts';
import { closeViewTools, openViewTool, VIEW_TOOLS, type ViewTool, viewTool } from '../state/view-tools.ts';
import { t, type Word } from '../text/text.ts';
import { ClipSection } from './clip-section.tsx';
import { PictureSection } from './picture-section.tsx';
import './view-tools.css';

const TOOLS: Readonly<Record<ViewTool, { readonly word: Word; readonly Section: ComponentType }>> = {
  picture: { word: 'viewToolPicture', Section: PictureSection },
  clip: { word: 'viewToolClip', Section: ClipSection },
};

/** Over the map: what one can do with the 3D view itself, one tool at a time. */
export function ViewToolsPanel() {
  const open = viewTool.value;
  if (!open) return null;
  const { Section } = TOOLS[open];
  return (
    <section class="measure view-tools" aria-labelledby="view-tools-title">
      <header class="measure-head">
        <h2 id="view-tools-title">{t('viewToolsTitle')}</h2>
        <CloseButton byEscape label={t('viewToolsClose')} onClick={closeViewTools} />
      </header>
      <fieldset class="segmented view-tools-choice" aria-label={t('viewToolsTitle')}>
        {VIEW_TOOLS.map((tool) => (
          <button key={tool} type="button" aria-pressed={open === tool} onClick={() => openViewTool(tool)}>
            {t(TOOLS[tool].word)}
          </button>
        ))}
      </fieldset>
      <div class="measure-body scroll">{mode.value === '2d' ? <To3d /> : <Section />}</div>
    </section>
  );
}

function To3d() {
  return (
    <div class="measure-needs">
      <p>{t(webglAvailable.value ? 'viewToolsNeed3d' : 'noWebgl')}</p>
      <button
        type="button"
        class="button"
        disabled={!webglAvailable.value}
        onClick={() => {
          mode.value = '3d';
        }}
      >
        <Icon name="box" />
        {t('show3d')}
      </button>
    </div>
  );
}

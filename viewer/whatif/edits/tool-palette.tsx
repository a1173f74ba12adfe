import { Icon } from '../../frame/icon.tsx';
import { t } from '../../text/text.ts';
import { EDIT_TOOLS } from './edit-tools.ts';
import { SUBJECTS } from './subjects.ts';
import { startTool } from './tool-work.ts';

/** Everything that can be done to the city in a scenario, by subject. */
export function ToolPalette() {
  return (
    <section class="palette" aria-labelledby="palette-title">
      <h3 id="palette-title" class="panel-subtitle">
        {t('paletteTitle')}
      </h3>
      <dl>
        {SUBJECTS.map(({ name, title, icon }) => (
          <div key={name} class="palette-row">
            <dt>
              <Icon name={icon} />
              {t(title)}
            </dt>
            <dd>
              {EDIT_TOOLS.filter(({ subject }) => subject === name).map((tool) => (
                <button
                  key={tool.kind}
                  type="button"
                  class="palette-tool"
                  data-tool={tool.kind}
                  aria-label={t(tool.title)}
                  title={t(tool.title)}
                  onClick={() => startTool(tool)}
                >
                  {t(tool.verb)}
                </button>
              ))}
            </dd>
          </div>
        ))}
      </dl>
    </section>
  );
}

import type { ComponentChildren } from 'preact';
import { t } from '../text/text.ts';

/** The head of a table that holds today against the scenario, if there is one. */
export function ComparedHead(props: {
  readonly children: ComponentChildren;
  readonly isCompared: boolean;
  readonly withDifference?: boolean;
}) {
  const { children, isCompared, withDifference = true } = props;
  return (
    <thead>
      <tr>
        <th scope="col">{children}</th>
        <th scope="col">{t('trafficBefore')}</th>
        {isCompared && <th scope="col">{t('trafficAfter')}</th>}
        {isCompared && withDifference && <th scope="col">{t('trafficDifference')}</th>}
      </tr>
    </thead>
  );
}

/** Its first heading where the rows say enough to the eye. */
export const HiddenMeasure = () => <span class="visually-hidden">{t('trafficMeasure')}</span>;

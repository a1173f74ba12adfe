import type { ViewResult } from '../../core/analysis/view/views.ts';
import { formatNumber, formatQuantity } from '../format/number.ts';
import { t } from '../text/text.ts';

type Viewshed = ViewResult['viewsheds'][number];

/** How much ground is seen, by distance. */
export function ViewshedTable({ found }: { found: Viewshed }) {
  const { seenM2, groundM2, farthestM, rings, eyeM, radiusM, cellM } = found;
  const share = groundM2 > 0 ? formatNumber((seenM2.after / groundM2) * 100, 0) : '0';
  return (
    <div class="viewshed">
      <p>
        {seenM2.before !== seenM2.after && <>{formatQuantity(seenM2.before, 'm2', 0)} → </>}
        {formatQuantity(seenM2.after, 'm2', 0)}{' '}
        {t('viewshedShare', { share, radius: formatNumber(radiusM), farthest: formatNumber(farthestM) })}
      </p>
      <table class="view-table">
        <thead>
          <tr>
            <th scope="col">{t('viewshedTo')}</th>
            <th scope="col">{t('viewshedGround')}</th>
            <th scope="col">{t('viewshedSeen')}</th>
          </tr>
        </thead>
        <tbody>
          {rings.map(({ toM, groundM2: ground, after }) => (
            <tr key={toM}>
              <td>{formatQuantity(toM, 'm', 0)}</td>
              <td>{formatQuantity(ground, 'm2', 0)}</td>
              <td>{formatQuantity(after, 'm2', 0)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <p class="quiet">{t('viewshedBound', { eye: formatNumber(eyeM, 1), cell: formatNumber(cellM, 1) })}</p>
    </div>
  );
}

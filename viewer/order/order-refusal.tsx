import { formatCount } from '../format/number.ts';
import { t, tn } from '../text/text.ts';
import { putPart, refusal } from './order-mine.ts';

/** Why the order was refused, and where it was too large, the parts that can be ordered. */
export function OrderRefusal() {
  if (refusal.value === undefined) return null;
  const { reason, parts } = refusal.value;
  return (
    <>
      <p class="what-if-note warning" role="alert">
        {t('orderRefused', { reason })}
      </p>
      {parts.length > 0 && (
        <section aria-labelledby="order-parts">
          <h2 id="order-parts">{t('orderParts', { n: formatCount(parts.length) })}</h2>
          <ul class="order-list">
            {parts.map((part) => (
              <li key={JSON.stringify(part.area)}>
                <p class="order-row">
                  <button type="button" class="button" onClick={() => void putPart(part)}>
                    {t('orderPart')}: {tn('orderObjects', part.objects, { n: formatCount(part.objects) })}
                  </button>
                </p>
              </li>
            ))}
          </ul>
        </section>
      )}
    </>
  );
}

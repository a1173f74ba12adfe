import type { WireLayer } from '../../core/wire/city.ts';
import { theme } from '../state/theme.ts';
import { inkFor } from '../style/ink.ts';

/** A small picture of how a layer (or one class of it) is drawn. */
export function LayerSwatch({
  style,
  fill = style.fill,
  opacity = style.fillOpacity ?? 1,
  raised = false,
}: {
  style: WireLayer['style'];
  fill?: string | undefined;
  opacity?: number | undefined;
  raised?: boolean;
}) {
  const ink = (colour: string) => inkFor(theme.value, colour);
  const stroke = ink(style.stroke);
  const shade = fill ? ink(fill) : 'none';
  return (
    <svg class="swatch" width="24" height="18" viewBox="0 0 24 18" aria-hidden="true">
      {raised ? (
        <g stroke={stroke} stroke-width="0.9" stroke-linejoin="round">
          <path d="M3 8.5 12 12.5V16.5L3 12.5z" fill={shade} fill-opacity="0.75" />
          <path d="M12 12.5 21 8.5V12.5L12 16.5z" fill={shade} fill-opacity="0.5" />
          <path d="M3 8.5 12 4.5 21 8.5 12 12.5z" fill={shade} />
        </g>
      ) : (
        <rect
          x="2.5"
          y="2.5"
          width="19"
          height="13"
          rx="1.5"
          fill={shade}
          fill-opacity={opacity}
          stroke={stroke}
          stroke-width={Math.max(1, style.strokeWidthPx)}
          stroke-dasharray={style.strokeDash?.join(' ')}
        />
      )}
    </svg>
  );
}

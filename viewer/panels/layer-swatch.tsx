import type { StyleClass } from '../../core/feature/layer.ts';
import { inkOf } from '../../core/feature/symbol.ts';
import type { WireLayer } from '../../core/wire/city.ts';
import { theme } from '../state/theme.ts';
import { inkFor } from '../style/ink.ts';

/** A small picture of how a layer (or one class of it) is drawn. */
export function LayerSwatch({ layer, entry }: { layer: WireLayer; entry?: StyleClass }) {
  const ink = inkOf(layer.style, entry);
  const colour = (paper: string) => inkFor(theme.value, paper);
  const drawing = {
    fill: ink.fill ? colour(ink.fill) : 'none',
    'fill-opacity': ink.fillOpacity ?? 1,
    stroke: colour(ink.stroke),
    'stroke-width': Math.max(1, Math.min(ink.strokeWidthPx, 5)),
    'stroke-dasharray': ink.strokeDash?.join(' '),
  };
  return (
    <svg class="swatch" width="24" height="18" viewBox="0 0 24 18" aria-hidden="true">
      {layer.dimension === 3 ? (
        <Block shade={drawing.fill} stroke={drawing.stroke} />
      ) : layer.geometryType.endsWith('Point') ? (
        <Mark shape={ink.marker?.shape ?? 'circle'} drawing={drawing} />
      ) : layer.geometryType.endsWith('LineString') ? (
        <>
          {ink.casing && (
            <path
              d="M2 13 9 6 22 9"
              fill="none"
              stroke={colour(ink.casing.color)}
              stroke-width={drawing['stroke-width'] + 2 * ink.casing.widthPx}
            />
          )}
          <path d="M2 13 9 6 22 9" {...drawing} fill="none" />
        </>
      ) : (
        <rect x="2.5" y="2.5" width="19" height="13" rx="1.5" {...drawing} />
      )}
    </svg>
  );
}

function Block({ shade, stroke }: { shade: string; stroke: string }) {
  return (
    <g stroke={stroke} stroke-width="0.9" stroke-linejoin="round">
      <path d="M3 8.5 12 12.5V16.5L3 12.5z" fill={shade} fill-opacity="0.75" />
      <path d="M12 12.5 21 8.5V12.5L12 16.5z" fill={shade} fill-opacity="0.5" />
      <path d="M3 8.5 12 4.5 21 8.5 12 12.5z" fill={shade} />
    </g>
  );
}

type Shape = NonNullable<WireLayer['style']['marker']>['shape'];

function Mark({ shape, drawing }: { shape: Shape; drawing: object }) {
  switch (shape) {
    case 'circle':
      return <circle cx="12" cy="9" r="5" {...drawing} />;
    case 'square':
      return <rect x="7.5" y="4.5" width="9" height="9" {...drawing} />;
    case 'diamond':
      return <path d="M12 3 18 9 12 15 6 9z" {...drawing} />;
    case 'triangle':
      return <path d="M12 3 18 14H6z" {...drawing} />;
    case 'cross':
      return <path d="M8 5 16 13M16 5 8 13" {...drawing} />;
  }
}

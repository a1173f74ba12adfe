import type { LookAttribute } from '../state/building-look.ts';
import { classesOf } from './look-classes.ts';
import './look-swatch.css';

/** The classes of buildings as the legend of the map shows them. */
export function LookClasses({ attribute }: { attribute: LookAttribute }) {
  return (
    <ul class="legend-classes">
      {classesOf(attribute).map(({ key, ink, say }) => (
        <li key={key}>
          <LookSwatch ink={ink} />
          <span>{say()}</span>
        </li>
      ))}
    </ul>
  );
}

export const LookSwatch = ({ ink }: { ink: string }) => (
  <span class="look-swatch" style={{ background: ink }} />
);

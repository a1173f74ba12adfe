import type { Xy } from '../../core/geo/plane.ts';
import { globeFrame, globeMap, type MapView, planFrame, planMap } from '../state/map-view.ts';
import { mode } from '../state/twin-state.ts';
import { type ViewQuestion, viewQuestions, viewsOpen } from '../state/view-questions.ts';
import { answers, viewDraft } from './view-study.ts';

/** Over one view: places and lines of sight, whole where they are free, broken where something stands in them. */
export function ViewOverlay({ pane }: { pane: 'plan' | 'globe' }) {
  const view = pane === 'plan' ? planMap.value : globeMap.value;
  if (!viewsOpen.value || !view) return null;
  // Reading the counter draws this again with every picture of the map.
  void (pane === 'plan' ? planFrame : globeFrame).value;
  const draft = viewDraft.value;
  return (
    <svg
      class={`measure-drawing view-drawing ${pane} ${mode.value === 'split' ? 'half' : ''}`}
      aria-hidden="true"
    >
      {[...viewQuestions.value, ...(draft ? [draft] : [])].map((question, index) => (
        <Drawn key={index} question={question} view={view} number={index + 1} />
      ))}
    </svg>
  );
}

function Drawn({ question, view, number }: { question: ViewQuestion; view: MapView; number: number }) {
  const { places } = question;
  const state = stateOf(question);
  const [first, ...ends] = places;
  const eye = first && view.pixelOf({ at: first });
  const intrusions = intrusionsOf(question);
  return (
    <g class={`view-${state}`}>
      {ends.map((end, index) => (
        <Line key={index} from={eye} to={view.pixelOf({ at: end })} />
      ))}
      {ends.length === 2 && (
        <Line from={view.pixelOf({ at: ends[0] as Xy })} to={view.pixelOf({ at: ends[1] as Xy })} />
      )}
      {intrusions.map(([e, n], index) => {
        const pixel = view.pixelOf({ at: [e, n] });
        return pixel ? (
          <path key={index} class="view-cross" d={`M${pixel[0] - 6} ${pixel[1] - 6}l12 12m0 -12l-12 12`} />
        ) : null;
      })}
      {places.map((at, index) => {
        const pixel = view.pixelOf({ at });
        return pixel ? <circle key={index} cx={pixel[0]} cy={pixel[1]} r={index === 0 ? 6 : 4} /> : null;
      })}
      {eye && (
        <text x={eye[0]} y={eye[1] - 10}>
          {number}
        </text>
      )}
    </g>
  );
}

type Pixel = readonly [x: number, y: number] | undefined;

function Line({ from, to }: { from: Pixel; to: Pixel }) {
  if (!from || !to) return null;
  const d = `M${from[0].toFixed(1)} ${from[1].toFixed(1)}L${to[0].toFixed(1)} ${to[1].toFixed(1)}`;
  return (
    <>
      <path class="measure-casing" d={d} />
      <path class="view-line" d={d} />
    </>
  );
}

function stateOf(question: ViewQuestion): 'free' | 'shut' | 'open' {
  const answer = answers.value.get(question);
  if (!answer || answer.kind === 'sky' || answer.kind === 'viewshed') return 'open';
  if (answer.kind === 'section') return 'free';
  if (answer.kind === 'sight') return answer.found.after.state === 'hidden' ? 'shut' : 'free';
  return answer.found.state === 'intruded' ? 'shut' : 'free';
}

function intrusionsOf(question: ViewQuestion): readonly (readonly [number, number])[] {
  const answer = answers.value.get(question);
  if (answer?.kind !== 'corridor') return [];
  return answer.found.intrusions.map(({ position: [e, n] }) => [e, n]);
}

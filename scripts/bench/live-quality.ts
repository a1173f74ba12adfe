/** How well the rules of quality find what goes wrong: simulated days of all seasons whose faults are known. */
import { detectSimulated } from '../../core/demo-city/detect-simulated.ts';
import { type RuleScore, scoreDetection } from '../../core/demo-city/detection-score.ts';
import { generateDemoCity } from '../../core/demo-city/generate.ts';
import { demoSensors } from '../../core/demo-city/sensors.ts';

const [firstSeed = 1_001, days = 100] = process.argv.slice(2).map(Number);
const sensors = demoSensors(generateDemoCity({ size: 'district', seed: 1 }));

const scores: RuleScore[] = [];
const begunMs = performance.now();
for (let seed = firstSeed; seed < firstSeed + days; seed++) {
  // Seventeen days apart, so that every season and day of the week has its turn.
  const { faults, episodes } = detectSimulated(sensors, {
    seed,
    startMs: Date.UTC(2026, 0, 1 + (seed - firstSeed) * 17),
  });
  scores.push(...scoreDetection(faults, episodes));
}
const tookMs = performance.now() - begunMs;

const percent = (part: number, whole: number) =>
  whole === 0 ? '–' : `${((100 * part) / whole).toFixed(1)} %`;
process.stdout.write(
  `${days} days of ${sensors.length} sensors, seeds from ${firstSeed}; ${Math.round(tookMs)} ms\n\n`,
);
process.stdout.write('| rule | fault | made | recall | doubts | precision | known after, median |\n');
process.stdout.write('|---|---|--:|--:|--:|--:|--:|\n');
for (const fault of new Set(scores.map((score) => score.fault))) {
  const own = scores.filter((score) => score.fault === fault);
  const sum = (part: 'made' | 'found' | 'said' | 'right') => own.reduce((all, score) => all + score[part], 0);
  const delays = own.flatMap(({ delaysS }) => delaysS).toSorted((a, b) => a - b);
  const cells = [
    own[0]?.rule,
    fault,
    sum('made'),
    percent(sum('found'), sum('made')),
    sum('said'),
    percent(sum('right'), sum('said')),
    `${Math.round((delays[delays.length >> 1] ?? 0) / 60)} min`,
  ];
  process.stdout.write(`| ${cells.join(' | ')} |\n`);
}

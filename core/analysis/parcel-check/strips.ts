/** Which strip a utility line has, by kind, pressure, voltage and diameter. Pure; the database measures the strips. */
import type { Text } from '../../feature/layer.ts';
import { numberIn } from '../../law/provision.ts';
import type { LineFact } from './facts.ts';
import type { DayLaw } from './rule.ts';

export interface Strip {
  /** Rule and provision: strips of one key are measured together. */
  readonly key: string;
  readonly rule: string;
  readonly provision: string;
  /** From the axis; 0 = only the line itself counts. */
  readonly halfWidthM: number;
}

/** What cannot be told of a line: how far its strip may reach, and why nobody knows. */
export interface StripDoubt {
  readonly rule: string;
  readonly reachM: number;
  readonly reason: Text;
}

export interface StripOfLine {
  readonly strip?: Strip;
  readonly doubt?: StripDoubt;
}

/** Pipelines designed before this year stand under older annexes. */
const GAS_RULES_YEAR = 2014;
/** How far the zones of annex 2 may reach: assumptions, since the widths were not seen. */
const OLD_LOW_GAS_M = 3;
const OLD_HIGH_GAS_M = 35;

export function stripOf(line: LineFact, law: DayLaw): StripOfLine {
  switch (line.network) {
    case 'gas':
      return gasStrip(line, law);
    case 'power':
      return powerStrip(line, law);
    case 'water':
      return pipeStrip(line, law, 'water-main-strip', WATER_STEPS);
    case 'heat':
      return pipeStrip(line, law, 'heat-strip', HEAT_STEPS);
    case 'sewer':
      return { strip: stripFor('sewer-strip', line.flow === 'pressure' ? 'WK-4' : 'WK-3', law) };
    case 'telecom':
      return { strip: bare('telecom-line', 'TEL') };
    default:
      return { strip: bare('other-line', 'PGIK-28b') };
  }
}

const bare = (rule: string, provision: string): Strip => ({
  key: `${rule} ${provision}`,
  rule,
  provision,
  halfWidthM: 0,
});

function stripFor(rule: string, provision: string, law: DayLaw): Strip {
  const version = law.provision(provision);
  return { ...bare(rule, provision), halfWidthM: version ? numberIn(version, 'halfWidthM') : 0 };
}

function gasStrip(line: LineFact, law: DayLaw): StripOfLine {
  const rule = 'gas-control-zone';
  const { lineType, diameterMm, builtYear } = line;
  if (lineType === null || (lineType === 'gas_high' && diameterMm === null)) {
    return {
      doubt: {
        rule,
        reachM: OLD_HIGH_GAS_M,
        reason: {
          pl: 'Rejestr nie podaje ciśnienia albo średnicy gazociągu, od których zależy strefa.',
          en: 'The register does not give the pressure or diameter of the pipeline, on which the zone hangs.',
        },
      },
    };
  }
  const strip = stripFor(rule, gasProvision(lineType, diameterMm ?? 0), law);
  if (builtYear !== null && builtYear >= GAS_RULES_YEAR) return { strip };
  const reachM = lineType === 'gas_high' || lineType === 'gas_raised_medium' ? OLD_HIGH_GAS_M : OLD_LOW_GAS_M;
  return {
    strip,
    doubt: {
      rule,
      reachM,
      reason: {
        pl: `Gazociąg sprzed 2014 r. lub bez roku budowy: strefa z załącznika 2 jest szersza i nie jest nam znana; trzeba zapytać operatora (zasięg przyjęty do sprawdzenia: ${reachM} m).`,
        en: `A pipeline from before 2014, or of unknown year: the zone of annex 2 is wider and not known to us; ask the operator (reach taken for this check: ${reachM} m).`,
      },
    },
  };
}

function gasProvision(lineType: string, diameterMm: number): string {
  if (lineType === 'gas_raised_medium') return 'GAZ-10-b';
  if (lineType !== 'gas_high') return 'GAZ-10-a';
  if (diameterMm <= 150) return 'GAZ-10-c';
  if (diameterMm <= 300) return 'GAZ-10-d';
  return diameterMm <= 500 ? 'GAZ-10-e' : 'GAZ-10-f';
}

const OVERHEAD: Readonly<Record<string, string>> = {
  power_extra_high: 'EL-400',
  power_high: 'EL-110',
  power_medium: 'EL-SN',
  power_low: 'EL-nn',
};

function powerStrip({ course, lineType }: LineFact, law: DayLaw): StripOfLine {
  if (course !== 'overhead') return { strip: stripFor('power-cable-strip', 'EL-kb', law) };
  const provision = OVERHEAD[lineType ?? ''];
  if (provision) return { strip: stripFor('power-overhead-strip', provision, law) };
  return {
    doubt: {
      rule: 'power-overhead-strip',
      reachM: 35,
      reason: {
        pl: 'Rejestr nie podaje napięcia linii napowietrznej.',
        en: 'The register does not give the voltage of the overhead line.',
      },
    },
  };
}

type Steps = readonly (readonly [uptoMm: number, provision: string])[];
const WATER_STEPS: Steps = [
  [100, 'WK-1-100'],
  [300, 'WK-1-300'],
  [500, 'WK-1-500'],
  [Infinity, 'WK-1-max'],
];
const HEAT_STEPS: Steps = [
  [150, 'CO-1-150'],
  [500, 'CO-1-500'],
  [Infinity, 'CO-1-max'],
];

function pipeStrip({ diameterMm }: LineFact, law: DayLaw, rule: string, steps: Steps): StripOfLine {
  const wanted = diameterMm === null ? undefined : steps.find(([uptoMm]) => diameterMm <= uptoMm);
  if (wanted) return { strip: stripFor(rule, wanted[1], law) };
  const widest = steps.at(-1)?.[1] ?? '';
  return {
    doubt: {
      rule,
      reachM: stripFor(rule, widest, law).halfWidthM,
      reason: {
        pl: 'Rejestr nie podaje średnicy, od której zależy odległość.',
        en: 'The register does not give the diameter, on which the distance hangs.',
      },
    },
  };
}

import { DistrictMatrix } from './district-matrix.tsx';
import { MapChoice } from './map-choice.tsx';
import { NoiseSection } from './noise-section.tsx';
import { StreetTable } from './street-table.tsx';
import { TrafficExport } from './traffic-export.tsx';
import { TrafficNotes, TrafficProof } from './traffic-proof.tsx';
import type { TrafficAnswer } from './traffic-state.ts';
import { TrafficSummary } from './traffic-summary.tsx';
import { ValidationSection } from './validation-section.tsx';
import { ZoneTrips } from './zone-trips.tsx';

/** What the traffic means: for all, on the map, by street, by district, for ears, and how sure that is. */
export function TrafficResultView({ answer }: { answer: TrafficAnswer }) {
  const { result } = answer;
  return (
    <>
      <TrafficSummary result={result} />
      <MapChoice result={result} />
      <StreetTable result={result} />
      <ZoneTrips result={result} />
      <DistrictMatrix districts={result.districts} />
      <NoiseSection noise={result.noise} />
      <TrafficProof answer={answer} />
      <ValidationSection result={result} />
      <TrafficNotes result={result} />
      <TrafficExport answer={answer} />
    </>
  );
}

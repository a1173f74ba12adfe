/** Public transport. */
import type { DeparturesReply, VehicleReply, VehiclesReply } from '../../core/wire/transit.ts';

/** Public transport: where vehicles are, and when they leave. */
export interface Transit {
  /** Every vehicle that was heard of in the last minutes. */
  vehicles(signal?: AbortSignal): Promise<VehiclesReply>;
  /** One vehicle with the stops before it. @throws TwinError not-found */
  vehicle(id: string, signal?: AbortSignal): Promise<VehicleReply>;
  /** The next departures of a stop, by timetable and forecasts. @throws TwinError not-found */
  departures(stopId: string, from: Date, limit: number, signal?: AbortSignal): Promise<DeparturesReply>;
}

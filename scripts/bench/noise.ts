/**
 * Road noise at the homes of a loaded demo city: `DATABASE_URL=postgres://…/city npm run bench:noise [every]`. Reads the
 * database only. Flows by class of street; both states in one pass; every so many homes (default 1), seconds of CPU.
 */
import { cpus, loadavg } from 'node:os';
import { facadeLevels, hearingOf } from '../../core/analysis/noise/facade-noise.ts';
import { frameOver } from '../../core/analysis/sun/ground-grid.ts';
import { cityLinks } from '../../core/analysis/traffic/city-links.ts';
import { linkNoise } from '../../core/analysis/traffic/street-noise.ts';
import { groundHeightM, ORIGIN_M } from '../../core/demo-city/terrain.ts';
import { trafficParametersSchema } from '../../core/wire/traffic-parameters.ts';
import { ANONYMOUS } from '../../server/access/identity.ts';
import { layersOf } from '../../server/store/layers.ts';
import { openPool } from '../../server/store/pool.ts';
import type { Ground } from '../../server/store/settle/edited-city.ts';
import { gatherTraffic } from '../../server/store/traffic-facts.ts';

const databaseUrl = process.env['DATABASE_URL'];
if (databaseUrl === undefined) throw new Error('DATABASE_URL needs a database with a loaded demo city');
const every = Number(process.argv[2] ?? 1);
const say = (line: string): void => void process.stdout.write(`${line}\n`);
const SEED = 1;
/** Cars an hour each way. */
const CARS: Readonly<Record<string, number>> = { main: 700, collector: 200, local: 40, access: 15 };
const TRUCK_SHARE = 0.05;
const CLOSED_PART = 0.8;

const nothing = async () => undefined;
const ground: Ground = {
  ...{ lowestM: nothing, earthwork: nothing },
  async grid(box, stepM) {
    const frame = frameOver(box, stepM);
    const { origin, columns, rows } = frame;
    const height = (n: number) =>
      groundHeightM(
        SEED,
        origin[0] + (n % columns) * stepM - ORIGIN_M[0],
        origin[1] + Math.floor(n / columns) * stepM - ORIGIN_M[1],
      );
    return { ...frame, heights: Float32Array.from({ length: columns * rows }, (_, n) => height(n)) };
  },
};

const cpuS = (): number => {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1e6;
};

const pool = openPool({ databaseUrl, maxConnections: 2, statementTimeoutMs: 600_000 });
const base = { who: ANONYMOUS, at: new Date() };
const layers = (await layersOf(pool)()).filter(({ dataset }) => dataset === 'city');
const { before } = await gatherTraffic(
  {
    ...{ view: base, base, edits: [], layers, ground },
    lawDate: new Date().toISOString().slice(0, 10),
    read: (statement) => pool.read(statement),
  },
  trafficParametersSchema.parse({}),
);
await pool.close();
const links = cityLinks(before.roads, before.roads);
const lines = links.map((link) => {
  const carPerH = CARS[link.road.class ?? ''] ?? 5;
  const flow = { carPerH, truckPerH: TRUCK_SHARE * carPerH, speedKmH: link.road.speedKmH ?? 30 };
  const less = { ...flow, carPerH: CLOSED_PART * carPerH };
  return { path: link.road.path, powerPerM: [linkNoise(link, flow), linkNoise(link, less)] };
});
const homes = before.buildings.filter(({ use }) => use !== null);
const asked = homes.filter((_, at) => at % every === 0);
const km = links.reduce((sum, { road }) => sum + road.lengthM, 0) / 1000;
say(`${before.buildings.length} buildings, ${homes.length} homes, ${km.toFixed(0)} km of directions`);
let from = cpuS();
const hearing = hearingOf(lines, { states: 2, screens: before.buildings, ground: before.ground });
say(`sources and screens: ${(cpuS() - from).toFixed(1)} s CPU`);
from = cpuS();
const levels = facadeLevels(
  hearing,
  asked.map(({ outline }) => outline),
);
const tookS = cpuS() - from;
const told = levels.flatMap(([level]) => level ?? []);
const mean = told.reduce((sum, level) => sum + level, 0) / Math.max(1, told.length);
say(
  `${asked.length} homes: ${tookS.toFixed(1)} s CPU, ${((1000 * tookS) / asked.length).toFixed(2)} ms each, so ${((tookS * homes.length) / asked.length).toFixed(0)} s for all; mean ${mean.toFixed(3)} dB of ${told.length} that hear a street`,
);
say(`${cpus()[0]?.model ?? ''}, Node ${process.versions.node}, load ${loadavg()[0]?.toFixed(1) ?? ''}`);

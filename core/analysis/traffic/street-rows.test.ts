import { expect, it } from 'vitest';
import type { TrafficLink } from '../../wire/traffic-link.ts';
import { streetRows } from './street-rows.ts';

const STATE = {
  ...{ flowVehPerH: 100, truckVehPerH: 0, capacityVehPerH: 800, vOverC: 0.5, speedKmH: 30 },
  ...{ delayS: 1, soundPowerDbAPerM: null },
};

const link = (id: string, name: string | null, flow: number, isBeyondNoise = true): TrafficLink => ({
  ...{ id, name, road: id.slice(0, -1), class: null, from: 'a', to: 'b', lanes: 1, lengthM: 100 },
  ...{
    noTurnTo: [],
    signal: null,
    freeSpeedKmH: 50,
    path: [],
    state: 'open',
    before: STATE,
    after: { ...STATE, vOverC: flow / 100 },
  },
  difference: { flowVehPerH: flow, delayS: flow / 10, speedKmH: 0, isBeyondNoise },
});

const LINKS = [
  link('1+', 'Długa', 10),
  link('2+', 'Długa', 40),
  link('3-', 'Krótka', -60),
  link('4+', null, 20),
  link('5+', 'Cicha', 90, false),
];
const idsOf = (order: Parameters<typeof streetRows>[1], most = 9) =>
  streetRows(LINKS, order, most).map(({ id }) => id);

it('tells each street once, by its link that is moved most', () => {
  expect(idsOf('more')).toEqual(['2+', '4+']);
  expect(idsOf('less')).toEqual(['3-']);
  expect(idsOf('more', 1)).toEqual(['2+']);
});

it('never lists a change that may be solver noise, but does list its load', () => {
  expect(idsOf('slower')).toEqual(['2+', '4+']);
  expect(idsOf('loaded')[0]).toBe('5+');
});

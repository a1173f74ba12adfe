import { describe, expect, it } from 'vitest';
import { repeatedLinks } from '../../analysis/traffic/road-network.ts';
import { readTntpNetwork, readTntpTrips } from './read-tntp.ts';
import { writeTntpFlows } from './write-tntp.ts';

const NET = `<NUMBER OF ZONES> 2
<NUMBER OF NODES> 3
<FIRST THRU NODE> 3
<NUMBER OF LINKS> 2
<END OF METADATA>

~ init term capacity length time b power speed toll type ;
 1 3 100 5 2.5 0.15 4 50 7 1 ;
3 2 1e3 6 3 0 0 0 0 1;
`;
const TRIPS = `<NUMBER OF ZONES> 2
<TOTAL OD FLOW> 9.5
<END OF METADATA>
Origin 	1
 1 : 1.0;  2 : 4.5;
Origin 2
    1 :  4;
`;

describe('TNTP files', () => {
  it('give a network whose nodes count from 0', () => {
    const network = readTntpNetwork(NET.replaceAll('\n', '\r\n'));
    expect(network).toMatchObject({ nodeCount: 3, zoneCount: 2, linkCount: 2, firstThruNode: 2 });
    expect([...network.tail, ...network.head]).toEqual([0, 2, 2, 1]);
    expect([network.capacity[1], network.length[0], network.toll[0]]).toEqual([1000, 5, 7]);
  });

  it('tell of rows that are there twice, and not of parallel streets that differ', () => {
    const row = '3 2 1e3 6 3 0 0 0 0 1;\n';
    const three = NET.replace('LINKS> 2', 'LINKS> 3');
    expect(repeatedLinks(readTntpNetwork(three + row))).toEqual([{ first: 1, link: 2 }]);
    expect(repeatedLinks(readTntpNetwork(three + row.replace('1e3', '900')))).toEqual([]);
  });

  it('give trips by origin, those within a zone apart', () => {
    const demand = readTntpTrips(TRIPS);
    expect([...demand.start]).toEqual([0, 1, 2]);
    expect([...demand.destination]).toEqual([1, 0]);
    expect([...demand.trips]).toEqual([4.5, 4]);
    expect(demand.intrazonalTrips).toBe(1);
  });

  it('are written with the flows of links', () => {
    const written = writeTntpFlows(readTntpNetwork(NET), Float64Array.of(1.5, 2), Float64Array.of(0.1, 0.2));
    expect(written.split('\n')[1]).toBe('1 \t3 \t1.5 \t0.1 ');
    expect(written.endsWith('3 \t2 \t2 \t0.2 \n')).toBe(true);
  });

  it.each([
    ['that is cut short', NET.slice(0, NET.indexOf('3 2 1e3')), /says 2 links and has 1/],
    ['of another kind', 'id,from,to\n1,2,3\n', /no <END OF METADATA>/],
    ['with a short row', NET.replace('5 2.5 0.15 4 50 7 1', '5'), /Line 8 has 4 columns/],
    ['with words for numbers', NET.replace('2.5', 'fast'), /Link 1 .*free-flow time is not a number/],
    ['with a node that is none', NET.replace(' 1 3 100', ' 1 30 100'), /node 30 is none of the 3/],
  ])('refuse a network %s', (_, text, message) => {
    expect(() => readTntpNetwork(text)).toThrow(message);
  });

  it.each([
    ['before an origin', TRIPS.replace('Origin \t1', ''), /Line 5: .*below an Origin/],
    ['without a colon', TRIPS.replace('2 : 4.5', '2 4.5'), /Line 5: “2 4.5”/],
    ['to a zone that is none', TRIPS.replace('2 : 4.5', '7 : 4.5'), /zone 1 to 7: zones are 1 to 2/],
    ['below 0', TRIPS.replace('4.5', '-4.5'), /are -4.5; they must be 0 or more/],
  ])('refuse trips %s', (_, text, message) => {
    expect(() => readTntpTrips(text)).toThrow(message);
  });
});

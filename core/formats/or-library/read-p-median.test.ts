import { describe, expect, it } from 'vitest';
import { readPMedian } from './read-p-median.ts';

describe('a p-median file', () => {
  it('gives each pair of nodes once, the last cost counting whichever way round it is written', () => {
    const file = readPMedian(' 3 4 1 \r\n 1 2 30 \r\n 2 3 46 \r\n 2 1 7 \r\n 2 3 50\r\n\r\n');
    expect(file).toMatchObject({ nodeCount: 3, p: 1, repeated: 2 });
    expect([...file.edges.from, ...file.edges.to, ...file.edges.cost]).toEqual([0, 1, 1, 2, 7, 50]);
  });

  it.each([
    ['', 'Line 1: there is nothing in it'],
    ['3 1\n', 'Line 1: “3 1” is not three numbers: nodes, edges, p'],
    ['<?xml version="1.0"?>', 'is not three numbers'],
    ['3 2 1\n1 2 5\n', 'says 2 edges and has 1'],
    ['3 1 4\n1 2 5\n', 'p is 4 and there are 3 nodes'],
    ['3 1 0\n1 2 5\n', 'the number of p is 0'],
    ['2.5 1 1\n1 2 5\n', 'the number of nodes is 2.5'],
    ['3 1 1\n\n1 4 5\n', 'Line 3: 4 is no node; they are 1 to 3'],
    ['3 1 1\n1 2 -5\n', 'Line 2: the cost is -5'],
    ['3 1 1\n1 2 x\n', 'Line 2: “1 2 x” is not three numbers: node, node, cost'],
  ])('is refused with what is wrong and where: %j', (text, message) => {
    expect(() => readPMedian(text)).toThrow(message);
  });
});

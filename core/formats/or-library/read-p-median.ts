/**
 * Uncapacitated p-median instances of OR-Library (Beasley 1985): the first line is nodes, edges, p, then a line for
 * each edge: node, node, cost. Edges are gone both ways. An edge that is given again has its last cost.
 */
import type { Edges } from '../../analysis/access/path-graph.ts';
import { invalidParameter } from '../../errors.ts';

export interface PMedianFile {
  readonly nodeCount: number;
  /** How many nodes to choose. */
  readonly p: number;
  /** Each pair of nodes once; nodes count from 0, from 1 in the file. */
  readonly edges: Edges;
  /** Lines that gave an edge anew. */
  readonly repeated: number;
}

/** @throws TwinError invalid-parameter naming the line and what is wrong with it */
export function readPMedian(text: string): PMedianFile {
  const rows = rowsOf(text);
  const [head, ...lines] = rows;
  if (!head) throw refused(1, 'there is nothing in it');
  const [nodeCount = 0, edgeCount = 0, p = 0] = numbersOf(head, 'nodes, edges, p');
  for (const [name, value, least] of [
    ['nodes', nodeCount, 1],
    ['edges', edgeCount, 0],
    ['p', p, 1],
  ] as const) {
    if (!Number.isInteger(value) || value < least) {
      throw refused(head.line, `the number of ${name} is ${value}; it must be whole and at least ${least}`);
    }
  }
  if (p > nodeCount) {
    throw refused(
      head.line,
      `p is ${p} and there are ${nodeCount} nodes; choose at most as many as there are`,
    );
  }
  if (lines.length !== edgeCount) {
    const last = rows.at(-1)?.line ?? head.line;
    throw refused(
      last,
      `the file says ${edgeCount} edges and has ${lines.length}; it may be cut short or be of another format`,
    );
  }
  const costOf = new Map<number, number>();
  for (const row of lines) {
    const [a = 0, b = 0, cost = 0] = numbersOf(row, 'node, node, cost');
    for (const node of [a, b]) {
      if (!Number.isInteger(node) || node < 1 || node > nodeCount) {
        throw refused(row.line, `${node} is no node; they are 1 to ${nodeCount}`);
      }
    }
    if (cost < 0) throw refused(row.line, `the cost is ${cost}; it must be 0 or more`);
    costOf.set((Math.min(a, b) - 1) * nodeCount + Math.max(a, b) - 1, cost);
  }
  const pairs = [...costOf.keys()];
  return {
    nodeCount,
    p,
    edges: {
      from: Int32Array.from(pairs, (pair) => Math.floor(pair / nodeCount)),
      to: Int32Array.from(pairs, (pair) => pair % nodeCount),
      cost: Float64Array.from(costOf.values()),
    },
    repeated: lines.length - costOf.size,
  };
}

interface Row {
  readonly line: number;
  readonly text: string;
}

const rowsOf = (text: string): Row[] =>
  text
    .replace(/^\uFEFF/, '')
    .split(/\r?\n/)
    .map((row, index) => ({ line: index + 1, text: row.trim() }))
    .filter((row) => row.text !== '');

function numbersOf({ line, text }: Row, wanted: string): number[] {
  const numbers = text.split(/\s+/).map(Number);
  if (numbers.length !== 3 || !numbers.every(Number.isFinite)) {
    const shown = text.length > 40 ? `${text.slice(0, 40)}…` : text;
    throw refused(line, `“${shown}” is not three numbers: ${wanted}`);
  }
  return numbers;
}

const refused = (line: number, what: string) => invalidParameter('instance', `Line ${line}: ${what}`);

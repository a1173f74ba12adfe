import { describe, expect, it } from 'vitest';
import { parseExpression } from './parse-expression.ts';
import { dividedBy } from './paths.ts';

describe('a filter divided by a link', () => {
  it('has beyond it what speaks of nothing else', () => {
    const filter = parseExpression(
      "Datastream/Thing/name eq 'x' and (result gt 3 or Datastream/name eq 'y') and not (Datastream/@iot.id in (1, 2)) and now() gt phenomenonTime",
    );
    expect(dividedBy('Datastream', filter)).toEqual({
      beyond: parseExpression("Thing/name eq 'x' and not (@iot.id in (1, 2))"),
      here: parseExpression("(result gt 3 or Datastream/name eq 'y') and now() gt phenomenonTime"),
    });
    expect(dividedBy('Datastream', undefined)).toEqual({ beyond: undefined, here: undefined });
  });
});

import { detached } from './xml/detached.ts';

/** Values that are kept at once; more of them make it slower, not larger. */
const MOST = 4_096;

/** A pure function of a text that remembers its last values: registers repeat the same dates thousands of times. */
export function remembered<Value>(make: (text: string) => Value): (text: string) => Value {
  const known = new Map<string, Value>();
  return (text) => {
    const value = known.get(text);
    if (value !== undefined) return value;
    const made = make(text);
    if (known.size >= MOST) known.clear();
    known.set(detached(text), made);
    return made;
  };
}

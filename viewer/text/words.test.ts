import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { en } from './en.ts';
import { pl } from './pl.ts';

const VIEWER = join(import.meta.dirname, '..');
const sources = readdirSync(VIEWER, { recursive: true, encoding: 'utf8' })
  .filter((path) => /\.tsx?$/.test(path) && !path.includes('.test.') && !/text\/(pl|en)\.ts$/.test(path))
  .map((path) => readFileSync(join(VIEWER, path), 'utf8'))
  .join('\n');
const words = Object.keys(pl) as (keyof typeof pl)[];
const placesIn = (text: string): string[] => [...new Set(text.match(/\{\w+\}/g) ?? [])].sort();

describe('the words of the viewer', () => {
  it('are the same in both languages, with the same places to fill', () => {
    expect(Object.keys(en).sort()).toEqual([...words].sort());
    for (const word of words) expect(placesIn(en[word]), word).toEqual(placesIn(pl[word]));
  });

  it('have the plural forms of their language: three in Polish, two in English', () => {
    const counted = words.filter((word) => new RegExp(`tn\\(\\s*'${word}'`).test(sources));
    expect(counted.length).toBeGreaterThan(2);
    for (const word of counted) {
      expect(pl[word].split('|'), word).toHaveLength(3);
      expect(en[word].split('|'), word).toHaveLength(2);
    }
  });

  it('are all said somewhere, none empty and none with an exclamation mark', () => {
    // Built words: t(`${entry.word}Title`).
    const built = /^mode(2d|3d|Split)Title$/;
    for (const word of words) {
      expect(built.test(word) || new RegExp(`['"]${word}['"]`).test(sources), `${word} is said nowhere`).toBe(
        true,
      );
      expect(pl[word] !== '' && en[word] !== '' && !/!/.test(pl[word] + en[word]), word).toBe(true);
    }
  });
});

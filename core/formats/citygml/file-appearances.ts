import { readXml } from '../../xml/reader.ts';
import type { Notebook } from '../notebook.ts';
import type { ReadOptions } from '../reader.ts';
import { SurfaceData } from './surface-data.ts';

const MEMBER = 'appearanceMember';

/**
 * Appearances that stand beside the buildings of a file, as a rule behind them: the file is read once more for these, where
 * it has any.
 */
export async function fileAppearances({ again }: ReadOptions, notes: Notebook): Promise<SurfaceData> {
  const data = new SurfaceData(notes);
  if (again === undefined || !(await hasAppearances(again()))) return data;
  for await (const { element } of readXml(again(), ({ local }, depth) =>
    depth === 0 ? 'enter' : local === MEMBER ? 'take' : 'skip',
  )) {
    if (element.local === MEMBER) data.take(element);
  }
  return data;
}

async function hasAppearances(chunks: AsyncIterable<string>): Promise<boolean> {
  let end = '';
  for await (const chunk of chunks) {
    if ((end + chunk).includes(MEMBER)) return true;
    end = chunk.slice(1 - MEMBER.length);
  }
  return false;
}

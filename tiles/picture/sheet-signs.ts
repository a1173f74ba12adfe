import type { SheetSign } from '../../core/documents/map-sheet.ts';
import type { Language, Layer } from '../../core/feature/layer.ts';
import { symbolOf } from '../../core/feature/symbol.ts';
import { shapeOf } from '../../core/style/style-rules.ts';
import type { PictureLayer } from './draw-picture.ts';
import type { LayerPlan } from './plan-layer.ts';

/** Of classes that have something on a sheet, the topmost first. @param scale that symbols are drawn at */
export function signsOf(
  plans: readonly LayerPlan[],
  shown: readonly PictureLayer[],
  scale: number,
  language: Language,
): readonly SheetSign[] {
  return plans
    .flatMap(({ layer }, index) => {
      const classes = shown[index]?.classes.filter(({ wkb }) => wkb.length > 0) ?? [];
      return classes.map(({ entry }) => signOf(layer, entry, scale, language)).filter(isVisible);
    })
    .toReversed();
}

function signOf(layer: Layer, entry: number, scale: number, language: Language): SheetSign {
  const styled = layer.style.classes?.entries[entry];
  const title = layer.title[language];
  const label = styled ? `${title}: ${styled.label[language]}` : title;
  return { label, shape: shapeOf(layer), symbol: symbolOf(layer, styled, scale) };
}

const isVisible = ({ symbol }: SheetSign): boolean => symbol.strokeWidthPx > 0 || symbol.fill !== undefined;

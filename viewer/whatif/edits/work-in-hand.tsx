/** What is being drawn or picked for the open scenario, in every work space that has tools for it. */
import { computed } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import type { ScenarioReply } from '../../../core/wire/scenario.ts';
import { isPhone, sheetStop } from '../../frame/layout.ts';
import { DrawBuilding } from './building/draw-building.tsx';
import { drawing, restDrawing, resumeDrawing } from './building/drawing.ts';
import { isPlacing, restPlacing, resumePlacing } from './model/model-work.ts';
import { PlaceModel } from './model/place-model.tsx';
import { ToolPanel } from './tool-panel.tsx';
import { restTool, resumeTool, toolInHand } from './tool-work.ts';

export const isWorkInHand = computed(
  () => drawing.value !== undefined || isPlacing.value || toolInHand.value !== undefined,
);

/** Gives clicks on the map to unfinished work while the panel that calls this is on the screen. */
export function useWorkInHand(): void {
  // Whoever leaves the panel may choose objects on the map again, and finds the unfinished work when they return.
  useEffect(() => {
    resumeDrawing();
    resumeTool();
    resumePlacing();
    return () => {
      restDrawing();
      restTool();
      restPlacing();
    };
  }, []);
  const isBusy = isWorkInHand.value;
  useEffect(() => {
    // On a phone both the map to point at and the fields must be seen.
    if (isBusy && isPhone.peek()) sheetStop.value = 'half';
  }, [isBusy]);
}

export function WorkInHand({ scenario }: { scenario: ScenarioReply }) {
  if (drawing.value) return <DrawBuilding scenario={scenario} />;
  if (isPlacing.value) return <PlaceModel scenario={scenario} />;
  return toolInHand.value ? <ToolPanel tool={toolInHand.value} scenario={scenario} /> : null;
}

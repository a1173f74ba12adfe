import { signal } from '@preact/signals';

/** `low`: no sky, shadows or smoothing, and half the pixels, for graphics made by the processor. */
export type Quality = 'high' | 'low';

export const quality = signal<Quality>('high');

const SOFTWARE = /swiftshader|llvmpipe|softpipe|software|microsoft basic/i;

/** Whether WebGL 2 is there, and the name of what draws it. */
export function probeGraphics(): { readonly available: boolean; readonly renderer: string } {
  const canvas = document.createElement('canvas');
  const context = canvas.getContext('webgl2');
  if (!context) return { available: false, renderer: '' };
  const named = context.getExtension('WEBGL_debug_renderer_info');
  const renderer = String(context.getParameter(named ? named.UNMASKED_RENDERER_WEBGL : context.RENDERER));
  // Browsers keep few contexts alive; give this one back.
  context.getExtension('WEBGL_lose_context')?.loseContext();
  return { available: true, renderer };
}

/** What `?quality=` asks for, else low for software graphics and small machines. */
export function chooseQuality(search: string, renderer: string, cores: number): Quality {
  const asked = new URLSearchParams(search).get('quality');
  if (asked === 'low' || asked === 'high') return asked;
  return SOFTWARE.test(renderer) || cores <= 1 ? 'low' : 'high';
}

export function switchQuality(): void {
  quality.value = quality.value === 'low' ? 'high' : 'low';
}

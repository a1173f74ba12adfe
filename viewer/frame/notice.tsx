import type { ComponentChildren } from 'preact';
import { Icon } from './icon.tsx';

interface NoticeProps {
  readonly text: string;
  readonly warning?: boolean;
  readonly children?: ComponentChildren;
}

/** A line over the map: what is still coming, or what is wrong. */
export function Notice({ text, warning = false, children }: NoticeProps) {
  return (
    <p class={`stage-notice ${warning ? 'warning' : ''}`} role="status">
      {warning && <Icon name="warning" />}
      {text}
      {children}
    </p>
  );
}

import type { ComponentChildren } from 'preact';

interface TileProps {
  readonly title: string;
  readonly note?: string;
  readonly kind?: 'wide';
  readonly children: ComponentChildren;
}

export function Tile({ title, note, kind, children }: TileProps) {
  return (
    <section class={`tile ${kind ?? ''}`}>
      <h2>
        {title} {note !== undefined && <span class="quiet">{note}</span>}
      </h2>
      {children}
    </section>
  );
}

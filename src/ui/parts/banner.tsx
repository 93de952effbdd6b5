import type { ComponentChildren } from 'preact';

interface BannerProps {
  readonly tone: 'bad' | 'warning' | 'news';
  readonly children: ComponentChildren;
}

/** Something that concerns the whole screen. */
export function Banner({ tone, children }: BannerProps) {
  return (
    <div class={`banner ${tone}`} role={tone === 'bad' ? 'alert' : 'status'}>
      {children}
    </div>
  );
}

import type { ComponentChildren } from 'preact';
import type { FaultDocument } from '../data/documents.ts';
import { Banner } from './banner.tsx';

interface ScreenHeadProps {
  readonly title: string;
  readonly sum?: string;
  /** What keeps the screen from being up to date. */
  readonly fault?: FaultDocument | null;
  readonly children?: ComponentChildren;
}

export function ScreenHead({ title, sum = '', fault = null, children }: ScreenHeadProps) {
  return (
    <>
      <div class="head">
        <h1>{title}</h1>
        <p class="sum">{sum}</p>
        {children !== undefined && <div class="buttons">{children}</div>}
      </div>
      {fault !== null && (
        <Banner tone="bad">
          {fault.message}
          {fault.hint !== null && ` ${fault.hint}`}
        </Banner>
      )}
    </>
  );
}

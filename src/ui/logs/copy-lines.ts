import { askFor } from '../data/ask.ts';
import { countText } from '../parts/amounts.ts';
import { toast } from '../parts/toasts.tsx';
import type { PageDocument } from './kept-lines.ts';

const MOST_LINES = 500;

/** Puts lines from one on into the clipboard, or the last ones: `first` is `null`. */
export async function copyLines(services: readonly string[], first: number | null): Promise<void> {
  const from = first === null ? '' : `&from=${first}`;
  const chosen = encodeURIComponent(services.join());
  const { error, lines } = await askFor<PageDocument>(`logs?services=${chosen}&count=${MOST_LINES}${from}`);
  if (error !== undefined) return toast('bad', error.message);
  const texts = lines.map(({ service, text }) => (services.length === 1 ? text : `${service}  ${text}`));
  try {
    await navigator.clipboard.writeText(`${texts.join('\n')}\n`);
    toast('good', `Copied ${countText(texts.length, 'line')}`);
  } catch {
    toast('bad', 'This browser does not let the page copy'); // It asks its user, or goes by its own rules.
  }
}

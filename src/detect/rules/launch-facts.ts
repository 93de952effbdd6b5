import type { Launch } from '../commands/launch.ts';
import { quoteWords } from '../commands/quote-words.ts';
import { placeText } from '../repository/place.ts';
import type { Proposal } from './propose.ts';

/** What every candidate behind a launch has from it. */
export function launchFacts(
  launch: Launch,
): Pick<Proposal, 'cwd' | 'ecosystem' | 'label' | 'developerCommand' | 'evidence' | 'basis'> {
  const { invocation, outer } = launch;
  const { cwd, file, line, text } = invocation;
  return {
    cwd,
    ecosystem: launch.ecosystem,
    label: launch.label,
    developerCommand: outer.cwd === cwd ? outer.text : text,
    evidence: [{ file, line, says: `\`${text}\` runs \`${quoteWords(launch.words)}\`` }],
    basis: 'named',
  };
}

/** Where a launch is written. */
export function launchPlace({ invocation }: Pick<Launch, 'invocation'>): string {
  return placeText(invocation.file, invocation.line);
}

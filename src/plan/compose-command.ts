import { quoteWord } from '../base/quote-word.ts';
import type { ContainerPlan } from './plan.ts';

/** The command line that runs a container in the foreground. */
export function composeCommand({ files, service }: Pick<ContainerPlan, 'files' | 'service'>): string {
  const named = files.flatMap((file) => ['-f', quoteWord(file)]);
  return ['docker', 'compose', ...named, 'up', quoteWord(service)].join(' ');
}

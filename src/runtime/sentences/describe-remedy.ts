import type { Remedy } from '../state/lifecycle.ts';

/** What to do about the error in a service's output. */
export function describeRemedy(remedy: Remedy | null, service: string): readonly string[] {
  switch (remedy?.kind) {
    case undefined:
      return [];
    case 'install': {
      const where = remedy.folder === '.' ? '' : ` in ${remedy.folder}`;
      return [`hint: \`${remedy.module}\` is not installed: \`${remedy.command}\`${where}.`];
    }
    case 'use-port': {
      const where = remedy.place === null ? '' : `; its port is written in ${remedy.place}`;
      return [`hint: \`${service}\` ignores $PORT: it wants port ${remedy.port}, which is taken${where}.`];
    }
    case 'mend':
      return [`hint: Mend ${remedy.place} (${remedy.error}).`];
  }
}

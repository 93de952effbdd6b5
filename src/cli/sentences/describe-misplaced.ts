import type { Diagnostic } from '../../base/diagnostic.ts';
import { pathsOf } from '../../runtime/state/paths.ts';

/** That `logs/` cannot be read; `code` is the system's. */
export function describeUnreadableLogs(code: string): Diagnostic {
  switch (code) {
    case 'ENOTDIR':
      return {
        code: 'runtime/logs-no-folder',
        message: '`logs` is a file, not a folder',
        hint: 'Move it away: devgen keeps its logs and state there.',
      };
    case 'ENOENT':
      return {
        code: 'runtime/logs-lead-nowhere',
        message: '`logs` is a link to a folder that is not there',
        hint: 'Make that folder, or remove the link: devgen keeps its logs and state there.',
      };
    default:
      return {
        code: 'runtime/logs-unreadable',
        message: `cannot read \`logs\` (${code})`,
        hint: 'It must belong to you and be readable.',
      };
  }
}

/** That a folder has the name of a service's log. */
export function describeLogFolder(service: string): Diagnostic {
  return {
    code: 'runtime/log-is-folder',
    message: `\`${pathsOf('').log(service)}\` is a folder, not a log`,
    hint: `Move it away: what \`${service}\` writes belongs there.`,
  };
}

import type { Diagnostic } from '../../base/diagnostic.ts';

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

/** That `link`, which is or lies in `logs/`, leads out of the project. */
export function describeLinkedState(link: string): Diagnostic {
  return {
    code: 'runtime/logs-outside',
    message: `\`${link}\` is a link that leads out of the project`,
    hint: 'Remove the link: devgen keeps its logs and state in the project, and follows no link out of it.',
    place: { file: link },
  };
}

/** A file that is written line by line. */
export interface WrittenFile {
  /** Relative to the root. */
  readonly file: string;
  /** In words: a service, or devgen itself. */
  readonly writer: string;
}

/** That it cannot be read; `code` is the system's, `owner` whose file it is. */
export function describeLogTrouble({ file: log, writer }: WrittenFile, code: string, owner: string): Diagnostic {
  const hint = `Move it away: what ${writer} writes belongs there.`;
  switch (code) {
    case 'EISDIR':
      return { code: 'runtime/log-is-folder', message: `\`${log}\` is a folder, not a log`, hint };
    case 'ELOOP':
      return { code: 'runtime/log-is-link', message: `\`${log}\` is a link, not a log`, hint };
    case 'EFTYPE':
      return { code: 'runtime/log-is-no-file', message: `\`${log}\` is a pipe, a device or a socket, not a log`, hint };
    default: {
      const message = `cannot read \`${log}\` (${code}): it belongs to ${owner}`;
      return { code: 'runtime/log-unreadable', message, hint: `Do it as ${owner}.` };
    }
  }
}

import { userNameOf } from '../../platform/process-details.ts';
import type { JudgedProcess } from '../../runtime/client/shutdown/choose-processes.ts';
import type { FoundProcess } from '../../runtime/client/shutdown/survey.ts';
import { shortenHome, type Words } from '../../runtime/sentences/sentence.ts';
import { lineUp } from '../screen/columns.ts';

/** A process a line: pid, why it is or is not to be ended, folder, command. */
export function describeProcesses(processes: readonly FoundProcess[], words: Words): readonly string[] {
  return lineUp(
    processes.map((each) => [
      `  ${each.entry.pid}`,
      [reasonOf(each, words), exemptionOf(each)].filter((part) => part !== '').join(', but '),
      each.cwd === null ? '-' : shortenHome(each.cwd, words),
      each.command,
    ]),
  );
}

export function countProcesses(count: number): string {
  return count === 1 ? '1 process' : `${count} processes`;
}

function reasonOf({ reason, other }: JudgedProcess, words: Words): string {
  const { root, service } = other ?? { root: null, service: null };
  const whose = root === null ? ' of another checkout' : ` \`${service}\` of ${shortenHome(root, words)}`;
  const of = other === null ? '' : `:${whose}`;
  switch (reason.kind) {
    case 'supervisor':
      return "this project's supervisor";
    case 'run':
      return reason.service === null ? 'a run of this project' : `run of \`${reason.service}\``;
    case 'task':
      return `task \`${reason.name}\``;
    case 'setup':
      return `setup step \`${reason.name}\``;
    case 'hook':
      return `hook \`${reason.name}\``;
    case 'port':
      return `${reason.isListening ? 'listens on' : 'is connected from'} port ${reason.port}${of}`;
    case 'name':
      return `has that name${of}`;
    case 'with':
      return `belongs to ${reason.pid}${of}`;
  }
}

function exemptionOf({ exemption, entry }: JudgedProcess): string {
  switch (exemption) {
    case null:
      return '';
    case 'caller':
      return 'this command came from it';
    case 'other-user':
      return `the user ${userNameOf(entry.userId) ?? entry.userId} owns it`;
    case 'container-engine':
      return 'it forwards the port to a container';
    case 'protected-program':
      return 'it is a browser, editor or terminal';
    case 'other-checkout':
      return 'it has none of the ports';
  }
}

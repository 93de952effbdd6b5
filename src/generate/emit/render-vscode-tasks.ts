import { configuredNames } from '../../base/instance-name.ts';
import { OWN_DETAIL } from '../../manifest/vscode-tasks.ts';
import type { Rendered } from './emitter.ts';
import type { ProjectFacts } from './project-facts.ts';

/**
 * VS Code tasks, each only where its label is free. Those of the services end when the service is ready, so a launch
 * configuration can name one as its `preLaunchTask`.
 */
export function renderVscodeTasks({ plan, launcher, repository: { vscodeLabels } }: ProjectFacts): Rendered<'vscode'> {
  const services = configuredNames(plan.services.map(({ name }) => name));
  const ofServices = services.map((name) => [`dev: ${name}`, `start ${name}`] as const);
  const tasks = [
    ['dev', 'up'] as const,
    ...ofServices,
    ['dev: stop', 'stop'] as const,
    ['dev: status', 'status'] as const,
  ];
  const free = tasks.filter(([label]) => !vscodeLabels?.has(label));
  if (free.length === 0) return {};
  const lines = free.map(([label, command]) => `${JSON.stringify(taskFor(label, command, launcher))}\n`);
  return { '.vscode/tasks.json': lines.join('') };
}

/** `./dev up` stays attached to its terminal: VS Code must not wait for its end. */
function taskFor(label: string, command: string, launcher: string): object {
  return {
    label,
    detail: OWN_DETAIL,
    type: 'shell',
    command: `./${launcher} ${command}`,
    windows: { command: `.\\${launcher}.cmd ${command}` },
    ...(command === 'up' ? { isBackground: true } : {}),
    problemMatcher: [],
  };
}

import type { Diagnostic } from '../base/diagnostic.ts';
import { configuredName, instancesBefore } from '../base/instance-name.ts';
import { nearest } from '../base/nearest.ts';
import type { LoadedConfig } from '../config/load-config.ts';
import type { ConfigPath } from '../config/source.ts';
import type { CommandEnvironment } from './command-environment.ts';
import {
  type EnvironmentRequest,
  serviceEnvironment,
  serviceEnvironmentReport,
  taskEnvironment,
  taskEnvironmentReport,
} from './environment.ts';
import { expandedTexts, type ServiceText } from './expanded-texts.ts';
import type { ExpansionReport } from './expansion-report.ts';
import type { Plan } from './plan.ts';
import { undefinedVariables } from './undefined-variables.ts';

/** Variables that the config names though nothing sets them in this shell: they become empty. */
export function undefinedWarnings(
  plan: Plan,
  { locate }: Pick<LoadedConfig, 'locate'>,
  shellEnvironment: EnvironmentRequest['shellEnvironment'],
): readonly Diagnostic[] {
  // Where the project lies says nothing about which variables are set.
  const request = { plan, root: '', ports: anyPorts(plan), shellEnvironment };
  const configured = plan.services.filter(({ name }) => instancesBefore(name) === 0);
  const services = configured.flatMap((service) => {
    const own = { ...request, service, runId: null };
    return findIn({
      path: ['services', configuredName(service.name)],
      report: serviceEnvironmentReport(own),
      environment: serviceEnvironment(own),
      // What `env` names its report tells, and a port that is none is no warning.
      texts: expandedTexts(service).filter(({ key: [part] }) => part !== 'env' && part !== 'port'),
    });
  });
  const commands = [
    ...plan.tasks.map((task) => ({ task, section: 'tasks' })),
    ...plan.setup.flatMap((task) => (task.kind === 'run' ? [{ task, section: 'setup' }] : [])),
  ];
  const others = commands.flatMap(({ task, section }) => {
    const own = { ...request, task };
    return findIn({
      path: [section, task.name],
      report: taskEnvironmentReport(own),
      environment: taskEnvironment(own),
      texts: task.run === null ? [] : [{ text: task.run, key: ['run'] }],
    });
  });
  return [...services, ...others].map(({ variable, path, variables }) => ({
    code: 'config/variable-undefined',
    message: `\`$${variable}\` is not set; it becomes empty`,
    hint: hintFor(
      variable,
      Object.keys(variables).filter((name) => shellEnvironment[name] === undefined),
    ),
    place: locate(path, 'value'),
  }));
}

interface Searched {
  readonly path: ConfigPath;
  readonly report: ExpansionReport;
  readonly environment: CommandEnvironment;
  readonly texts: readonly ServiceText[];
}

interface Found {
  readonly variable: string;
  readonly path: ConfigPath;
  /** Those that are set. */
  readonly variables: Readonly<Record<string, string>>;
}

function findIn({ path, report, environment, texts }: Searched): readonly Found[] {
  const variables = { ...environment.exported, ...environment.named };
  return [
    ...texts.flatMap(({ text, key }) =>
      undefinedVariables(text, variables).map((variable) => ({ variable, path: [...path, ...key], variables })),
    ),
    ...report.undefined.map(({ variable, in: name }) => ({ variable, path: [...path, 'env', name], variables })),
  ];
}

/** Which port it is does not matter here, only that there is one. */
function anyPorts({ services }: Plan): ReadonlyMap<string, number | null> {
  return new Map(services.map(({ name, port }) => [name, port.kind === 'none' ? null : 1]));
}

function hintFor(variable: string, known: readonly string[]): string {
  const meant = nearest(variable, known);
  return meant === undefined ? `Set it, or write \`\${${variable}:-default}\`.` : `Did you mean \`$${meant}\`?`;
}

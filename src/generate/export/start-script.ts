import { posix } from 'node:path';
import { quoteWord } from '../../base/quote-word.ts';
import { resolveCommand } from '../../plan/resolve-command.ts';
import { splitWords } from '../../plan/split-words.ts';
import { dependenciesOf, type ExportedProject, type ExportedService } from './exported-project.ts';
import { healthTest, networkTest } from './health-test.ts';

/** The service's command as the last statement of a POSIX shell, in whose place it runs where that is possible. */
export function commandStatement({ plan, environment }: ExportedService): string {
  const { fixed, computed } = environment;
  const known = { ...fixed, ...Object.fromEntries(computed.map(({ name }) => [name, 'x'])) };
  const { command } = plan;
  if (resolveCommand(command, { exported: known, named: {} }).command.kind === 'shell') return command;
  const names = new Set<string>();
  splitWords(command, (name) => {
    names.add(name);
    return Object.hasOwn(known, name) ? known[name] : undefined;
  });
  const isOneWord = (name: string): boolean => Object.hasOwn(fixed, name) && /^[^\s*?[\\]*$/.test(fixed[name] ?? '');
  // devgen never splits a variable's value nor takes it for a pattern; here a shell would.
  return `${[...names].every(isOneWord) ? '' : 'IFS=; set -f; '}exec ${command}`;
}

/** What runs to its end before the command; `[]`: nothing does. */
export function beforeStatements({ plan }: ExportedService): readonly string[] {
  if (plan.before === null) return [];
  // A comment would hide the closing bracket.
  return [/[#\n]/.test(plan.before) ? `(\n${plan.before}\n) || exit` : `( ${plan.before} ) || exit`];
}

/** Sets what only the shell on the target can know. */
export function computedStatements({ environment }: ExportedService): readonly string[] {
  return environment.computed.map(({ name, assigned }) => `${name}=${assigned}; export ${name}`);
}

/** Sets everything, for systems that set nothing themselves, or something else. */
export function environmentStatements(service: ExportedService): readonly string[] {
  const fixed = Object.entries(service.environment.fixed).filter(([name]) => isShellName(name));
  return [
    ...fixed.map(([name, value]) => `export ${name}=${quoteWord(value)}`),
    ...envFileStatements(service),
    ...computedStatements(service),
  ];
}

/** Reads the env files, for systems that cannot. */
export function envFileStatements({ plan, environment }: ExportedService): readonly string[] {
  return environment.files.map(({ path, need }) => {
    const relative = posix.relative(plan.cwd, path);
    const word = quoteWord(relative.startsWith('..') || relative.startsWith('/') ? relative : `./${relative}`);
    const read = `set -a; . ${word}; set +a`;
    return need === 'required' ? read : `if [ -f ${word} ]; then ${read}; fi`;
  });
}

/** Waits for what the service depends on, for systems that start everything at once. */
export function dependencyStatements(service: ExportedService, project: ExportedProject): readonly string[] {
  return dependenciesOf(service, project).flatMap((dependency) => {
    const test = networkTest(dependency);
    return test === null ? [] : [waitUntil(test)];
  });
}

/** Asks once whether the service is well; `environment`: what a command of the user's has to be told first. */
export function probeStatements(service: ExportedService, environment: readonly string[]): readonly string[] | null {
  const test = healthTest(service);
  if (test === null) return null;
  return service.plan.health.probe.kind === 'command' ? [...environment, test] : [test];
}

export function waitUntil(test: string): string {
  return `until { ${test}; }; do sleep 1; done`;
}

/** Other names can be in an environment, but no shell can set them. */
export function isShellName(name: string): boolean {
  return /^[A-Za-z_][A-Za-z0-9_]*$/.test(name);
}

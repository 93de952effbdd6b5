import {
  cleanShellEnvironment,
  type ServiceEnvironmentRequest,
  serviceEnvironment,
} from '../../../plan/environment.ts';
import { withoutLocalPrograms } from '../../../plan/local-programs.ts';

type RunFacts = Omit<ServiceEnvironmentRequest, 'shellEnvironment'>;

/**
 * The environment of the shell that a run was started from, told from the run's own variables: without what devgen set,
 * and without what the env files and the config give by themselves, which may be given anew at the next launch. Pure.
 */
export function recoverShell(variables: Readonly<Record<string, string>>, run: RunFacts): Record<string, string> {
  const { root, service } = run;
  const shell = withoutLocalPrograms(cleanShellEnvironment(variables), { root, cwd: service.cwd });
  const names = [run.service.dotenv, run.plan.dotenv, run.service.env].flatMap(Object.keys);
  const others = Object.entries(shell).filter(([name]) => !names.includes(name));
  const given = serviceEnvironment({ ...run, shellEnvironment: Object.fromEntries(others) }).exported;
  const overridden = names.filter((name) => shell[name] !== undefined && shell[name] !== given[name]);
  return Object.fromEntries([...others, ...overridden.map((name) => [name, shell[name] ?? ''])]);
}

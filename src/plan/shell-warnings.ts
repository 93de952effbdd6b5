import type { Diagnostic } from '../base/diagnostic.ts';
import { configuredName } from '../base/instance-name.ts';
import type { LoadedConfig } from '../config/load-config.ts';
import { variablesAbout } from '../config/variables-about.ts';
import type { EnvironmentRequest } from './environment.ts';
import type { Plan } from './plan.ts';
import { cleanShellEnvironment } from './shell-environment.ts';

/** Variables of this shell that hide where a service is. Those that set a port are heeded. */
export function shellWarnings(
  { services }: Plan,
  { locate }: Pick<LoadedConfig, 'locate'>,
  shellEnvironment: EnvironmentRequest['shellEnvironment'],
): readonly Diagnostic[] {
  const shell = cleanShellEnvironment(shellEnvironment);
  const reachable = services.filter(({ port }) => port.kind !== 'none');
  return reachable.flatMap(({ name }) =>
    variablesAbout(name)
      .filter((variable) => !variable.endsWith('_PORT') && Object.hasOwn(shell, variable))
      .map((variable) => ({
        code: 'config/variable-taken',
        message: `\`${variable}\` would tell where the service \`${name}\` is; this shell's value is used instead`,
        hint: `Rename the service, or \`unset ${variable}\`, if the two have nothing to do with each other.`,
        place: locate(['services', configuredName(name)], 'key'),
      })),
  );
}

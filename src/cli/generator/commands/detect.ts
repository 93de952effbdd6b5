import { detectServices } from '../../../detect/detect.ts';
import type { GeneratorContext } from '../../context/generator-context.ts';
import { EXIT, type ExitCode } from '../../output/exit-code.ts';
import { printJson } from '../../output/print-json.ts';
import { describeDetection } from '../../sentences/describe-detection.ts';

export interface DetectCommand {
  readonly kind: 'detect';
}

/** Shows which services the repository seems to have, and why. Writes nothing. */
export async function runDetect(_: DetectCommand, { directory, screen }: GeneratorContext): Promise<ExitCode> {
  const detection = await detectServices(directory);
  const { services, setup, migrations, notes } = detection;
  // `command` is what developers type; `configCommand` is the same as `init` would write it, with the port as a
  // variable.
  const told = services.map(({ command, developerCommand, ...rest }) => ({
    ...rest,
    command: developerCommand,
    configCommand: command,
  }));
  if (screen.answers === 'json') printJson<'detect'>(screen, { services: told, setup, migrations, notes });
  else screen.out(...describeDetection(detection, screen.paintOut));
  return EXIT.done;
}

import { resolveCommand } from '../../plan/resolve-command.ts';
import { runCommand } from '../../platform/run-command.ts';
import type { ProbeTarget } from './probe.ts';

/** Runs a health command in the service's folder and environment; its exit code, `null` when it was ended. */
export async function askCommand(
  command: string,
  { cwd, environment, signal }: Pick<ProbeTarget, 'cwd' | 'environment' | 'signal'>,
  timeoutMs: number,
): Promise<number | null> {
  const call = resolveCommand(command, environment);
  const { code } = await runCommand({ ...call, cwd, output: 'capture', timeoutMs, signal });
  return code;
}

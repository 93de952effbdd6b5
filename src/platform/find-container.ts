import { runCommand } from './run-command.ts';

/** A daemon that hangs is not waited for. */
const LIMIT_MS = 2000;

/** Name of the Docker container that publishes a port of this machine; `null`: Docker does not tell. */
export async function findContainer(port: number): Promise<string | null> {
  const { code, output } = await runCommand({
    command: {
      kind: 'direct',
      file: 'docker',
      args: ['ps', '--filter', `publish=${port}`, '--format', '{{.Names}}'],
    },
    cwd: '/',
    environment: definedVariables(process.env),
    output: 'capture',
    timeoutMs: LIMIT_MS,
  });
  const [name = ''] = output.split('\n');
  return code === 0 && /^[\w.-]+$/.test(name) ? name : null;
}

function definedVariables(environment: NodeJS.ProcessEnv): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(environment).flatMap(([key, value]) => (value === undefined ? [] : [[key, value]])),
  );
}

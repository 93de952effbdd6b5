import { LAST_PORT, portNumber } from '../../base/port-number.ts';
import type { DetectedService } from '../../detect/detection.ts';
import type { Prompts } from './prompts.ts';

/**
 * Asks for the command (where there are others), the port and the health path of a service, with what was found as the
 * answer; `undefined`: broken off.
 */
export async function correctService(service: DetectedService, prompts: Prompts): Promise<DetectedService | undefined> {
  const command = await askCommand(service, prompts);
  if (command === undefined) return undefined;
  const port = await prompts.write({
    message: `Port of ${service.name} (empty: none)`,
    initial: service.port === null ? '' : String(service.port),
    complain: complainAboutPort,
  });
  if (port === undefined) return undefined;
  const health = await prompts.write({
    message: `Path that answers when ${service.name} is healthy (empty: any answer will do)`,
    initial: service.health ?? '',
    complain: complainAboutPath,
  });
  if (health === undefined) return undefined;
  const number = port === '' ? null : Number(port);
  const portSource = number === service.port ? service.portSource : '';
  return { ...service, command, port: number, portSource, health: health === '' ? null : health };
}

async function askCommand({ name, command, alternatives }: DetectedService, prompts: Prompts) {
  if (alternatives.length === 0) return command;
  const others = alternatives.map((other) => ({ value: other.command, label: other.command, hint: other.why }));
  return prompts.pick(`Command of ${name}`, [{ value: command, label: command }, ...others]);
}

function complainAboutPort(text: string): string | undefined {
  return text === '' || portNumber(text) !== null ? undefined : `A port is a number from 1 to ${LAST_PORT}.`;
}

function complainAboutPath(text: string): string | undefined {
  return text === '' || /^\/\S*$/.test(text) ? undefined : 'A path begins with `/` and has no blanks.';
}

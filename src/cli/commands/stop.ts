import { requestStop } from '../../runtime/client/client.ts';
import type { CommandContext } from '../context/command-context.ts';
import { complain } from '../output/complain.ts';
import { EXIT, type ExitCode } from '../output/exit-code.ts';
import { printJson } from '../output/print-json.ts';
import { describeClientFailure, describeEndedSupervisor } from '../sentences/describe-client-failure.ts';
import { describeStopped } from '../sentences/describe-started.ts';
import { createProgress } from '../starting/progress.ts';
import { selectNames } from '../status/select-services.ts';
import { unlistedServices } from '../status/unlisted-services.ts';

export interface StopCommand {
  readonly kind: 'stop' | 'kill';
  readonly names: readonly string[];
}

/** Stops services, all when none is named, and returns when nothing of them is left. */
export async function runStop(command: StopCommand, context: CommandContext): Promise<ExitCode> {
  const { checkout, screen, words } = context;
  const { root, plan } = checkout;
  const names = selectNames({ services: [...plan.services, ...unlistedServices(root, plan)] }, command.names);
  if (!names.ok) return complain(screen, names.error);
  const progress = createProgress(context);
  const mode = command.kind === 'kill' ? 'kill' : 'graceful';
  const stopped = await requestStop(checkout, { names: names.value, mode }, progress.show);
  if (!stopped.ok) {
    complain(screen, [describeClientFailure(stopped.error)]);
    return EXIT.failed;
  }
  const { services, endedSupervisor } = stopped.value;
  if (endedSupervisor !== null) screen.note(describeEndedSupervisor(endedSupervisor));
  if (screen.answers === 'json') printJson<'stop'>(screen, { services });
  else for (const service of services) progress.conclude(service.service, describeStopped(service, words));
  return services.some(({ outcome }) => outcome === 'failed') ? EXIT.failed : EXIT.done;
}

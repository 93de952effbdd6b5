import { requestStop } from '../../runtime/client/client.ts';
import type { PresentUser } from '../../runtime/state/use-file.ts';
import type { CommandContext } from '../context/command-context.ts';
import { complain } from '../output/complain.ts';
import { EXIT, type ExitCode } from '../output/exit-code.ts';
import { printJson } from '../output/print-json.ts';
import { ask } from '../screen/ask.ts';
import { describeClientFailure, describeEndedSupervisor } from '../sentences/describe-client-failure.ts';
import { describeStopped } from '../sentences/describe-started.ts';
import { describeUsers } from '../sentences/describe-use.ts';
import { createProgress } from '../starting/progress.ts';
import { selectNames } from '../status/select-services.ts';
import { unlistedServices } from '../status/unlisted-services.ts';
import { otherUsers } from '../stopping/other-users.ts';

export interface StopCommand {
  readonly kind: 'stop' | 'kill';
  readonly names: readonly string[];
  /** `forced`: though others use them. */
  readonly mode: 'considerate' | 'forced';
}

/** Stops services, all when none is named, and returns when nothing of them is left. */
export async function runStop(command: StopCommand, context: CommandContext): Promise<ExitCode> {
  const { checkout, screen, words } = context;
  const { root, plan } = checkout;
  const names = selectNames({ services: [...plan.services, ...unlistedServices(root, plan)] }, command.names);
  if (!names.ok) return complain(screen, names.error);
  const others = command.mode === 'forced' ? [] : otherUsers(checkout, names.value);
  if (others.length > 0 && !(await mayStop(others, context))) return EXIT.failed;
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

/** A person decides; off a terminal the command line has to. */
async function mayStop(others: readonly PresentUser[], { screen, words }: CommandContext): Promise<boolean> {
  const used = `used by ${describeUsers(others)}`;
  if (screen.canAsk) return /^y(es)?$/.test(await ask(`${used}; stop it all the same? [y/N]`));
  complain(screen, [
    {
      code: 'runtime/in-use',
      message: `${used}: nothing was stopped`,
      hint: `\`${words.program} stop --force\` stops it all the same.`,
    },
  ]);
  return false;
}

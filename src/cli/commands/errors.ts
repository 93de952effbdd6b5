import type { ErrorGroup } from '../../runtime/errors/group-errors.ts';
import { momentOf, type Since } from '../arguments/option-values.ts';
import { callingAgent } from '../caller/calling-agent.ts';
import type { CommandContext } from '../context/command-context.ts';
import { errorDocuments } from '../errors/error-documents.ts';
import { readErrors } from '../errors/read-errors.ts';
import { unreadLogs } from '../logs/deleted-logs.ts';
import { complain } from '../output/complain.ts';
import { EXIT, type ExitCode } from '../output/exit-code.ts';
import { fitData } from '../output/fit-data.ts';
import { printJson } from '../output/print-json.ts';
import { errorTable } from '../sentences/error-table.ts';
import { watchSources } from '../settle/watch-sources.ts';
import { selectServices } from '../status/select-services.ts';

export interface ErrorsCommand {
  readonly kind: 'errors';
  readonly names: readonly string[];
  /** `null`: since each service was last started. */
  readonly since: Since | null;
}

/** Shows the errors that services have printed. Succeeds when none of them is left to be mended. */
export function showErrors(command: ErrorsCommand, context: CommandContext): ExitCode {
  const { checkout, screen } = context;
  const selected = selectServices(checkout.plan, command.names);
  if (!selected.ok) return complain(screen, selected.error);
  const wrong = unreadLogs(selected.value, context);
  if (wrong.length > 0) {
    complain(screen, wrong);
    return EXIT.failed;
  }
  const nowMs = Date.now();
  const since = command.since === null ? null : momentOf(command.since, nowMs);
  const lastChangeAt = watchSources(checkout.root)().written?.at ?? null;
  const errors = selected.value
    .flatMap((service) => readErrors(checkout.root, service, { since, foundWellAt: null, lastChangeAt }))
    .sort((one, other) => one.lastAt - other.lastAt);
  if (screen.answers === 'json') printJson<'errors'>(screen, documentOf(errors, context));
  else screen.out(...(errors.length === 0 ? ['no errors'] : errorTable(errors, nowMs, screen.paintOut)));
  return errors.every(({ isMended }) => isMended) ? EXIT.done : EXIT.failed;
}

/** What an agent does not get of its tools is of no use to it. */
const MOST_BYTES = 8000;

function documentOf(errors: readonly ErrorGroup[], { checkout, screen }: CommandContext) {
  if (callingAgent(checkout.environment) === null) return { errors: errorDocuments(errors, 'all') };
  return fitData(screen.masked({ errors: errorDocuments(errors, 'telling') }), MOST_BYTES);
}

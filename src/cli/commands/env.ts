import { variablesAbout } from '../../config/variables-about.ts';
import { serviceEnvironment } from '../../plan/environment.ts';
import type { Plan, ServicePlan } from '../../plan/plan.ts';
import { EXPORTED_MARK, exportedMark } from '../../plan/shell-environment.ts';
import { ensureShift } from '../../runtime/supervisor/ports/ensure-shift.ts';
import type { CommandContext } from '../context/command-context.ts';
import { complain } from '../output/complain.ts';
import { EXIT, type ExitCode } from '../output/exit-code.ts';
import { printJson } from '../output/print-json.ts';
import { callingShell } from '../shell/calling-shell.ts';
import { exportVariable, type Shell } from '../shell/export-variable.ts';
import { portsNow } from '../status/ports-now.ts';
import { selectServices } from '../status/select-services.ts';

export interface EnvCommand {
  readonly kind: 'env';
  readonly name: string | null;
  /** `null`: the one that calls. */
  readonly shell: Shell | null;
}

type Variables = Readonly<Record<string, string>>;

/**
 * Prints variables for another shell (`eval "$(./dev env)"`, in fish `./dev env | source`): where the services are, or
 * with a name all that the service gets beyond this shell's own. What does not run has the port that it would want.
 */
export async function showEnvironment({ name, shell }: EnvCommand, context: CommandContext): Promise<ExitCode> {
  const { checkout, screen } = context;
  const selected = selectServices(checkout.plan, name === null ? [] : [name]);
  if (!selected.ok) return complain(screen, selected.error);
  await ensureShift(checkout);
  const [first] = selected.value;
  const all = first === undefined ? {} : environmentOf(first, context);
  const variables = name === null ? wiringOnly(all, checkout.plan) : withoutOwn(all, checkout.environment);
  if (screen.answers === 'json') printJson<'env'>(screen.unmasked, { variables });
  else {
    const reader = shell ?? callingShell();
    const lines = Object.entries(marked(variables)).map(([key, value]) => exportVariable(key, value, reader));
    screen.unmasked.out(...lines);
  }
  return EXIT.done;
}

function environmentOf(service: ServicePlan, { checkout }: CommandContext): Variables {
  const { plan, root, environment } = checkout;
  const ports = portsNow(checkout);
  return serviceEnvironment({ plan, root, service, ports, shellEnvironment: environment, runId: null }).exported;
}

/**
 * With the mark by which the next command in that shell knows that they are not set by the user. `PATH` has the
 * user's own folders in it, too.
 */
function marked(variables: Variables): Variables {
  const { PATH: _, ...others } = variables;
  return { ...variables, [EXPORTED_MARK]: exportedMark(others) };
}

/** What leads to the services: `NAME_PORT`, `NAME_HOST`, `NAME_URL`. */
function wiringOnly(variables: Variables, plan: Plan): Variables {
  const names = plan.services.flatMap(({ name }) => variablesAbout(name));
  return Object.fromEntries(names.flatMap((name) => (name in variables ? [[name, variables[name] ?? '']] : [])));
}

function withoutOwn(variables: Variables, own: Readonly<Record<string, string | undefined>>): Variables {
  return Object.fromEntries(
    Object.entries(variables).filter(
      ([name, value]) => own[name] !== value && name !== EXPORTED_MARK && /^[A-Za-z_][A-Za-z0-9_]*$/.test(name),
    ),
  );
}

import type { Plan } from '../../plan/plan.ts';
import { secretsOf } from '../../plan/secrets.ts';
import { type LogNote, wantsDebug } from '../../runtime/logs/log-level.ts';
import type { Words } from '../../runtime/sentences/sentence.ts';
import { ownAgent } from '../caller/own-agent.ts';
import type { Screen } from '../screen/screen.ts';
import type { CommandContext } from './command-context.ts';

/** Where and how the runtime was called. */
export interface Origin {
  readonly root: string;
  readonly runtimeDirectory: string;
  readonly program: { readonly name: string };
}

/** What a command on this project works with; the environment is the process's own. */
export function createContext({ root, runtimeDirectory, program }: Origin, plan: Plan, screen: Screen): CommandContext {
  const environment: Record<string, string> = {};
  for (const [name, value] of Object.entries(process.env)) if (value !== undefined) environment[name] = value;
  const onNote = ({ level, message }: LogNote): void => screen.note(`${level} ${message}`);
  const onReplacing = (): void => {
    if (screen.answers === 'text') screen.note(REPLACING);
  };
  const agent = () => ownAgent(environment);
  return {
    checkout: {
      root,
      plan,
      environment,
      runtimeDirectory,
      agent,
      onReplacing,
      ...(wantsDebug(environment) && { onNote }),
    },
    screen: screen.hiding(() => secretsOf(plan, environment)),
    words: wordsOf(program),
  };
}

/** The same once its plan was made anew: what that holds is masked, too. */
export function withPlan(context: CommandContext, plan: Plan): CommandContext {
  const { checkout, screen } = context;
  const secrets = () => [checkout.plan, plan].flatMap((each) => secretsOf(each, checkout.environment));
  return { ...context, checkout: { ...checkout, plan }, screen: screen.hiding(secrets) };
}

const REPLACING = 'the supervisor is of another version of devgen: this one takes its place, the services go on';

/** What sentences have to know of this process's surroundings. */
export function wordsOf(program: { readonly name: string }): Words {
  return {
    get program() {
      return program.name;
    },
    home: process.env.HOME ?? process.env.USERPROFILE ?? '',
  };
}

import { hookEnvironment } from '../../plan/environment.ts';
import { resolveHooks } from '../../runtime/supervisor/alerts/resolve-hooks.ts';
import { describeHookFailures } from '../sentences/describe-hook-failure.ts';
import { hookFailures } from '../status/hook-failures.ts';
import { portsNow } from '../status/ports-now.ts';
import type { DoctorFacts } from './doctor-facts.ts';
import { error, type Finding, warning } from './finding.ts';

/** Whether all who are to be told of trouble can be, and were the last time. */
export function checkHooks({ checkout, words }: DoctorFacts): readonly Finding[] {
  const { root, plan, environment } = checkout;
  const variables = hookEnvironment({ plan, root, ports: portsNow(checkout), shellEnvironment: environment });
  const unresolved = resolveHooks(plan.hooks, variables).flatMap((hook) => (hook.ok ? [] : [hook.error]));
  const hint = `\`${words.program} hooks test\` tells it something now.`;
  const failed = hookFailures(checkout).filter(({ hook }) => unresolved.every((each) => each.hook !== hook));
  return [
    ...unresolved.map(({ hook, problem }) => {
      const message = `hook \`${hook}\` cannot be told: ${problem}`;
      return error({ code: 'diagnostic', diagnostic: { code: 'hook-unresolved', message, hint: SET_IT } });
    }),
    ...describeHookFailures(failed, Date.now()).map((message) =>
      warning({ code: 'diagnostic', diagnostic: { code: 'hook-failed', message, hint } }),
    ),
  ];
}

const SET_IT = 'Set it in the shell, or in `.env` of the project.';

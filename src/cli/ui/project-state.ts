import { describeFailure } from '../../runtime/sentences/describe-failure.ts';
import type { Words } from '../../runtime/sentences/sentence.ts';
import { livingSupervisor } from '../../runtime/state/supervisor-file.ts';
import { branchOf } from '../../runtime/supervisor/ports/branch-of.ts';
import { errorsToJson, isSome } from '../output/complain.ts';
import { docsOf } from '../status/docs-of.ts';
import { hookFailures } from '../status/hook-failures.ts';
import { runningCommands } from '../status/running-commands.ts';
import { selectShown } from '../status/select-shown.ts';
import { type ServiceView, viewServices } from '../status/service-view.ts';
import { statusToJson } from '../status/status-to-json.ts';
import type { ProjectNow } from './project-now.ts';

type Document = Readonly<Record<string, unknown>>;

/** What `status --json` prints, and what only a page shows: the branch, links, and failures in words. */
export function projectState({ context, mistakes }: ProjectNow): Document {
  const { checkout, words } = context;
  const { root, plan } = checkout;
  const selected = selectShown(checkout, []);
  const views = viewServices(root, selected.ok ? selected.value : []);
  return {
    schemaVersion: 1,
    project: plan.name,
    root,
    branch: branchOf(root),
    supervisor: livingSupervisor(root)?.pid ?? null,
    services: views.map((view) => ({ ...statusToJson(view, 'table'), ...onlyHere(view, words) })),
    commands: runningCommands(root),
    hooks: hookFailures(checkout),
    config: isSome(mistakes) ? errorsToJson(mistakes) : {},
  };
}

function onlyHere({ status, url, docs }: ServiceView, words: Words): Document {
  const { service, failure, lastRestart } = status;
  const why = failure === null ? null : describeFailure(failure, service, words);
  return {
    docsUrl: docs === null || url === null ? null : docsOf(docs, url),
    why: why && { text: why.text, details: why.details },
    restartedBecause: lastRestart === null ? null : describeFailure(lastRestart.failure, service, words).text,
  };
}
